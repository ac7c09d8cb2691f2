/**
 * Answers that belong together: a weight and who measured it, the two figures of a blood pressure.
 *
 * The rule this module protects: *a group is sent with every part, and only when she has said something*:
 * who measured is remembered for the next measurement, and alone it is not an answer.
 */

import { useState } from 'preact/hooks'
import type { Json, Part } from '../../phone/contract'
import { as_group, code_label, is_empty, type Group } from '../values'
import { say, words } from '../words'
import { Chips, codes_of } from './choice'
import type { WidgetProps } from './widget'
import { ValueWidget } from './value'

const WHO = 'measured_by'

/** The group after one part changed. Null when nothing but who measured is left of it. */
export function group_with(
  parts: Part[],
  before: Group,
  name: string,
  value: Json,
  who: string | null,
): Group | null {
  const after: Group = {}
  for (const part of parts) after[part.name] = part.name === name ? value : (before[part.name] ?? null)
  if (parts.every((part) => part.name === WHO || is_empty(after[part.name]))) return null
  if (WHO in after && after[WHO] === null && name !== WHO) after[WHO] = who
  return after
}

export function GroupBox(props: WidgetProps) {
  const { desk, spec, id, described, labelled, value, onAnswer, onWrite } = props
  const { value: type } = spec
  if (typeof type !== 'object' || !('group' in type)) return null
  const group = as_group(value)
  const change = (name: string, part: Json, tell: (value: Json) => void) => {
    if (name === WHO) desk.measured_by.value = typeof part === 'string' ? part : null
    tell(group_with(type.group, group, name, part, desk.measured_by.value))
  }
  const rest = type.group.filter((part) => part.name !== WHO)
  // What is expected first: the name of an ingredient before its code in a table.
  const figures = [...rest.filter((part) => part.required), ...rest.filter((part) => !part.required)]
  const who = type.group.find((part) => part.name === WHO)
  return (
    <div class="f-group">
      {figures.map((part, at) => {
        const label = `${id}-${part.name}-label`
        const is_only = figures.length === 1
        return (
          <div key={part.name} class="f-group-part">
            {!is_only && (
              <p id={label} class="f-part-label">
                {say(part.label)}
                {!part.required && <span class="f-optional"> {words().optional}</span>}
              </p>
            )}
            <ValueWidget
              desk={desk}
              spec={part}
              id={at === 0 ? id : `${id}-${part.name}`}
              labelled={is_only ? labelled : `${labelled} ${label}`}
              described={described}
              value={group[part.name] ?? null}
              demanded={part.required}
              onAnswer={(next) => change(part.name, next, onAnswer)}
              onWrite={(next) => change(part.name, next, onWrite)}
            />
          </div>
        )
      })}
      {who && (
        <MeasuredBy
          {...props}
          part={who}
          now={group[WHO] ?? null}
          onChoose={(next) => change(WHO, next, onAnswer)}
        />
      )}
    </div>
  )
}

/** Asked once there is a figure: openly the first time, then a quiet line that can be changed. */
function MeasuredBy({
  desk,
  part,
  now,
  value,
  onChoose,
}: WidgetProps & {
  part: Part
  now: Json
  onChoose: (value: Json) => void
}) {
  const [is_open, setOpen] = useState(false)
  if (is_empty(value)) return null
  const known = now ?? desk.measured_by.value
  const list = typeof part.value === 'object' && 'code' in part.value ? part.value.code : ''
  if (typeof known === 'string' && !is_open) {
    return (
      <p class="f-quiet f-line">
        {words().measured_as(code_label(desk.schema, list, known))}
        <button type="button" class="f-link" onClick={() => setOpen(true)}>
          {words().change}
        </button>
      </p>
    )
  }
  return (
    <div>
      <p class="f-part-label">{say(part.label)}</p>
      <Chips
        options={codes_of({ desk, spec: part })}
        chosen={known}
        label={say(part.label)}
        onChoose={(next) => {
          setOpen(false)
          if (next !== null) onChoose(next)
        }}
      />
    </div>
  )
}
