// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import type { Code } from '../../src/phone/contract'
import { toggled } from '../../src/forms/fields/checks'
import { joined } from '../../src/forms/fields/date'
import { group_with } from '../../src/forms/fields/group'
import { manner_of } from '../../src/forms/fields/text'
import {
  is_day,
  read_decimal,
  read_int,
  say_range,
  write_day,
  write_limit,
  write_number,
} from '../../src/forms/values'
import { lang } from '../../src/words/words'

describe('decimals', () => {
  test.each([
    ['8,05', '8.05'],
    ['8.05', '8.05'],
    ['8,', '8'],
    [',5', '0.5'],
    ['', null],
    [' 8,0 ', '8.0'],
    ['8,050', '8.05'],
  ])('%j is %j', (text, value) => {
    expect(read_decimal(text, 2)).toEqual({ value, problem: null })
  })

  test('a digit too many is said, never dropped', () => {
    expect(read_decimal('8,057', 2)).toEqual({ value: null, problem: 'scale' })
  })

  test.each(['8,0,5', 'delapan', '.', '8 kg'])('%j is no number', (text) => {
    expect(read_decimal(text, 2)).toEqual({ value: null, problem: 'digits' })
  })

  test('are read with a comma in Indonesian, a point in English', () => {
    expect(write_number('8.05')).toBe('8,05')
    lang.value = 'en'
    expect(write_number('8.05')).toBe('8.05')
    lang.value = 'id'
  })
})

describe('whole numbers', () => {
  test.each([
    ['3100', 3100],
    ['3.100', 3100],
    ['1 500 000', 1500000],
    ['0', 0],
    ['', null],
  ])('%j is %j', (text, value) => {
    expect(read_int(text)).toEqual({ value, problem: null })
  })

  test('3,1 kilograms are not 31 grams', () => {
    expect(read_int('3,1')).toEqual({ value: null, problem: 'whole' })
  })
})

describe('ranges', () => {
  test('are said in the unit of the value', () => {
    expect(write_limit(205, { decimal: { scale: 1 } })).toBe('20,5')
    expect(write_limit(200, { decimal: { scale: 1 } })).toBe('20')
    const spec = {
      name: 'kg',
      label: { id: '', en: '' },
      value: { decimal: { scale: 1 } },
      unit: 'kg',
      soft: null,
      hard: { min: 200, max: 2500 },
    }
    expect(say_range(spec)).toBe('Yang mungkin: 20 sampai 250 kg.')
  })
})

describe('days', () => {
  test('the 31st of February is none, the 29th in a leap year is', () => {
    expect([is_day('2026-02-31'), is_day('2026-02-29'), is_day('2024-02-29')]).toEqual([false, false, true])
  })

  test('a day is whole or nothing; what the precision leaves open is the first', () => {
    const parts = { day: '5', month: '03', year: '2026' }
    expect(joined(parts, 'day')).toBe('2026-03-05')
    expect(joined({ ...parts, day: '' }, 'day')).toBe(null)
    expect(joined({ ...parts, day: '' }, 'month')).toBe('2026-03-01')
    expect(joined({ day: '', month: '', year: '1970' }, 'year')).toBe('1970-01-01')
    expect(joined({ ...parts, year: '20' }, 'day')).toBe(null)
  })

  test('are written out', () => {
    expect([write_day('2026-11-27'), write_day('2026-11')]).toEqual(['27 November 2026', 'November 2026'])
  })
})

describe('sets', () => {
  const codes: Code[] = ['none', 'heart', 'asthma'].map((name, number) => ({
    number,
    name,
    label: { id: name, en: name },
    exclusive: name === 'none',
  }))

  test('"none" takes the others out, and goes when one of them comes', () => {
    expect(toggled(codes, ['heart', 'asthma'], 'none')).toEqual(['none'])
    expect(toggled(codes, ['none'], 'heart')).toEqual(['heart'])
    expect(toggled(codes, ['heart', 'asthma'], 'heart')).toEqual(['asthma'])
  })
})

describe('groups', () => {
  const part = (name: string) => ({
    name,
    label: { id: name, en: name },
    value: 'int' as const,
    unit: '',
    hard: null,
    soft: null,
    required: true,
  })
  const parts = [part('kg'), part('measured_by')]

  test('carry every part, with who measured before', () => {
    expect(group_with(parts, {}, 'kg', '8.05', () => 'cadre')).toEqual({ kg: '8.05', measured_by: 'cadre' })
    expect(group_with(parts, {}, 'kg', '8.05', () => null)).toEqual({ kg: '8.05', measured_by: null })
    expect(group_with(parts, { kg: '8.05', measured_by: 'midwife' }, 'kg', '9', () => 'cadre')).toMatchObject({
      measured_by: 'midwife',
    })
  })

  test('who measured alone is no answer', () => {
    expect(group_with(parts, {}, 'measured_by', 'cadre', () => 'cadre')).toBe(null)
    expect(group_with(parts, { kg: '8.05', measured_by: 'cadre' }, 'kg', null, () => 'cadre')).toBe(null)
  })
})

test('numbers that are names bring up digits, names capitals', () => {
  expect(
    ['nik', 'rt', 'phone', 'full_name', 'notes'].map((name) => manner_of(name, name === 'notes' ? 1000 : 60)),
  ).toEqual(['digits', 'digits', 'phone', 'name', 'long'])
})
