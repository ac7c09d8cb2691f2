/**
 * Whole numbers with minus and plus, decimals with comma or point, the unit at the right.
 *
 * The rule this module protects: *what stands in the box is what she typed*, also while it is no number yet.
 */

import { useState } from 'preact/hooks'
import type { Json } from '../../phone/contract'
import { count } from '../../words/format'
import { read_decimal, read_int, write_number, type Read } from '../values'
import { unit_words, words } from '../words'
import type { WidgetProps } from './widget'

/** Minus and plus help where a few taps get there. */
const STEPPER_UP_TO = 60
const ECHO_FROM = 10_000

export function NumberBox(props: WidgetProps) {
  const { spec, id, labelled, described, value, onWrite, onAnswer } = props
  const type = spec.value
  const scale = typeof type === 'object' && 'decimal' in type ? type.decimal.scale : 0
  const read = (text: string): Read => (scale > 0 ? read_decimal(text, scale) : read_int(text))
  const [text, setText] = useState(write_number(value))
  const { problem, value: written } = read(text)
  // The value changed elsewhere (a suggestion, the buttons): the box follows.
  const shown = problem === null && !same_number(written, value) ? write_number(value) : text
  const most = spec.soft?.max ?? spec.hard?.max ?? Infinity
  const has_stepper = scale === 0 && most <= STEPPER_UP_TO && spec.unit !== 'IDR'
  const least = spec.hard?.min ?? 0
  const step = (by: number) => {
    const next = typeof value === 'number' ? value + by : Math.max(least, by > 0 ? 1 : 0)
    if (next < least) return
    setText(String(next))
    onAnswer(next)
  }
  return (
    <div>
      <div class="f-number">
        {has_stepper && (
          <button
            type="button"
            class="f-step"
            aria-label={words().less}
            aria-describedby={labelled}
            onClick={() => step(-1)}>
            −
          </button>
        )}
        <input
          id={id}
          class="f-input f-figure"
          type="text"
          inputMode={scale > 0 ? 'decimal' : 'numeric'}
          autoComplete="off"
          aria-labelledby={labelled}
          aria-describedby={`${described} ${id}-problem`}
          aria-invalid={problem !== null}
          value={shown}
          onInput={(event) => {
            setText(event.currentTarget.value)
            onWrite(read(event.currentTarget.value).value)
          }}
        />
        {spec.unit !== '' && <span class="f-unit">{unit_words(spec.unit)}</span>}
        {has_stepper && (
          <button
            type="button"
            class="f-step"
            aria-label={words().plus}
            aria-describedby={labelled}
            onClick={() => step(1)}>
            +
          </button>
        )}
      </div>
      <p id={`${id}-problem`} class={problem ? 'f-error' : 'f-quiet'} role={problem ? 'alert' : undefined}>
        {problem === 'scale'
          ? words().scale(scale)
          : problem === 'whole'
            ? words().whole
            : problem === 'digits'
              ? words().only_digits
              : echo(value, spec.unit)}
      </p>
    </div>
  )
}

function same_number(one: Json, other: Json): boolean {
  return one === other || (one !== null && other !== null && Number(one) === Number(other))
}

/** Many zeros are hard to count. */
function echo(value: Json, unit: string): string {
  if (typeof value !== 'number' || value < ECHO_FROM) return ''
  return `${count(value)} ${unit_words(unit)}`.trim()
}
