/**
 * What she began and did not finish.
 *
 * The rule this module protects: *nothing that was typed is thrown away unasked*.
 */
import { useState } from 'preact/hooks'
import type { Draft } from '../phone/contract'
import { address } from '../route'
import { phone, useAsked } from '../state'
import { Icon } from '../ui/icon'
import { Card, Row, Section } from '../ui/parts'
import { Confirm } from '../ui/sheet'
import { clock, dayOf, nearDay } from '../words/format'
import { said, words } from '../words/words'

export function Drafts() {
  const drafts = useAsked(() => phone.drafts(), [])
  if (!drafts.value || drafts.value.length === 0) return null
  return <DraftList drafts={drafts.value} again={drafts.again} />
}

/** Apart, because it names kinds: the schema is large, and most days nothing is unfinished. */
function DraftList(props: { drafts: Draft[]; again: () => void }) {
  const w = words.value.today
  const schema = useAsked(() => phone.schema(), [])
  const [dropping, setDropping] = useState<Draft | null>(null)
  const kindOf = (name: string) => {
    const label = schema.value?.kinds.find((kind) => kind.name === name)?.label
    return label ? said(label) : ''
  }
  return (
    <Section title={w.drafts} count={props.drafts.length}>
      <Card look="flush">
        {props.drafts.map((draft) => (
          <div class="row" style="padding:0" key={draft.draft}>
            <Row
              quiet
              to={address('draf', draft.draft)}
              before={
                <span class="avatar home risk">
                  <Icon name="pencil" size={22} />
                </span>
              }
              name={draft.about?.title ?? (kindOf(draft.kind) || w.draftNew)}
              under={[kindOf(draft.kind), nearDay(dayOf(draft.at_s)), clock(draft.at_s)]
                .filter(Boolean)
                .join(' · ')}
            />
            <button
              type="button"
              class="round"
              aria-label={`${w.drop}: ${draft.about?.title ?? w.draftNew}`}
              onClick={() => setDropping(draft)}
            >
              <Icon name="trash" size={20} />
            </button>
          </div>
        ))}
      </Card>
      {dropping && (
        <Confirm
          title={w.dropAsk}
          text={w.dropText}
          yes={w.drop}
          onClose={() => setDropping(null)}
          onYes={() => void phone.drop_draft(dropping.draft).then(props.again)}
        />
      )}
    </Section>
  )
}
