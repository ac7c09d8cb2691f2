/**
 * The visits to a person, newest first.
 *
 * The rule this module protects: *every visit says whether it was sent*.
 */
import { useState } from 'preact/hooks'
import type { VisitRow } from '../phone/contract'
import { address } from '../route'
import { Empty } from '../ui/empty'
import { Button, Card, Link, Section, StateTags } from '../ui/parts'
import { decimal, fullDay } from '../words/format'
import { said, words } from '../words/words'

const SHOWN = 5

export function Visits(props: { visits: VisitRow[] }) {
  const w = words.value
  const [all, setAll] = useState(false)
  const shown = all ? props.visits : props.visits.slice(0, SHOWN)
  return (
    <Section title={w.person.visits} count={props.visits.length}>
      <Card>
        {props.visits.length === 0 && (
          <Empty art="book" level={3} title={w.person.noVisits} text={w.person.noVisitsText} />
        )}
        <ol class="timeline">
          {shown.map((visit) => (
            <li key={visit.id}>
              <Link to={address('ubah', visit.id)}>
                <b>{fullDay(visit.day)}</b>
                {visit.author && <span class="small soft author">{w.person.by(visit.author)}</span>}
                <span class="figures">
                  {visit.figures.map((figure) => (
                    <span class="small">
                      <span class="soft">{said(figure.label)} </span>
                      <b>
                        {decimal(figure.text)}
                        {figure.unit && ` ${figure.unit}`}
                      </b>
                    </span>
                  ))}
                </span>
                <StateTags of={visit} />
              </Link>
            </li>
          ))}
        </ol>
        {shown.length < props.visits.length && (
          <Button look="plain" wide onPress={() => setAll(true)}>
            {w.today.moreDue(props.visits.length - shown.length)}
          </Button>
        )}
      </Card>
    </Section>
  )
}
