/**
 * Which widget asks for which type of value.
 *
 * The rule this module protects: *a type of the schema has one widget*, so a new field appears without a new
 * app.
 */

import type { Field, Json } from '../../phone/contract'
import { Checks } from './checks'
import { BoolChoice, CodeChoice } from './choice'
import { Coordinates } from './coordinates'
import { Counts } from './counts'
import { BirthBox, DateBox, MomentBox } from './date'
import { GroupBox } from './group'
import { Lines } from './lines'
import { NumberBox } from './number'
import { Recipients } from './recipients'
import { AreaBox, Reference } from './reference'
import { TextBox } from './text'
import type { WidgetProps } from './widget'

/** One value. */
export function ValueWidget(props: WidgetProps) {
  const { value } = props.spec
  if (typeof value === 'string') {
    if (value === 'bool') return <BoolChoice {...props} />
    if (value === 'int') return <NumberBox {...props} />
    if (value === 'date') return <DateBox {...props} />
    if (value === 'month') return <DateBox {...props} is_month />
    if (value === 'date_time') return <MomentBox {...props} />
    return value === 'text' ? <TextBox {...props} /> : null
  }
  if ('decimal' in value) return <NumberBox {...props} />
  if ('code' in value) return <CodeChoice {...props} />
  if ('ref' in value) return <Reference {...props} kind={value.ref} is_many={false} />
  if ('area' in value) return <AreaBox {...props} />
  const parts = value.group.map((part) => part.name)
  if (parts.includes('precision')) return <BirthBox {...props} />
  return parts.includes('latitude') ? <Coordinates {...props} /> : <GroupBox {...props} />
}

type FieldProps = WidgetProps & {
  field: Field
  onElement: (element: string, value: Json, shown: Json, is_whole: boolean) => void
}

/** A field of any shape. */
export function FieldWidget(props: FieldProps) {
  const { field, onElement } = props
  const { shape } = field
  if (shape === 'one') return <ValueWidget {...props} />
  if (shape === 'list') return <Lines {...props} />
  if ('set' in shape) {
    if (shape.set === 'int') return null
    if ('code' in shape.set) return <Checks {...props} list={shape.set.code} />
    return 'ref' in shape.set ? <Reference {...props} kind={shape.set.ref} is_many /> : null
  }
  if (shape.map === 'int') return null
  if ('code' in shape.map) return <Counts {...props} list={shape.map.code} />
  return 'ref' in shape.map ? (
    <Recipients {...props} onElement={(element, value, shown) => onElement(element, value, shown, true)} />
  ) : null
}
