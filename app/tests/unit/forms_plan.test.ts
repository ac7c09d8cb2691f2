// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import type { Field, Json, Kind } from '../../src/phone/contract'
import { defaults, local_moment, round_of } from '../../src/forms/defaults'
import type { Desk } from '../../src/forms/desk'
import { DOUBTS } from '../../src/forms/doubts'
import { HELP } from '../../src/forms/help'
import { HINTS } from '../../src/forms/hints'
import { asked_sections, is_typed, open_fields, sections_of } from '../../src/forms/plan'
import { usual_part } from '../../src/forms/usual'
import { schema, state_of } from './forms_bench'

/** Kinds that a kader fills in. */
const KADER_KINDS = [
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

const names = (kind: Kind) =>
  sections_of(kind).flatMap(({ fields, more }) => [...fields, ...more].map(({ name }) => name))

describe('the plan', () => {
  test.each(KADER_KINDS)('reaches every typed field of %s exactly once', (name) => {
    const kind = schema.kinds.find((one) => one.name === name)!
    const typed = kind.fields.filter(is_typed).map((field) => field.name)
    expect(names(kind).sort()).toEqual(typed.sort())
    expect(
      sections_of(kind).some((section) => section.id === 'rest'),
      'every field has its place',
    ).toBe(false)
  })

  test('a field of a newer schema stands in a last section', () => {
    const kind = schema.kinds.find((one) => one.name === 'uppka_sale')!
    const newer: Field = { ...kind.fields[2]!, number: 99, name: 'buyer' }
    const sections = sections_of({ ...kind, fields: [...kind.fields, newer] })
    expect(sections[sections.length - 1]).toMatchObject({ id: 'rest', fields: [{ name: 'buyer' }] })
  })

  test('a kind without a plan is one section in schema order', () => {
    const kind = { ...schema.kinds[0]!, name: 'unheard_of' }
    expect(names(kind)).toEqual(kind.fields.filter(is_typed).map((field) => field.name))
  })

  test('a section of which nothing is asked now is left out, rare questions alone are shown openly', () => {
    const kind = schema.kinds.find((one) => one.name === 'uppka_group')!
    const capital = state_of('capital_idr', { demanded: false })
    const [only, ...none] = asked_sections(sections_of(kind), new Map([['capital_idr', capital]]), new Set())
    expect(only).toMatchObject({ fields: [{ name: 'capital_idr' }], more: [] })
    expect(none).toEqual([])
  })
})

test('what the opener did not know is asked openly, what another answer fills in is not', () => {
  const kind = schema.kinds.find((one) => one.name === 'member')!
  const states = kind.fields.map(({ name }) => state_of(name, { value: name === 'sex' ? 'F' : null }))
  const open = open_fields('member', states)
  expect([open.has('household_id'), open.has('birth_month'), open.has('sex')]).toEqual([true, false, false])
  const [first] = asked_sections(sections_of(kind), new Map(states.map((state) => [state.name, state])), open)
  expect(first!.fields[0]!.name).toBe('household_id')
  expect(first!.more.map(({ name }) => name)).toEqual(['birth_month'])
})

describe('texts', () => {
  test('every hint belongs to a typed field, in both languages', () => {
    for (const [key, hint] of Object.entries(HINTS)) {
      const [kind, field] = key.split('.')
      const found = schema.kinds.find((one) => one.name === kind)?.fields.find((one) => one.name === field)
      expect(found && is_typed(found), key).toBe(true)
      expect(hint.id.length * hint.en.length, key).toBeGreaterThan(0)
    }
    expect(Object.keys(HINTS).length).toBeGreaterThanOrEqual(80)
  })

  test('every form has help', () => {
    expect(Object.keys(HELP).sort()).toEqual([...KADER_KINDS].sort())
  })
})

describe('defaults', () => {
  const now = new Date(2026, 10, 27, 9, 5)

  test('every default is a typed field of its kind, and a code of its list', () => {
    for (const kind of schema.kinds) {
      for (const [name, value] of Object.entries(
        defaults(kind.name, { target_group: 'baduta' }, 'w-1', now),
      )) {
        if (name === 'target_group') continue
        const field = kind.fields.find((one) => one.name === name)
        expect(field && is_typed(field), `${kind.name}.${name}`).toBe(true)
        if (!field || typeof field.value === 'string' || !('code' in field.value)) continue
        const { code } = field.value
        const codes = schema.enumerations.find((list) => list.name === code)?.codes.map((one) => one.name)
        expect(codes, `${kind.name}.${name}`).toContain(value)
      }
    }
  })

  test('a visit is today, at home, made by me; only a child is measured', () => {
    expect(defaults('visit', { target_group: 'baduta' }, 'w-1', now)).toEqual({
      visit_date: '2026-11-27',
      visit_place: 'home',
      met_in_person: true,
      alive: 'yes',
      present_members: ['w-1'],
      child_measured_on: '2026-11-27',
      target_group: 'baduta',
    })
    expect(defaults('visit', { target_group: 'pregnant' }, 'w-1', now)).not.toHaveProperty(
      'child_measured_on',
    )
  })

  test('what the opener knows stands above a default', () => {
    expect(defaults('visit', { visit_date: '2026-11-20' }, null, now)).toMatchObject({
      visit_date: '2026-11-20',
    })
  })

  test('a round is the first month of the half-year', () => {
    expect([round_of('2026-06-30'), round_of('2026-07-01')]).toEqual(['2026-01', '2026-07'])
  })

  test('a moment carries the offset of the phone', () => {
    expect(local_moment(now)).toMatch(/^2026-11-27T09:05:00[+-]\d\d:\d\d$/)
  })
})

test('a sentence that asks back is of a flag that the schema has, in both languages and a full stop', () => {
  expect(Object.keys(DOUBTS).filter((flag) => !(flag in schema.flags))).toEqual([])
  for (const { id, en } of Object.values(DOUBTS)) expect([id, en].every((text) => /\.$/.test(text))).toBe(true)
})

test('what is usual of a measurement: who can have made it, and how a child of that age is measured', () => {
  const desk = (kind: string, values: { [field: string]: Json }, kept: { [what: string]: string } = {}) =>
    ({ state: { value: { kind } }, value: (name: string) => values[name] ?? null, measured_by: { value: kept } }) as unknown as Desk
  expect(usual_part(desk('visit', {}), 'child_weight', 'measured_by')).toBe('cadre')
  expect(usual_part(desk('visit', { visit_place: 'posyandu' }), 'child_weight', 'measured_by')).toBe('posyandu')
  expect(usual_part(desk('visit', { visit_place: 'posyandu' }), 'pregnant_hb', 'measured_by')).toBe('midwife')
  expect(usual_part(desk('member', {}), 'birth_weight', 'measured_by')).toBe('copied')
  expect(usual_part(desk('visit', {}, { body: 'midwife' }), 'child_muac', 'measured_by')).toBe('midwife')
  expect(usual_part(desk('visit', { target_group: 'baduta' }), 'child_length', 'position')).toBe('lying')
  expect(usual_part(desk('visit', { target_group: 'balita' }), 'child_length', 'position')).toBe('standing')
  expect(usual_part(desk('visit', {}), 'child_weight', 'kg')).toBe(null)
})
