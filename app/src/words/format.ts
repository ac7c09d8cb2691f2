/**
 * Days, ages, amounts: the way people here say them.
 *
 * The rule this module protects: *a number is never shown raw*. Decimals have a comma in Indonesian, a day
 * near today is said as people say it, and an age of which only the year is known says so. By hand: the first format of
 * `Intl` takes a cheap phone longer than all the rest of a screen.
 */
import type { Age, Day } from '../phone/contract'
import { dayOf as localDay } from '../phone/persist'
import { lang, words } from './words'

export const two = (n: number) => String(n).padStart(2, '0')
const DAY_MS = 86_400_000
const atNoon = (day: Day) => new Date(`${day}T12:00:00Z`)

/** The calendar day of this device. */
export function today(now = new Date()): Day {
  return localDay(now)
}

export function dayOf(seconds: number): Day {
  return new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** "27 November 2026" */
export function fullDay(day: Day): string {
  return `${Number(day.slice(8))} ${fullMonth(day)}`
}

/** "Jumat, 27 November 2026" */
export function longDay(day: Day): string {
  return `${weekday(day)}, ${fullDay(day)}`
}

/** "November 2026" */
export function fullMonth(day: Day): string {
  return `${monthOf(day)} ${day.slice(0, 4)}`
}

/** "27 Nov", with the year when it is another one than `now`'s. */
export function shortDay(day: Day, now: Day = today()): string {
  const short = `${Number(day.slice(8))} ${monthOf(day).slice(0, 3)}`
  return day.slice(0, 4) === now.slice(0, 4) ? short : `${short} ${day.slice(0, 4)}`
}

export function weekday(day: Day): string {
  return words.value.time.weekdayNames[atNoon(day).getUTCDay()]!
}

function monthOf(day: Day): string {
  return words.value.time.monthNames[Number(day.slice(5, 7)) - 1] ?? ''
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((atNoon(to).getTime() - atNoon(from).getTime()) / DAY_MS)
}

/** "hari ini", "kemarin", "3 hari lagi", and beyond a week the date. */
export function nearDay(day: Day, now: Day = today()): string {
  const away = daysBetween(now, day)
  const w = words.value.time
  if (away === 0) return w.today
  if (away === 1) return w.tomorrow
  if (away === -1) return w.yesterday
  if (away > 1 && away <= 7) return w.inDays(away)
  if (away < -1 && away >= -7) return w.daysAgo(-away)
  return shortDay(day, now)
}

/** Since when: the weekday within the last week ("Selasa"), else the date. */
export function sinceDay(seconds: number, now: Day = today()): string {
  const day = dayOf(seconds)
  const away = daysBetween(day, now)
  if (away <= 0) return words.value.time.today
  if (away === 1) return words.value.time.yesterday
  return away < 7 ? weekday(day) : shortDay(day, now)
}

/** "08.05" where the phone is. */
export function clock(seconds: number): string {
  const now = new Date(seconds * 1000)
  return `${two(now.getHours())}${lang.value === 'id' ? '.' : ':'}${two(now.getMinutes())}`
}

/** Under a month in days, under two years in years and months, then years (and months while under five). */
export function age(age: Age): string {
  const w = words.value.time
  if (age.about) return w.about(w.years(age.years))
  if (age.years === 0 && age.months === 0) return w.days(age.days)
  if (age.years === 0) return w.months(age.months)
  if (age.years < 6 && age.months > 0) return `${w.years(age.years)} ${w.months(age.months)}`
  return w.years(age.years)
}

/** A decimal of the phone is text ("8.05"): its digits stay as they were measured. */
export function decimal(text: string): string {
  return lang.value === 'id' ? text.replace('.', ',') : text
}

/** Whole numbers. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, lang.value === 'id' ? '.' : ',')
}

export function rupiah(amount: number): string {
  return 'Rp' + (lang.value === 'id' ? '' : ' ') + count(amount)
}

/** Hundredths of a standard deviation: -215 is "-2,15". */
export function deviation(hundredths: number): string {
  return decimal((hundredths / 100).toFixed(2)).replace('-', '\u2212')
}

export function bytes(n: number): string {
  if (n < 1_000) return `${n} B`
  if (n < 1_000_000) return `${count(Math.round(n / 1_000))} kB`
  if (n < 1_000_000_000) return `${decimal((n / 1_000_000).toFixed(1))} MB`
  return `${decimal((n / 1_000_000_000).toFixed(1))} GB`
}

/** "04 menit 30 detik" is a form; people say "5 menit". */
export function waiting(seconds: number): string {
  const w = words.value.time
  return seconds < 60 ? w.seconds(Math.max(1, Math.ceil(seconds))) : w.minutes(Math.ceil(seconds / 60))
}
