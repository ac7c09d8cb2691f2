/**
 * Names of the records that a form names already: the family, the mother, the colleague who is there.
 *
 * The rule this module protects: *she sees names, never ids or dots*, also of what she has not looked up.
 */

import type { FormState, Id, Kind, Me, Row } from '../phone/contract'
import type { Desk } from './desk'
import { as_texts } from './values'

function row(kind: string, id: Id, title: string): Row {
  return { id, kind, area: '', title, subtitle: '', day: null, unsent: false, contested: false }
}

/** Of a kind with thousands one is asked for, of the others the short list. */
async function rows_of(desk: Desk, kind: string, id: Id): Promise<Row[]> {
  if (kind === 'household') return [row(kind, id, (await desk.phone.family(id)).head)]
  if (kind === 'member') return [row(kind, id, (await desk.phone.person(id)).name)]
  return desk.choices(kind, '')
}

export async function names_of(desk: Desk, kind: Kind, state: FormState): Promise<Row[]> {
  const found: Row[] = []
  for (const { name, value, shape } of kind.fields) {
    const ref = refers_to(shape === 'one' ? value : typeof shape === 'object' && 'set' in shape ? shape.set : null)
    const given = state.fields.find((field) => field.name === name)?.value ?? null
    for (const id of ref === null ? [] : typeof given === 'string' ? [given] : as_texts(given)) {
      if (found.some((one) => one.id === id)) continue
      // Without its name a line shows dots; the form is filled in all the same.
      found.push(...(await rows_of(desk, ref ?? '', id).catch(() => [])))
    }
  }
  return found
}

function refers_to(type: unknown): string | null {
  return typeof type === 'object' && type !== null && 'ref' in type ? String(type.ref) : null
}

/** Herself, who may be nobody's row: in practice, and before the village was received. */
export function herself(me: Me): Row {
  return row('worker', me.author, me.name)
}
