/**
 * One question on its card: its words, a hint, the answer, and what is worth asking again.
 *
 * The rule this module protects: *a doubt is a question to her, never a wall*.
 */

import { useEffect, useState } from 'preact/hooks'
import type { Field, FieldState, Json } from '../phone/contract'
import { said } from '../words/words'
import type { Desk } from './desk'
import { DOUBTS } from './doubts'
import { FieldWidget } from './fields/value'
import { hint_of } from './texts'
import { say_range, write_day, write_field } from './values'
import { words } from './words'

/** Goes to the first box or button of a question. */
export function focus_field(name: string): void {
  const box = document.getElementById(`q-${name}`)
  box?.closest('.f-question')?.scrollIntoView({ block: 'start' })
  box?.focus()
}

/** What she said yes to: this doubt about this value. */
export function doubt_key(state: FieldState, doubt: FieldState['flags'][number], value: Json): string {
  return [state.name, doubt.flag, doubt.element, doubt.part, JSON.stringify(value)].join('|')
}

export function doubts_of(state: FieldState): FieldState['flags'] {
  return state.flags.filter((doubt) => doubt.flag !== 'missing')
}

export function Question({ desk, field }: { desk: Desk; field: Field }) {
  const [is_changing, setChanging] = useState(false)
  const state = desk.field(field.name)
  if (!state) return null
  const id = `q-${field.name}`
  const value = desk.value(field.name)
  // While she is still writing it, it is not wrong yet.
  const refused = desk.left.value[field.name] ? state.refused : null
  const is_fixed = field.policy === 'immutable' && state.source === 'recorded'
  const is_given = field.name in desk.given && comes_along(field) && value !== null && !is_changing
  if (is_fixed || is_given) {
    return (
      <Known desk={desk} field={field} value={value} onChange={is_fixed ? null : () => setChanging(true)} />
    )
  }
  const leave = (event: FocusEvent) => {
    const next = event.relatedTarget
    if (next instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(next))
      return
    void desk.flush()
    desk.leave(field.name)
  }
  return (
    <fieldset class={`f-question${refused ? ' f-refused' : ''}`} onFocusOut={leave}>
      <legend id={`${id}-label`}>
        {said(field.label)}
        {!state.demanded && <span class="f-optional"> {words().optional}</span>}
      </legend>
      <Hint field={`${desk.state.value?.kind}.${field.name}`} id={`${id}-hint`} />
      <Others desk={desk} field={field} state={state} />
      <FieldWidget
        desk={desk}
        field={field}
        spec={field}
        id={id}
        labelled={`${id}-label`}
        described={`${id}-hint ${id}-doubt`}
        value={value}
        demanded={state.demanded}
        onAnswer={(next) => desk.answer(field.name, next)}
        onWrite={(next) => desk.write(field.name, next)}
        onElement={(element, next, shown, is_whole) => {
          if (is_whole) desk.answer(`${field.name}.${element}`, next, shown)
          else desk.write(`${field.name}.${element}`, next, shown)
        }}
      />
      <div id={`${id}-doubt`} aria-live="polite">
        {refused ? (
          <p class="f-error">
            {said(refused)} {say_part_range(field)}
          </p>
        ) : (
          desk.left.value[field.name] && <Doubts desk={desk} state={state} value={value} />
        )}
      </div>
    </fieldset>
  )
}

/** Of a group: the range of its first figure. */
function say_part_range(field: Field): string {
  const { value } = field
  if (typeof value !== 'object' || !('group' in value)) return say_range(field)
  return value.group.map(say_range).find((words) => words !== '') ?? ''
}

function Doubts({ desk, state, value }: { desk: Desk; state: FieldState; value: Json }) {
  const open = doubts_of(state)
  const [first] = open.filter((doubt) => !desk.confirmed.value[doubt_key(state, doubt, value)])
  if (!first) return open.length ? <p class="f-ok">✓ {words().confirmed}</p> : null
  return (
    <div class="f-doubt">
      <p>
        <b>{words().is_it_right}</b> {say_flag(desk, first.flag)}
      </p>
      <div class="f-pair">
        <button type="button" class="f-button" onClick={() => desk.confirm(doubt_key(state, first, value))}>
          {words().yes_right}
        </button>
        <button type="button" class="f-button" onClick={() => focus_field(state.name)}>
          {words().change}
        </button>
      </div>
    </div>
  )
}

export function say_flag(desk: Desk, name: string): string {
  const plain = name.split('(')[0] ?? name
  const words = DOUBTS[plain] ?? desk.schema.flags[plain]?.label
  return words ? said(words) : ''
}

/** Whom it is about stands fixed, with a way to change it; what was only guessed is asked like anything else. */
function comes_along(field: Field): boolean {
  return field.name === 'target_group' || (typeof field.value === 'object' && 'ref' in field.value)
}

/** Two people saw different things: both, with who and when. */
function Others({ desk, field, state }: { desk: Desk; field: Field; state: FieldState }) {
  if (state.others.length === 0) return null
  return (
    <div class="f-others">
      <p>
        <b>{words().two_saw}</b>
      </p>
      <ul>
        {state.others.map((other, at) => (
          <li key={at}>
            <b>{write_field(desk.schema, field, other.value, desk.rows.value)}</b>
            <small>
              {/* The core does not always know the day. */}
              {other.author ?? words().somebody}
              {other.day ? `, ${write_day(other.day)}` : ''}
            </small>
          </li>
        ))}
      </ul>
      <p class="f-quiet">{words().plkb_decides}</p>
    </div>
  )
}

function Known({
  desk,
  field,
  value,
  onChange,
}: {
  desk: Desk
  field: Field
  value: Json
  onChange: (() => void) | null
}) {
  const kind = typeof field.value === 'object' && 'ref' in field.value ? field.value.ref : null
  useEffect(() => {
    // For its name; without it the line shows dots.
    if (kind !== null) desk.choices(kind, '').catch(() => undefined)
  }, [desk, kind])
  return (
    <p class="f-known" id={`q-${field.name}`} tabIndex={-1}>
      <span>{said(field.label)}</span>
      <b>{write_field(desk.schema, field, value, desk.rows.value)}</b>
      {onChange && (
        <button type="button" class="f-link" onClick={onChange}>
          {words().change}
        </button>
      )}
    </p>
  )
}

function Hint({ field, id }: { field: string; id: string }) {
  const hint = hint_of(field)
  return hint ? (
    <p id={id} class="f-hint">
      {said(hint)}
    </p>
  ) : null
}
