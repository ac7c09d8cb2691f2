/**
 * Sensible first values of a new record.
 *
 * The rule this module protects: *a default is what is true nearly always, and is seen before it is saved*.
 * Whatever the opener knows already (`given`) stands above it.
 */

import type { Id, Json } from '../phone/contract'
import { today, two } from '../words/format'
import { lang } from '../words/words'

export type Given = { [field: string]: Json }

/** The text that consent is asked with: raise it when its words change. */
export const CONSENT_TEXT_VERSION = '2026-1'

/** January or July: the first month of the half-year, which names a round of screening. */
export function round_of(day: string): string {
  return `${day.slice(0, 4)}-${Number(day.slice(5, 7)) < 7 ? '01' : '07'}`
}

/** RFC 3339 with the offset of this phone. */
export function local_moment(moment: Date): string {
  const minutes = -moment.getTimezoneOffset()
  const away = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(away / 60))}:${two(away % 60)}`
  return `${today(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}:00${offset}`
}

function of_visit(day: string, me: Id | null, group: Json): Given {
  const is_child = group === 'baduta' || group === 'balita'
  return {
    visit_date: day,
    visit_place: 'home',
    met_in_person: true,
    alive: 'yes',
    ...(me === null ? {} : { present_members: [me] }),
    ...(is_child ? { child_measured_on: day } : {}),
  }
}

/** The values that `Phone.blank` is given for a new record of `kind`. */
export function defaults(kind: string, given: Given, me: Id | null, now = new Date()): Given {
  const day = today(now)
  const by_kind: { [kind: string]: Given } = {
    household: { registered_on: day, residence_status: 'resident', verval_status: 'new' },
    member: { life_status: 'alive', residence_status: 'resident' },
    risk_screening: { screened_on: day, round: round_of(day) },
    pregnancy: { status: 'ongoing' },
    visit: of_visit(day, me, given.target_group ?? null),
    dashat_kitchen: { status: 'active', level: 'village' },
    menu_recipe: { local_food: true },
    meal_session: { session_date: day, meal_slot: slot_of(now.getHours()), portions_sold: 0 },
    education_session: { session_date: day },
    uppka_sale: { sale_date: day },
    kampung_kb: { active: true },
    kampung_kb_activity: { activity_date: local_moment(now) },
    consent: {
      given_on: day,
      text_version: CONSENT_TEXT_VERSION,
      lang: lang.value === 'id' ? 'id' : 'other',
    },
    transfer: { moved_on: day },
    message: { message_type: 'question' },
  }
  return { ...by_kind[kind], ...given }
}

function slot_of(hour: number): string {
  return hour < 9
    ? 'breakfast'
    : hour < 11
      ? 'snack_am'
      : hour < 15
        ? 'lunch'
        : hour < 18
          ? 'snack_pm'
          : 'dinner'
}
