/**
 * Answers that belong together: a weight and who measured it, the two figures of a blood pressure.
 *
 * The rule this module protects: *a group is sent with every part, and only when she has said something*:
 * what is usual fills in the rest of it, and alone that is not an answer.
 */

import { useState } from 'preact/hooks'
import type { Json, Part } from '../../phone/contract'
import { said } from '../../words/words'
import { as_group, code_label, is_empty, type Group } from '../values'
import { measures, usual_part } from '../usual'
import { words } from '../words'
import { Chips, codes_of } from './choice'
import type { WidgetProps } from './widget'
import { ValueWidget } from './value'

const WHO = 'measured_by'

/** Parts that are filled in as is usual: no answer by themselves. */
const BESIDE = [WHO, 'position']

/** The group after one part changed. Null when nothing is left of it but what is usual. */
export function group_with(
  parts: Part[],
  before: Group,
  name: string,
  value: Json,
  usual: (part: string) => Json,
): Group | null {
  const after: Group = {}
  for (const part of parts) after[part.name] = part.name === name ? value : (before[part.name] ?? null)
  if (parts.every((part) => BESIDE.includes(part.name) || is_empty(after[part.name]))) return null
  for (const part of BESIDE) if (after[part] === null && part !== name) after[part] = usual(part)
  return after
}

export function GroupBox(props: WidgetProps) {
  const { desk, spec, id, described, labelled, value, onAnswer, onWrite } = props
  const { value: type } = spec
  if (typeof type !== 'object' || !('group' in type)) return null
  const group = as_group(value)
  const usual = (part: string) => usual_part(desk, spec.name, part)
  const change = (name: string, part: Json, tell: (value: Json) => void) => {
    if (name === WHO && typeof part === 'string')
      desk.measured_by.value = { ...desk.measured_by.value, [measures(spec.name)]: part }
    tell(group_with(type.group, group, name, part, usual))
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
                {said(part.label)}
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

/** Once there is a figure: a quiet line that can be changed. */
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
  const known = now
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
      <p class="f-part-label">{said(part.label)}</p>
      <Chips
        options={codes_of({ desk, spec: part })}
        chosen={known}
        label={said(part.label)}
        onChoose={(next) => {
          setOpen(false)
          if (next !== null) onChoose(next)
        }}
      />
    </div>
  )
}
