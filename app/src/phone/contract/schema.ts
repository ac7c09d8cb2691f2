/** The schema, as the core read it. See `../contract.ts`. */

import type { Label } from './base'

export type ValueType =
  | 'bool' | 'int' | 'text' | 'date' | 'month' | 'date_time' | 'blob'
  | { decimal: { scale: number } }
  | { code: string }
  | { ref: string }
  | { area: string }
  | { group: Part[] }

export interface Range {
  min: number | null
  max: number | null
}

export interface Part {
  name: string
  label: Label
  value: ValueType
  unit: string
  hard: Range | null
  soft: Range | null
  required: boolean
}

/** `one`: a value; a set of elements; a map from elements to values; a list of values. */
export type Shape = 'one' | 'list' | { set: ElementType } | { map: ElementType }
export type ElementType = 'int' | { code: string } | { ref: string } | { area: string }

export interface Field {
  number: number
  name: string
  label: Label
  shape: Shape
  value: ValueType
  unit: string
  /** In the smallest unit of the value: of a decimal with scale 1, 205 is 20.5. */
  hard: Range | null
  soft: Range | null
  section: string
  sensitivity: number
  sealed: boolean
  /** `derived` and `server` fields are shown, never typed. */
  policy: string | object

}

export interface Section {
  name: string
  label: Label
}

export interface Kind {
  number: number
  name: string
  label: Label
  sections: Section[]
  fields: Field[]
}

export interface Code {
  number: number
  name: string
  label: Label
  /** Chosen, it takes the others out of a set (`none`). */
  exclusive: boolean
}

export interface List {
  name: string
  codes: Code[]
}

export interface Flag {
  name: string
  label: Label
  meaning: string
}

export interface Schema {
  version: number
  kinds: Kind[]
  enumerations: List[]
  flags: { [name: string]: Flag }
}
