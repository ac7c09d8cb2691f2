/**
 * Lines that can be added and taken away: ingredients, speakers.
 *
 * The rule this module protects: *the phone is given whole lists without empty lines*; the empty line she
 * has just opened lives on the screen only.
 */

import { useState } from 'preact/hooks'
import type { Field, Json } from '../../phone/contract'
import { as_list, is_empty } from '../values'
import { words } from '../words'
import { ValueWidget } from './value'
import type { WidgetProps } from './widget'

export function Lines({
  desk,
  field,
  id,
  labelled,
  described,
  value,
  onAnswer,
  onWrite,
}: WidgetProps & { field: Field }) {
  // A key of its own for each line, so that taking one away does not move what is written in the others.
  const [lines, setLines] = useState(() => {
    const stored = as_list(value)
    return (stored.length ? stored : [null]).map((line, key) => ({ key, line: line as Json }))
  })
  const [next_key, setNextKey] = useState(lines.length)
  const tell = (next: typeof lines, with_whom: (value: Json) => void) => {
    setLines(next)
    const filled = next.map(({ line }) => line).filter((line) => !is_empty(line))
    with_whom(filled.length ? filled : null)
  }
  return (
    <div class="f-lines">
      {lines.map(({ key, line }, at) => {
        const label = `${id}-line-${key}`
        const change = (with_whom: (value: Json) => void) => (next: Json) =>
          tell(
            lines.map((one) => (one.key === key ? { key, line: next } : one)),
            with_whom,
          )
        return (
          <div key={key} class="f-line-card">
            <div class="f-people-head">
              <p id={label} class="f-part-label">
                {words().line(at + 1)}
              </p>
              {lines.length > 1 && (
                <button
                  type="button"
                  class="f-link"
                  aria-describedby={label}
                  onClick={() =>
                    tell(
                      lines.filter((one) => one.key !== key),
                      onAnswer,
                    )
                  }>
                  {words().remove_line}
                </button>
              )}
            </div>
            <ValueWidget
              desk={desk}
              spec={field}
              id={at === 0 ? id : `${id}-${key}`}
              labelled={`${labelled} ${label}`}
              described={described}
              value={line}
              onAnswer={change(onAnswer)}
              onWrite={change(onWrite)}
            />
          </div>
        )
      })}
      <button
        type="button"
        class="f-button"
        onClick={() => {
          setLines([...lines, { key: next_key, line: null }])
          setNextKey(next_key + 1)
        }}>
        + {words().add_line}
      </button>
    </div>
  )
}
