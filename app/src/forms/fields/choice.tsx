/**
 * One of several: yes or no as two big buttons, codes as large rows, long lists with a search box.
 *
 * The rule this module protects: *every answer is one tap, and can be taken back*.
 */

import { useState } from 'preact/hooks'
import type { Json } from '../../phone/contract'
import { said } from '../../words/words'
import { codes_in } from '../values'
import { words } from '../words'
import type { WidgetProps } from './widget'

export interface Option {
  value: string
  label: string
}

const SEARCH_ABOVE = 12
const COLUMNS_FROM = 5

/** Side by side, columns or rows: what fits a narrow phone. */
export function layout_of(options: Option[]): 'segments' | 'columns' | 'rows' {
  const longest = Math.max(...options.map((option) => option.label.length))
  const longest_word = Math.max(
    ...options.map((option) => Math.max(...option.label.split(' ').map(({ length }) => length))),
  )
  if (options.length <= 3 && longest <= 14 && longest_word <= 22 / options.length) return 'segments'
  return options.length >= COLUMNS_FROM && longest <= 16 && longest_word <= 11 ? 'columns' : 'rows'
}

export function codes_of({ desk, spec }: Pick<WidgetProps, 'desk' | 'spec'>): Option[] {
  const { value } = spec
  if (typeof value !== 'object' || !('code' in value)) return []
  return codes_in(desk.schema, value.code).map((code) => ({ value: code.name, label: said(code.label) }))
}

export function CodeChoice(props: WidgetProps) {
  const { value, onAnswer } = props
  return (
    <Options
      {...props}
      options={codes_of(props)}
      chosen={typeof value === 'string' ? value : null}
      onChoose={(code) => onAnswer(code)}
    />
  )
}

export function BoolChoice(props: WidgetProps) {
  const { value, onAnswer } = props
  const options = [
    { value: 'true', label: words().yes },
    { value: 'false', label: words().no },
  ]
  return (
    <Options
      {...props}
      options={options}
      chosen={typeof value === 'boolean' ? String(value) : null}
      onChoose={(code) => onAnswer(code === null ? null : code === 'true')}
    />
  )
}

interface OptionsProps extends Pick<WidgetProps, 'id' | 'labelled' | 'described' | 'demanded'> {
  options: Option[]
  chosen: string | null
  onChoose: (value: string | null) => void
}

export function Options({ id, labelled, described, demanded, options, chosen, onChoose }: OptionsProps) {
  const [sought, setSought] = useState('')
  const layout = layout_of(options)
  const is_long = options.length > (layout === 'columns' ? 2 * SEARCH_ABOVE : SEARCH_ABOVE)
  const shown = is_long ? options.filter((option) => matches(option.label, sought)) : options
  return (
    <div
      class={`f-options f-${layout}`}
      role="radiogroup"
      aria-labelledby={labelled}
      aria-describedby={described}>
      {is_long && <SearchBox value={sought} onInput={setSought} />}
      {shown.map((option, at) => (
        <label key={option.value} class="f-option">
          <input
            type="radio"
            id={at === 0 ? id : undefined}
            name={id}
            value={option.value}
            checked={option.value === chosen}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
      {shown.length === 0 && <p class="f-quiet">{words().none_found}</p>}
      {chosen !== null && !demanded && (
        <button type="button" class="f-clear" onClick={() => onChoose(null)} aria-describedby={labelled}>
          {words().clear}
        </button>
      )}
    </div>
  )
}

export function SearchBox({ value, onInput }: { value: string; onInput: (text: string) => void }) {
  return (
    <input
      class="f-input f-search"
      type="search"
      placeholder={words().search}
      aria-label={words().search}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  )
}

export function matches(text: string, sought: string): boolean {
  return text.toLowerCase().includes(sought.trim().toLowerCase())
}

/** A small switch between few words, as the share eaten. */
export function Chips({
  options,
  chosen,
  label,
  onChoose,
}: {
  options: Option[]
  chosen: Json
  label: string
  onChoose: (value: string | null) => void
}) {
  return (
    <div class="f-chips" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          class="f-chip"
          aria-pressed={option.value === chosen}
          onClick={() => onChoose(option.value === chosen ? null : option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  )
}
