/**
 * Conditions of the schema, as far as pretending needs them.
 *
 * The rule this module protects: *a pretend form asks what the real one would*, for the conditions that the
 * kader's kinds use.
 */

import type { Json } from '../../src/phone/contract'

export type Condition =
  | { is: [string, string[]] }
  | { is_not: [string, string[]] }
  | { above: [string, number] }
  | { below: [string, number] }
  | { empty: string }
  | { filled: string }
  | { all: Condition[] }
  | { any: Condition[] }

type Look = (field: string) => Json

export function holds(condition: Condition, look: Look): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, look))
  if ('any' in condition) return condition.any.some((one) => holds(one, look))
  if ('is' in condition) return shows(look(condition.is[0]), condition.is[1])
  if ('is_not' in condition) return !shows(look(condition.is_not[0]), condition.is_not[1])
  if ('empty' in condition) return is_nothing(look(condition.empty))
  if ('filled' in condition) return !is_nothing(look(condition.filled))
  const [field, limit] = 'above' in condition ? condition.above : condition.below
  const value = look(field)
  return value !== null && ('above' in condition ? Number(value) > limit : Number(value) < limit)
}

function shows(value: Json, codes: string[]): boolean {
  return (Array.isArray(value) ? value : [value]).some((one) => codes.includes(String(one)))
}

function is_nothing(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
