/**
 * What is asked between "Simpan" and saved: is it this one, and what of the newer values.
 *
 * The rule this module protects: *nothing of a colleague is overwritten unseen*, and nobody is registered
 * twice by haste.
 */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Hit, Stale } from '../phone/contract'
import { said, words as same } from '../words/words'
import type { Desk } from './desk'
import { as_group, write_field } from './values'
import { words } from './words'

export function DoublesPanel({ desk, onOpen }: { desk: Desk; onOpen: ((hit: Hit) => void) | undefined }) {
  const state = desk.state.value
  if (!state || state.record !== null || state.doubles.length === 0 || desk.doubles_seen.value) return null
  return (
    <section class="f-panel f-warn" aria-labelledby="f-doubles">
      <h3 id="f-doubles" tabIndex={-1}>
        {words().doubles(state.kind === 'household')}
      </h3>
      <p>{words().doubles_hint}</p>
      {state.doubles.map((double) => (
        <div key={double.id} class="f-double">
          <p>
            <b>{double.name}</b>
            <small>
              {[double.is === 'person' && double.head, `RT ${double.rt}`, ...double.why.map((why) => same.value.same[why])]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </p>
          {onOpen && (
            <button type="button" class="f-button" onClick={() => onOpen(double)}>
              {words().open_that}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        class="f-button"
        onClick={() => {
          desk.doubles_seen.value = true
        }}>
        {words().it_is_another}
      </button>
    </section>
  )
}

export type Choice = 'new' | 'both'

export function StalePanel({
  desk,
  stale,
  onChosen,
}: {
  desk: Desk
  stale: Stale['stale']
  /** For each line of `stale`, in its order. */
  onChosen: (choices: Choice[]) => void
}) {
  const [choices, setChoices] = useState<(Choice | null)[]>(stale.map(() => null))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'center' })
    heading.current?.focus()
  }, [])
  const kind = desk.kind()
  return (
    <section class="f-panel f-warn" aria-labelledby="f-stale">
      <h3 id="f-stale" ref={heading} tabIndex={-1}>
        {words().stale}
      </h3>
      <p>{words().stale_hint}</p>
      {stale.map((line, at) => {
        const field = kind?.fields.find((one) => one.name === line.field)
        if (!field) return null
        const written = (value: typeof line.value) =>
          write_field(
            desk.schema,
            field,
            line.element === null ? value : { [line.element]: value },
            desk.rows.value,
          )
        const own = desk.value(line.field)
        const mine = line.element === null ? own : (as_group(own)[line.element] ?? null)
        const choose = (choice: Choice) =>
          setChoices(choices.map((one, other) => (other === at ? choice : one)))
        return (
          <fieldset key={`${line.field}${line.element ?? ''}`} class="f-question">
            <legend>{said(field.label)}</legend>
            <p class="f-known">
              <span>{words().yours}</span>
              <b>{written(mine)}</b>
            </p>
            <p class="f-known">
              <span>
                {words().newer} ({line.author ?? words().somebody})
              </span>
              <b>{written(line.value)}</b>
            </p>
            <div class="f-pair">
              <button
                type="button"
                class="f-button"
                aria-pressed={choices[at] === 'new'}
                onClick={() => choose('new')}>
                {words().take_new}
              </button>
              <button
                type="button"
                class="f-button"
                aria-pressed={choices[at] === 'both'}
                onClick={() => choose('both')}>
                {words().keep_both}
              </button>
            </div>
          </fieldset>
        )
      })}
      <button
        type="button"
        class="f-button f-primary"
        disabled={choices.includes(null)}
        onClick={() => onChosen(choices.map((choice) => choice ?? 'both'))}>
        {words().save}
      </button>
    </section>
  )
}
