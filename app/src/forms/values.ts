/**
 * Values as people write and read them, and as the phone takes them.
 *
 * The rule this module protects: *the phone is given what she wrote, never something near it*: a number that
 * cannot be read is no number, and no digit is dropped in silence.
 */

import type { Code, Field, Json, Part, Row, Schema, ValueType } from '../phone/contract'
import { count, decimal, fullDay, fullMonth, today } from '../words/format'
import { said } from '../words/words'
import { unit_words, words } from './words'

/** What a widget must know of a field or of a part of a group. */
export type Spec = Pick<Field, 'name' | 'label' | 'value' | 'unit' | 'hard' | 'soft'> | Part

export type Group = { [part: string]: Json }

export function is_empty(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

export function as_group(value: Json): Group {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
}

/** The values of a list, whose elements have keys, and of a set, which is an array. */
export function as_list(value: Json): Json[] {
  return Array.isArray(value) ? value : Object.values(as_group(value))
}

export function as_texts(value: Json): string[] {
  return as_list(value).filter((one): one is string => typeof one === 'string')
}

export type Read = { value: Json; problem: 'whole' | 'scale' | 'digits' | null }

/** A whole number. `3.200` is three thousand two hundred; `3,2` is not a whole number. */
export function read_int(text: string): Read {
  const trimmed = text.trim()
  if (trimmed === '') return { value: null, problem: null }
  if (/^\d{1,3}([.,\s]\d{3})+$/.test(trimmed))
    return { value: Number(trimmed.replace(/[.,\s]/g, '')), problem: null }
  if (/^\d+$/.test(trimmed)) return { value: Number(trimmed), problem: null }
  return { value: null, problem: /^\d*[.,]\d*$/.test(trimmed) ? 'whole' : 'digits' }
}

/** A decimal with comma or point, as text with a point. `8,` is 8, because she is still writing. */
export function read_decimal(text: string, scale: number): Read {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') return { value: null, problem: null }
  if (!/^-?\d*\.?\d*$/.test(trimmed) || !/\d/.test(trimmed)) return { value: null, problem: 'digits' }
  const [whole = '', part = ''] = trimmed.split('.')
  if (part.replace(/0+$/, '').length > scale) return { value: null, problem: 'scale' }
  const head = whole === '' || whole === '-' ? `${whole}0` : whole
  const tail = part.slice(0, scale)
  return { value: tail === '' ? head : `${head}.${tail}`, problem: null }
}

/** A number of the phone as she would write it herself: nothing between its thousands. */
export function write_number(value: Json): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? decimal(value) : ''
}

/** A limit of the schema, which counts in the smallest unit of the value. */
export function write_limit(limit: number, type: ValueType): string {
  if (typeof type === 'object' && 'decimal' in type) {
    return decimal((limit / 10 ** type.decimal.scale).toFixed(type.decimal.scale).replace(/\.?0+$/, ''))
  }
  return count(limit)
}

/** Says what is possible, for an answer outside it. Empty where the schema has no limits to speak of. */
export function say_range(spec: Spec): string {
  const { hard, value } = spec
  const is_number = value === 'int' || (typeof value === 'object' && 'decimal' in value)
  if (!hard) return ''
  if (value === 'text' && hard.min !== null && hard.max !== null) return words().length(hard.min, hard.max)
  if (!is_number) return ''
  const unit = spec.unit === '' ? '' : ` ${unit_words(spec.unit)}`
  const low = hard.min === null ? null : write_limit(hard.min, value)
  const high = hard.max === null ? null : write_limit(hard.max, value) + unit
  if (low !== null && high !== null) return words().range(low, high)
  if (low !== null) return words().at_least(low + unit)
  return high === null ? '' : words().at_most(high)
}

export function codes_in(schema: Schema, list: string): Code[] {
  return schema.enumerations.find((one) => one.name === list)?.codes ?? []
}

export function code_label(schema: Schema, list: string, name: string): string {
  const code = codes_in(schema, list).find((one) => one.name === name)
  return code ? said(code.label) : name
}

/** A day, or a month without one. */
export function write_day(day: string): string {
  return day.length > 7 ? fullDay(day) : fullMonth(day)
}

type Names = { [id: string]: Row | undefined }

/** A value of one field or part, in words. */
export function write_value(
  schema: Schema,
  type: ValueType,
  value: Json,
  unit: string,
  names: Names,
): string {
  if (is_empty(value)) return words().empty
  if (typeof value === 'boolean') return value ? words().yes : words().no
  const text = String(value)
  if (type === 'date' || type === 'month') return write_day(text)
  if (type === 'date_time') return `${write_day(text.slice(0, 10))}, ${text.slice(11, 16).replace(':', '.')}`
  if (typeof type === 'string') {
    const shown = typeof value === 'number' ? count(value) : text
    return unit && type === 'int' ? `${shown} ${unit_words(unit)}` : shown
  }
  if ('code' in type) return code_label(schema, type.code, text)
  if ('decimal' in type) return `${write_number(value)} ${unit_words(unit)}`.trim()
  if ('ref' in type) return names[text]?.title ?? '...'
  if ('area' in type) return text
  const parts = as_group(value)
  if ('precision' in parts && typeof parts.date === 'string') {
    return write_day(parts.date)
      .split(' ')
      .slice(parts.precision === 'year' ? -1 : parts.precision === 'month' ? -2 : 0)
      .join(' ')
  }
  if ('latitude' in parts) return words().place_taken(Number(parts.accuracy_m ?? 0))
  return type.group
    .filter((part) => !is_empty(parts[part.name]))
    .map((part) => write_value(schema, part.value, parts[part.name] ?? null, part.unit, names))
    .join(' · ')
}

/** Of all who ate, together. */
export function portions_of(value: Json): number {
  return Object.values(as_group(value)).reduce<number>(
    (sum, one) => sum + Number(as_group(one).portions ?? 0),
    0,
  )
}

/** More names than these are told as a number. */
const NAMED_UP_TO = 3

/** What a field holds, in words: of sets and maps one word for each element. */
export function write_field(schema: Schema, field: Field, value: Json, names: Names): string {
  if (is_empty(value)) return words().empty
  if (field.shape === 'one') return write_value(schema, field.value, value, field.unit, names)
  if (field.shape === 'list') {
    return as_list(value)
      .map((one) => write_value(schema, field.value, one, field.unit, names))
      .join('; ')
  }
  const element = 'set' in field.shape ? field.shape.set : field.shape.map
  const name = (key: string) =>
    element === 'int' ? key : write_value(schema, element as ValueType, key, '', names)
  if ('set' in field.shape)
    return as_list(value)
      .map((one) => name(String(one)))
      .join(', ')
  const people = Object.values(as_group(value))
  if (typeof element === 'object' && 'ref' in element && people.length > NAMED_UP_TO) {
    return words().recipients(people.length, decimal(String(portions_of(value))))
  }
  return Object.entries(as_group(value))
    .map(([key, one]) => `${name(key)}: ${write_value(schema, field.value, one, field.unit, names)}`)
    .join('; ')
}

export function day_after(days: number, moment = new Date()): string {
  return today(new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days))
}

/** False for the 31st of February. */
export function is_day(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const moment = new Date(year, month - 1, date)
  return (
    year > 1800 &&
    moment.getFullYear() === year &&
    moment.getMonth() === month - 1 &&
    moment.getDate() === date
  )
}
