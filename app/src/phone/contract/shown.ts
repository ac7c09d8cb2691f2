/** What she sees: who is due, families, people, growth. See `../contract.ts`. */

import type { Area, Day, Id, Label } from './base'

export type TargetGroup = 'catin' | 'pregnant' | 'postpartum' | 'baduta' | 'balita' | 'pus' | 'teen' | 'other'
export type Urgency = 'late' | 'due' | 'soon' | 'later'

export interface Age {
  years: number
  months: number
  days: number
  /** Only the year of birth is known. */
  about: boolean
}

/** A visit that is owed. */
export interface Due {
  person: Id
  household: Id
  name: string
  head: string
  rt: string
  group: TargetGroup
  urgency: Urgency
  day: Day
  days_late: number
  last_visit: Day | null
  /** Names in the dictionary `marks`: `moved`, `new`, `referral_open`, `not_gaining`, `planned`, ... */
  marks: string[]
}

export interface Today {
  day: Day
  due: Due[]
  /** Visits that this phone's people made in this ISO week, and all that were owed. */
  done_this_week: number
  owed_this_week: number
  /** Kitchens of the village, with their last session. */
  kitchens: { id: Id; name: string; last_session: Day | null; sessions_this_week: number }[]
}

export interface FamilyRow {
  id: Id
  head: string
  rt: string
  rw: string
  hamlet: string
  people: number
  groups: TargetGroup[]
  at_risk: boolean | null
  next_due: Day | null
  urgency: Urgency | null
  marks: string[]
}

export interface PersonRow {
  id: Id
  household: Id
  name: string
  sex: 'male' | 'female' | null
  age: Age | null
  relationship: string | null
  groups: TargetGroup[]
  alive: boolean
  due: Due | null
  /** Week of the running pregnancy. */
  gest_weeks: number | null
}

export interface VisitRow {
  id: Id
  day: Day
  group: TargetGroup
  author: string | null
  /** Nobody has sent it yet. */
  unsent: boolean
  /** A person must look: two people saw different things. */
  contested: boolean
  /** The figures worth a line, in order: field, value, unit. */
  figures: { label: Label; text: string; unit: string }[]
}

export interface Family extends FamilyRow {
  area: Area
  address: string
  phone: string
  members: PersonRow[]
  /** The round of KRS screening that is due, or null when it is done. */
  screening_due: boolean
  screening: { id: Id; round: string; at_risk: boolean | null; factors: Label[] } | null
  /** Names of the fields of the household in which two people saw different things. */
  contested: string[]
}

export interface Person extends PersonRow {
  area: Area
  head: string
  rt: string
  mother: { id: Id; name: string } | null
  birth_day: Day | null
  visits: VisitRow[]
  pregnancy: { id: Id; weeks: number | null; trimester: 1 | 2 | 3 | null; edd: Day | null; status: string } | null
  couple: { id: Id; wedding: Day | null; outcome: string | null } | null
  consent: { id: Id; purposes: string[]; withdrawn: boolean } | null
  advice: Advice[]
  contested: string[]
}

/** What a good colleague would say. `words` is a name in the dictionary `advice`, which says it to the kader. */
export interface Advice {
  words: string
  weight: 'danger' | 'refer' | 'measure_again' | 'watch' | 'good' | 'info'
  values: { [name: string]: string | number }
  /** The field it hangs on, in a form. */
  field?: string
}

export type Standard = 'length_height_for_age' | 'weight_for_age' | 'weight_for_length_height' | 'head_for_age'

export interface GrowthPoint {
  visit: Id
  day: Day
  age_days: number
  weight_kg: string | null
  length_cm: string | null
  head_cm: string | null
  /** Hundredths of a standard deviation. */
  haz: number | null
  waz: number | null
  whz: number | null
  implausible: boolean
  /** N gained, T did not gain enough, O no weighing the month before, B first weighing. */
  trend: 'N' | 'T' | 'O' | 'B' | null
}

export interface Growth {
  sex: 'male' | 'female'
  birth_day: Day
  points: GrowthPoint[]
  /** Lines of -3, -2, -1, 0, 1, 2, 3 SD. `x`: age in days, or for weight-for-length centimetres. */
  curves: { standard: Standard; unit: 'kg' | 'cm'; x: number[]; sd: { z: number; y: number[] }[] }[]
}

export interface Hit {
  is: 'person' | 'family'
  id: Id
  household: Id
  name: string
  head: string
  rt: string
  age: Age | null
  groups: TargetGroup[]
  /** 0 to 100. */
  score: number
}

/** Somebody who may be the same as whom she is about to register. `why`: names in the dictionary `same`. */
export interface Double extends Hit {
  why: string[]
}

/** A record of a small list: a kitchen, a recipe, a group, a colleague. */
export interface Row {
  id: Id
  kind: string
  area: Area
  title: string
  subtitle: string
  day: Day | null
  unsent: boolean
  contested: boolean
  /** Of a person. */
  groups?: TargetGroup[]
  sex?: 'male' | 'female'
}
