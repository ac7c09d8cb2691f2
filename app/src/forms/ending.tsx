/**
 * The end of a form: saving, the newer values of colleagues, throwing the draft away.
 *
 * The rule this module protects: *only throwing away is asked twice, and saving never ends in silence*.
 */

import { useState } from 'preact/hooks'
import type { Id, Stale } from '../phone/contract'
import { said } from '../words/words'
import type { Desk } from './desk'
import { StalePanel, type Choice } from './panels'
import { words } from './words'

interface EndingProps {
  desk: Desk
  onSaved: (record: Id) => void
  onBack: () => void
  onLeave: (toast: string | null) => void
}

/** The newer values of colleagues, saving, throwing the draft away. */
export function Ending({ desk, onSaved, onBack, onLeave }: EndingProps) {
  const [stale, setStale] = useState<Stale['stale'] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [is_busy, setBusy] = useState(false)
  const [is_sure, setSure] = useState(false)
  const [is_dropping, setDropping] = useState(false)
  const refused = desk.state.value?.fields.some((field) => field.refused) ?? false
  const save = async (beside: boolean) => {
    const doubles = document.getElementById('f-doubles')
    if (doubles) {
      // Not answered yet, and perhaps not seen.
      doubles.scrollIntoView({ block: 'center' })
      doubles.focus()
      return
    }
    setBusy(true)
    try {
      const answer = await desk.save(beside)
      if ('saved' in answer) onSaved(answer.saved.record)
      else if ('stale' in answer) setStale(answer.stale)
      else setTrouble(said(answer.refused.message))
    } catch {
      const field = desk.kind()?.fields.find(({ name }) => name === desk.failed.value?.field)
      setTrouble(field ? words().not_taken(said(field.label)) : words().save_failed)
    }
    setBusy(false)
  }
  const chosen = async (choices: Choice[]) => {
    for (const [at, line] of (stale ?? []).entries()) {
      const name = line.element === null ? line.field : `${line.field}.${line.element}`
      if (choices[at] === 'new') desk.take_newer(name, line.value)
    }
    setStale(null)
    // She was shown all of it: what she keeps of her own goes beside.
    await save(true)
  }
  const drop = async () => {
    await desk.close(false)
    onLeave(null)
  }
  return (
    <div>
      {stale && <StalePanel desk={desk} stale={stale} onChosen={(choices) => void chosen(choices)} />}
      {trouble !== null && (
        <p class="f-panel f-danger" role="alert">
          {trouble}
        </p>
      )}
      {is_sure && (
        <p class="f-panel f-danger" role="alert">
          {words().held}
        </p>
      )}
      <div class="f-drop">
        {is_dropping ? (
          <div class="f-panel f-danger" role="alert">
            <p>{words().drop_sure}</p>
            <div class="f-pair">
              <button type="button" class="f-button" onClick={() => void drop()}>
                {words().drop_yes}
              </button>
              <button type="button" class="f-button" onClick={() => setDropping(false)}>
                {words().cancel}
              </button>
            </div>
          </div>
        ) : (
          <button type="button" class="f-link f-red" onClick={() => setDropping(true)}>
            {words().drop_draft}
          </button>
        )}
      </div>
      <nav class="f-foot">
        <button type="button" class="f-button" onClick={onBack}>
          {words().back}
        </button>
        <button
          type="button"
          class="f-button f-primary"
          disabled={is_busy || stale !== null}
          onClick={() => (refused && !is_sure ? setSure(true) : void save(false))}>
          {is_busy ? words().saving : is_sure ? words().save_anyway : words().save}
        </button>
      </nav>
    </div>
  )
}
