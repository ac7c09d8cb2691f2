/**
 * A number for each code: portions by group, participants by audience.
 *
 * The rule this module protects: *zero is an answer, empty is none*.
 */

import type { Field, Json } from '../../phone/contract'
import { said } from '../../words/words'
import { as_group, codes_in } from '../values'
import { words } from '../words'
import { NumberBox } from './number'
import type { WidgetProps } from './widget'

type Props = WidgetProps & {
  field: Field
  list: string
  onElement: (element: string, value: Json, shown: Json, is_whole: boolean) => void
}

export function Counts({ desk, field, list, id, labelled, described, value, onElement }: Props) {
  const counts = as_group(value)
  const codes = codes_in(desk.schema, list)
  const total = Object.values(counts).reduce<number>((sum, one) => sum + Number(one ?? 0), 0)
  // Up to here, minus and plus are quicker than the keyboard.
  const spec = { ...field, unit: '', soft: { min: 0, max: 60 } }
  const tell = (code: string, is_whole: boolean) => (next: Json) => {
    const { [code]: _before, ...others } = counts
    onElement(code, next, next === null ? others : { ...others, [code]: next }, is_whole)
  }
  return (
    <div class="f-counts">
      {codes.map((code, at) => (
        <div key={code.name} class="f-count">
          <span id={`${id}-${code.name}-label`}>{said(code.label)}</span>
          <NumberBox
            desk={desk}
            spec={spec}
            id={at === 0 ? id : `${id}-${code.name}`}
            labelled={`${labelled} ${id}-${code.name}-label`}
            described={described}
            value={counts[code.name] ?? null}
            onAnswer={tell(code.name, true)}
            onWrite={tell(code.name, false)}
          />
        </div>
      ))}
      <p class="f-sum" role="status">
        {words().chosen_total(total)}
      </p>
    </div>
  )
}
