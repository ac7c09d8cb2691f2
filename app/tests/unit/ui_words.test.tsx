// @vitest-environment happy-dom
/**
 * Words and figures: as people here say them.
 *
 * The rule this module protects: *both languages say everything*, and no number is shown raw.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { adviceEn } from '../../src/words/advice_en'
import { adviceId } from '../../src/words/advice_id'
import { adviceSaid } from '../../src/words/advice'
import {
  age,
  bytes,
  count,
  daysBetween,
  decimal,
  deviation,
  fullDay,
  longDay,
  nearDay,
  rupiah,
  shortDay,
  sinceDay,
  waiting,
} from '../../src/words/format'
import { en } from '../../src/words/en'
import { id } from '../../src/words/id'
import { speak } from '../../src/words/words'

const NOW = '2026-11-27'

beforeEach(() => speak('id'))

describe('days', () => {
  it('are long, full and short in Indonesian', () => {
    expect(longDay(NOW)).toBe('Jumat, 27 November 2026')
    expect(fullDay('2026-08-17')).toBe('17 Agustus 2026')
    expect(shortDay(NOW, NOW)).toBe('27 Nov')
    expect(shortDay('2025-12-31', NOW)).toBe('31 Des 2025')
  })
  it('near today are said as people say them', () => {
    expect(nearDay(NOW, NOW)).toBe('hari ini')
    expect(nearDay('2026-11-26', NOW)).toBe('kemarin')
    expect(nearDay('2026-11-28', NOW)).toBe('besok')
    expect(nearDay('2026-11-30', NOW)).toBe('3 hari lagi')
    expect(nearDay('2026-11-20', NOW)).toBe('7 hari lalu')
    expect(nearDay('2026-11-19', NOW)).toBe('19 Nov')
  })
  it('are counted over the turn of a year and a leap day', () => {
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1)
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
  })
  it('within a week since are weekdays', () => {
    expect(sinceDay(Date.parse('2026-11-24T08:00:00') / 1000, NOW)).toBe('Selasa')
    expect(sinceDay(Date.parse('2026-11-01T08:00:00') / 1000, NOW)).toBe('1 Nov')
  })
})

describe('figures', () => {
  const of = (years: number, months: number, days = 0, about = false) => age({ years, months, days, about })
  it('are ages', () => {
    expect(of(1, 4)).toBe('1 tahun 4 bulan')
    expect(of(0, 7, 12)).toBe('7 bulan')
    expect(of(0, 0, 12)).toBe('12 hari')
    expect(of(27, 3)).toBe('27 tahun')
    expect(of(60, 0, 0, true)).toBe('sekitar 60 tahun')
  })
  it('have a comma in Indonesian and a point in English', () => {
    expect(decimal('8.05')).toBe('8,05')
    expect(deviation(-215)).toBe('\u22122,15')
    expect(count(10000)).toBe('10.000')
    expect(rupiah(400000)).toBe('Rp400.000')
    speak('en')
    expect(decimal('8.05')).toBe('8.05')
    expect(count(10000)).toBe('10,000')
    expect(of(1, 1)).toBe('1 year 1 month')
  })
  it('are bytes and waiting times', () => {
    expect([bytes(900), bytes(2_340_000), bytes(5_120_000_000)]).toEqual(['900 B', '2,3 MB', '5,1 GB'])
    expect([waiting(12.2), waiting(90)]).toEqual(['13 detik', '2 menit'])
  })
})

describe('advice', () => {
  it('has the same names in both languages', () => {
    expect(Object.keys(adviceEn)).toEqual(Object.keys(adviceId))
  })
  it('says figures and days as people do, and has words for what it does not know', () => {
    const heavy = { words: 'weight_not_rising_refer', values: { kg: '8.60', last: '8.65' } }
    expect(adviceSaid(heavy).text).toContain('8,60 kg')
    expect(adviceSaid({ words: 'next_visit_suggested', values: { day: NOW } }).text).toContain(
      '27 November 2026',
    )
    expect(adviceSaid({ words: 'of_next_year', values: {} })).toEqual(id.advice.fallback)
  })
  it('never names a condition to the mother', () => {
    const values = {
      kg: '1',
      last: '1',
      cm: '1',
      g: 1,
      count: 1,
      g_dl: '1',
      systolic: 1,
      diastolic: 1,
      mg_dl: 1,
    }
    for (const said of [...Object.values(adviceId), ...Object.values(adviceEn)]) {
      const { say_to_mother = '' } = said(values)
      expect(say_to_mother).not.toMatch(/stunt|kerdil|pendek|kurus|gizi buruk|wast|malnourish|undefined/i)
    }
  })
})

it('has all marks, groups and reasons in both languages', () => {
  const names = (of: typeof id) => [of.marks, of.groups, of.same, of.notices].map((part) => Object.keys(part))
  expect(names(en)).toEqual(names(id))
})
