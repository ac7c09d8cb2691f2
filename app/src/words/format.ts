/**
 * Days, ages, amounts: the way people here say them.
 *
 * The rule this module protects: *a number is never shown raw*. Decimals have a comma in Indonesian, a day
 * near today is said as people say it, and an age of which only the year is known says so.
 */
import type { Age, Day } from '../phone/contract'
import { lang, words } from './words'

const locale = () => (lang.value === 'id' ? 'id-ID' : 'en-GB')

const made = new Map<string, Intl.DateTimeFormat>()

/** Building an Intl format takes milliseconds on a cheap phone; long lists ask for the same few. */
export function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options)
  const found = made.get(key) ?? new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options })
  made.set(key, found)
  return found
}

const DAY_MS = 86_400_000
const atNoon = (day: Day) => new Date(`${day}T12:00:00Z`)

/** The calendar day of this device. */
export function today(now = new Date()): Day {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

export function dayOf(seconds: number): Day {
  return new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** "Jumat, 27 November 2026" */
export function longDay(day: Day): string {
  return dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(atNoon(day))
}

/** "27 November 2026" */
export function fullDay(day: Day): string {
  return dates({ day: 'numeric', month: 'long', year: 'numeric' }).format(atNoon(day))
}

/** "27 Nov", with the year when it is another one than `now`'s. */
export function shortDay(day: Day, now: Day = today()): string {
  if (day.slice(0, 4) === now.slice(0, 4))
    return dates({ day: 'numeric', month: 'short' }).format(atNoon(day))
  return dates({ day: 'numeric', month: 'short', year: 'numeric' }).format(atNoon(day))
}

export function weekday(day: Day): string {
  return dates({ weekday: 'long' }).format(atNoon(day))
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

/** The zone is reckoned in here: a format that is kept would hold on to the one the phone was in before. */
export function clock(seconds: number): string {
  const offset_ms = new Date(seconds * 1000).getTimezoneOffset() * 60_000
  return dates({ hour: '2-digit', minute: '2-digit' }).format(new Date(seconds * 1000 - offset_ms))
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

/** Whole numbers. By hand: the first Intl.NumberFormat of a page takes longer than all the rest of a screen. */
export function count(n: number): string {
  // Longer ones `String` writes with an exponent.
  if (!Number.isSafeInteger(n)) return new Intl.NumberFormat(locale()).format(n)
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
