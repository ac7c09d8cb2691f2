/**
 * A phone that only has forms: it keeps what is typed and answers as the real one, without a core or a
 * store.
 *
 * The rule this module protects: *what a form shows can be tried without a device*. Unusual and impossible
 * figures are judged by the ranges of the schema; everything finer is put in by the test (`extra`).
 */

import type {
  Field,
  FieldState,
  FormState,
  Json,
  Outcome,
  Part,
  Phone,
  Range,
  Row,
  Saved,
  Schema,
  Stale,
  TargetGroup,
  ValueType,
} from '../../src/phone/contract'
import { is_typed } from '../../src/forms/plan'
import { holds, type Condition } from './condition'

/** What the core knows beyond the contract, in the JSON of a kind. */
type CoreField = Field & {
  required: 'always' | { when: Condition } | { optional: Condition | null }
  /** Bits of roles; the lowest is the kader's. */
  writers: number | null
}

export const PEOPLE: Row[] = [
  ['m-1', 'Aisyah Putri', '8 bulan · RT 003', 'baduta'],
  ['m-2', 'Rizky Maulana', '14 bulan · RT 001', 'baduta'],
  ['m-3', 'Nur Hidayah', '32 bulan · RT 002', 'balita'],
  ['m-4', 'Sulastri', 'hamil 24 minggu · RT 003', 'pregnant'],
  ['m-5', 'Siti Rohmah', 'nifas · RT 004', 'postpartum'],
].map(([id = '', title = '', subtitle = '', group = '']) => ({
  id,
  title,
  subtitle,
  groups: [group as TargetGroup],
  kind: 'member',
  area: '35.07.16.2013',
  day: null,
  unsent: false,
  contested: false,
}))

export class PretendPhone {
  values: { [field: string]: Json } = {}
  typed: [string, Json][] = []
  extra: Partial<FormState> = {}
  stale: Stale['stale'] | null = null
  saved_beside = false
  left: boolean[] = []
  private kind = ''
  private record: string | null = null

  constructor(readonly schema: Schema) {}

  async life() {
    return {
      is: 'open',
      practice: true,
      me: { author: 'w-1', name: 'Bu Wati', role: 'kader', places: [], home: '35.07.16.2013' },
    }
  }

  async blank(kind: string, given: { [field: string]: Json }): Promise<FormState> {
    this.kind = kind
    this.values = { ...given }
    return this.state()
  }

  async open(record: string): Promise<FormState> {
    this.record = record
    return this.state()
  }

  opens(kind: string, values: { [field: string]: Json }): void {
    this.kind = kind
    this.values = values
  }

  async type(_form: number, name: string, value: Json): Promise<FormState> {
    this.typed.push([name, value])
    const [field = name, element] = name.split('.')
    if (element === undefined) this.values[field] = value
    else {
      const map = { ...((this.values[field] as { [element: string]: Json } | null) ?? {}) }
      if (value === null) delete map[element]
      else map[element] = value
      this.values[field] = map
    }
    return this.state()
  }

  async save(_form: number): Promise<Outcome<Saved | Stale>> {
    return this.stale ? { stale: this.stale } : { saved: { record: 'r-1', dot: 'a:1' } }
  }

  async save_beside(_form: number): Promise<Outcome<Saved>> {
    this.saved_beside = true
    return { saved: { record: 'r-1', dot: 'a:1' } }
  }

  async leave(_form: number, keep: boolean): Promise<void> {
    this.left.push(keep)
  }

  async choices(kind: string, text: string): Promise<Row[]> {
    const named = (id: string, title: string, subtitle: string): Row => ({
      id,
      kind,
      title,
      subtitle,
      area: '35.07.16.2013',
      day: null,
      unsent: false,
      contested: false,
    })
    const rows =
      kind === 'member'
        ? PEOPLE
        : kind === 'worker'
          ? [named('w-1', 'Bu Wati', 'Kader TPK'), named('w-2', 'Bidan Rina', 'Bidan')]
          : [named(`${kind}-1`, kind === 'household' ? 'Keluarga Pak Slamet' : 'Melati', 'RT 003')]
    return rows.filter((row) => row.title.toLowerCase().includes(text.toLowerCase()))
  }

  as_phone(): Phone {
    return this as unknown as Phone
  }

  state(): FormState {
    const kind = this.schema.kinds.find((one) => one.name === this.kind)!
    const fields = kind.fields.map((field) => this.field_state(field as CoreField))
    const state: FormState = {
      form: 1,
      kind: this.kind,
      record: this.record,
      area: '35.07.16.2013',
      about: this.kind === 'visit' ? { title: 'Aisyah Putri', subtitle: '8 bulan · RT 003' } : null,
      fields,
      advice: [],
      doubles: [],
      missing: fields.filter((field) => field.demanded && field.value === null).map((field) => field.name),
    }
    const { fields: extra_fields = [], ...extra } = this.extra
    return {
      ...state,
      ...extra,
      fields: fields.map((field) => ({ ...field, ...extra_fields.find((one) => one.name === field.name) })),
    }
  }

  private field_state(field: CoreField): FieldState {
    const look = (name: string) => this.values[name] ?? null
    const { required } = field
    const condition = required === 'always' ? null : 'when' in required ? required.when : required.optional
    const asked =
      is_typed(field) &&
      (field.writers === null || field.writers % 2 === 1) &&
      (condition === null || holds(condition, look))
    const value = this.values[field.name] ?? null
    const judged = judge(field, value)
    return {
      name: field.name,
      asked,
      value,
      others: [],
      source: value === null ? 'none' : this.record ? 'recorded' : 'typed',
      demanded: asked && (required === 'always' || 'when' in required),
      flags: judged === 'unusual' ? [{ flag: 'unusual_value', element: null, part: null }] : [],
      refused:
        judged === 'impossible' ? { id: 'Di luar yang mungkin.', en: 'Outside what is possible.' } : null,
    }
  }
}

function judge(field: Field, value: Json): 'fine' | 'unusual' | 'impossible' {
  if (value === null || field.shape !== 'one') return 'fine'
  if (typeof field.value === 'object' && 'group' in field.value) {
    const verdicts = field.value.group.map((part) =>
      judge_one(part, (value as { [part: string]: Json })[part.name] ?? null),
    )
    return verdicts.find((one) => one === 'impossible') ?? verdicts.find((one) => one === 'unusual') ?? 'fine'
  }
  return judge_one(field, value)
}

function judge_one(
  spec: Pick<Part, 'value' | 'hard' | 'soft'>,
  value: Json,
): 'fine' | 'unusual' | 'impossible' {
  const number = in_smallest_unit(spec.value, value)
  if (number === null) return 'fine'
  const outside = (range: Range | null) =>
    range !== null && (number < (range.min ?? -Infinity) || number > (range.max ?? Infinity))
  return outside(spec.hard) ? 'impossible' : outside(spec.soft) ? 'unusual' : 'fine'
}

function in_smallest_unit(type: ValueType, value: Json): number | null {
  if (value === null) return null
  if (type === 'int') return Number(value)
  return typeof type === 'object' && 'decimal' in type
    ? Math.round(Number(value) * 10 ** type.decimal.scale)
    : null
}
