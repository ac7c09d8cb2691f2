/**
 * Several of many: check rows. A code that excludes the others (`none`) takes them out.
 *
 * The rule this module protects: *"none" and something are never both ticked*.
 */

import { useState } from 'preact/hooks'
import type { Code } from '../../phone/contract'
import { said } from '../../words/words'
import { as_texts, codes_in } from '../values'
import { words } from '../words'
import { layout_of, matches, SearchBox, type Option } from './choice'
import type { WidgetProps } from './widget'

const SEARCH_ABOVE = 24
const MANY = 8

/** The set after `name` was tapped. */
export function toggled(codes: Code[], chosen: string[], name: string): string[] {
  if (chosen.includes(name)) return chosen.filter((one) => one !== name)
  const is_exclusive = (one: string) => codes.find((code) => code.name === one)?.exclusive ?? false
  return is_exclusive(name) ? [name] : [...chosen.filter((one) => !is_exclusive(one)), name]
}

function fits_columns(options: Option[]): boolean {
  return options.length > MANY && options.every((option) => option.label.length <= 20)
}

export function Checks({
  desk,
  id,
  labelled,
  described,
  value,
  list,
  onAnswer,
}: WidgetProps & { list: string }) {
  const [sought, setSought] = useState('')
  const codes = codes_in(desk.schema, list)
  const chosen = as_texts(value)
  const options = codes.map((code) => ({ value: code.name, label: said(code.label) }))
  // With many, a long word may take two lines rather than a whole row.
  const layout = layout_of(options) === 'columns' || fits_columns(options) ? 'columns' : 'rows'
  const shown = options.filter((option) => chosen.includes(option.value) || matches(option.label, sought))
  return (
    <div
      class={`f-options f-checks f-${layout}`}
      role="group"
      aria-labelledby={labelled}
      aria-describedby={described}>
      {options.length > SEARCH_ABOVE && <SearchBox value={sought} onInput={setSought} />}
      {shown.map((option, at) => (
        <label key={option.value} class="f-option">
          <input
            type="checkbox"
            id={at === 0 ? id : undefined}
            checked={chosen.includes(option.value)}
            onChange={() => {
              const next = toggled(codes, chosen, option.value)
              onAnswer(next.length ? next : null)
            }}
          />
          <span>{option.label}</span>
        </label>
      ))}
      {chosen.length > 0 && <p class="f-quiet">{words().chosen(chosen.length)}</p>}
    </div>
  )
}
