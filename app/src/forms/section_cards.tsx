/**
 * The questions of one section, with what a colleague would say about them, and the rare ones behind
 * "Lainnya".
 *
 * The rule this module protects: *a card that appears because of an answer stands below that answer*, in
 * plan order.
 */

import { useEffect, useState } from 'preact/hooks'
import { AdviceCards, type SayAdvice } from './advice'
import type { Desk } from './desk'
import type { Section } from './plan'
import { focus_field, Question } from './question'
import { words } from './words'

/** What the question itself asks back already. */
const RARE = 'measurement_unlikely'
/** The chart is on the page of the child, not in a form. */
const CHART = 'growth_result'

export function SectionCards({
  desk,
  section,
  say_advice,
  wanted,
}: {
  desk: Desk
  section: Section
  say_advice: SayAdvice
  /** A field that somebody wants to go to. */
  wanted: { field: string } | null
}) {
  const [is_open, setOpen] = useState(false)
  useEffect(() => {
    if (wanted === null || !section.more.some((field) => field.name === wanted.field)) return
    setOpen(true)
    // After the cards are drawn.
    const timer = setTimeout(() => focus_field(wanted.field), 0)
    return () => clearTimeout(timer)
  }, [wanted, section.id])
  const advice = desk.state.value?.advice ?? []
  const is_told = (field: Section['fields'][number], name: string) =>
    name !== CHART && (name !== RARE || (desk.field(field.name)?.flags.length ?? 0) === 0)
  const card = (field: Section['fields'][number]) => (
    <div key={field.name}>
      <Question desk={desk} field={field} />
      <AdviceCards
        advice={advice.filter((one) => one.field === field.name && is_told(field, one.words))}
        say_advice={say_advice}
      />
    </div>
  )
  return (
    <div>
      {section.fields.map(card)}
      {section.more.length > 0 && (
        <button
          type="button"
          class="f-button f-more"
          aria-expanded={is_open}
          onClick={() => setOpen(!is_open)}>
          {words().more(section.more.length)} <span aria-hidden="true">{is_open ? '▴' : '▾'}</span>
        </button>
      )}
      {is_open && section.more.map(card)}
    </div>
  )
}
