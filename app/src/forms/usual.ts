/**
 * What is nearly always true of a measurement: who made it, and how a child lay or stood.
 *
 * The rule this module protects: *a figure is an answer by itself*. The rest of its group is filled in as is usual, shown
 * beside it, and one tap away; what she changes holds for the next measurement of its kind.
 */

import type { Json } from '../phone/contract'
import type { Desk } from './desk'

/** What a scale and a tape cannot tell. */
const BY_MIDWIFE = /_(hb|tfu|fetal_weight|fetal_heart_rate|glucose|blood_pressure)$/

export type Measures = 'body' | 'clinic'

export function measures(field: string): Measures {
  return BY_MIDWIFE.test(field) ? 'clinic' : 'body'
}

/** The first value of a part of `field`; null where only she can know. */
export function usual_part(desk: Desk, field: string, part: string): Json {
  if (part === 'position') return desk.value('target_group') === 'balita' ? 'standing' : 'lying'
  if (part !== 'measured_by') return null
  const kept = desk.measured_by.value[measures(field)]
  if (kept !== undefined) return kept
  if (measures(field) === 'clinic') return 'midwife'
  // Weight and length at birth stand in the book.
  if (desk.state.value?.kind === 'member') return 'copied'
  return desk.value('visit_place') === 'posyandu' ? 'posyandu' : 'cadre'
}
