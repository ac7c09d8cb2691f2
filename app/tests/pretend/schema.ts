/**
 * The schema of this checkout as the core reads it, for tests and pictures of forms.
 *
 * The rule this module protects: *tests see the real fields*: only the words of a few flags, which the core
 * does not tell, are written down here.
 */

import type { Kind, List, Schema } from '../../src/phone/contract'

/** What `cargo xtask wasm` leaves in `target/wasm/`, as far as the schema goes. */
export interface Core {
  kind(name: string): string
  list(name: string): string
}

const KINDS = [
  'household',
  'member',
  'risk_screening',
  'couple',
  'pregnancy',
  'visit',
  'dashat_kitchen',
  'menu_recipe',
  'meal_session',
  'education_session',
  'uppka_group',
  'uppka_sale',
  'kampung_kb',
  'kampung_kb_activity',
  'consent',
  'transfer',
  'message',
]
export const KADER_KINDS = KINDS

const FLAGS: { [name: string]: [id: string, en: string] } = {
  missing: ['Belum diisi', 'Not filled'],
  unusual_value: ['Nilai tidak lazim', 'Unusual value'],
  within_days: ['Tanggal terlalu lama', 'Date long ago'],
  weight_for_age: ['BB/U tidak masuk akal', 'Implausible weight for age'],
}

export function read_schema(core: Core): Schema {
  const value = <T>(answer: string): T => (JSON.parse(answer) as { value: T }).value
  const kinds = KINDS.map((name) => value<Kind>(core.kind(name)))
  const lists = new Set(
    JSON.stringify(kinds)
      .match(/"code":"(\w+)"/g)
      ?.map((one) => one.slice(8, -1)),
  )
  return {
    version: 1,
    kinds,
    enumerations: [...lists].map((name) => value<List>(core.list(name))),
    flags: Object.fromEntries(
      Object.entries(FLAGS).map(([name, [id, en]]) => [name, { name, label: { id, en }, meaning: '' }]),
    ),
  }
}
