/**
 * What screens may ask of the phone, and what they are told.
 *
 * The rule this module protects: *screens show and ask, the phone decides and keeps*. The phone lives in a worker: the
 * core (WebAssembly), the store, the sync. A promise that resolves to "saved" means that it is on the disk.
 *
 * Ids are text: records are UUIDs, changes `actor:seq`, areas `35.07.16.2013`. Days are `2026-11-27`, months `2026-11`,
 * moments seconds since 1970. Values are those of a table in JSON: decimals are text (`"8.05"`), codes their names,
 * groups objects with every part, sets arrays, maps and lists objects by element.
 */

export type Id = string
export type Area = string
export type Day = string
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** What people read. */
export type Lang = 'id' | 'en'

/** In both languages. */
export interface Label {
  id: string
  en: string
}

// --- the schema, as the core read it ------------------------------------------------------------------------------

export type ValueType =
  | 'bool' | 'int' | 'text' | 'date' | 'month' | 'date_time' | 'blob'
  | { decimal: { scale: number } }
  | { code: string }
  | { ref: string }
  | { area: string }
  | { group: Part[] }

export interface Range {
  min: number | null
  max: number | null
}

export interface Part {
  name: string
  label: Label
  value: ValueType
  unit: string
  hard: Range | null
  soft: Range | null
  required: boolean
}

/** `one`: a value; a set of elements; a map from elements to values; a list of values. */
export type Shape = 'one' | 'list' | { set: ElementType } | { map: ElementType }
export type ElementType = 'int' | { code: string } | { ref: string } | { area: string }

export interface Field {
  number: number
  name: string
  label: Label
  shape: Shape
  value: ValueType
  unit: string
  /** In the smallest unit of the value: of a decimal with scale 1, 205 is 20.5. */
  hard: Range | null
  soft: Range | null
  section: string
  sensitivity: number
  sealed: boolean
  /** `derived` and `server` fields are shown, never typed. */
  policy: string | object

}

export interface Section {
  name: string
  label: Label
}

export interface Kind {
  number: number
  name: string
  label: Label
  sections: Section[]
  fields: Field[]
}

export interface Code {
  number: number
  name: string
  label: Label
  /** Chosen, it takes the others out of a set (`none`). */
  exclusive: boolean
}

export interface List {
  name: string
  codes: Code[]
}

export interface Flag {
  name: string
  label: Label
  meaning: string
}

export interface Schema {
  version: number
  kinds: Kind[]
  enumerations: List[]
  flags: { [name: string]: Flag }
}

// --- the life of the phone ----------------------------------------------------------------------------------------

/** Somebody who writes on this phone, with a PIN of her own. */
export interface Owner {
  author: Id
  name: string
}

export interface Place {
  area: Area
  name: string
}

export interface Me extends Owner {
  role: string
  places: Place[]
  /** The village that new records go to. */
  home: Area
}

export type Life =
  /** Another tab holds the phone. */
  | { is: 'elsewhere' }
  /** Nobody has enrolled it. */
  | { is: 'fresh' }
  /** Enrolled, no PIN yet: the code is used up, so this step comes back until it is done. */
  | { is: 'unowned'; name: string }
  /** `wait_s`: so long no PIN is tried; `blocked`: only a code from the PLKB helps. */
  | { is: 'locked'; owners: Owner[]; wait_s: number; tries_left: number; blocked: boolean }
  | { is: 'open'; me: Me; practice: boolean }
  /** What is stored cannot be read. It was set aside, not deleted. */
  | { is: 'unreadable'; why: string; set_aside: string }
  /** Withdrawn by the office. `unsent` > 0: kept until it is sent. */
  | { is: 'withdrawn'; unsent: number }

/** Why something was not done: for people, in both languages. `code` of the server's table, or of the app. */
export interface Refusal {
  refused: { code: string; message: Label; retry_after_s?: number }
}
export type Outcome<T> = T | Refusal

// --- what she sees ------------------------------------------------------------------------------------------------

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

// --- forms --------------------------------------------------------------------------------------------------------

export interface FieldState {
  name: string
  /** The form asks for it now: its condition holds, and it is typed by people. */
  asked: boolean
  /** Left empty it is kept and flagged, never refused. */
  demanded: boolean
  value: Json
  source: 'typed' | 'recorded' | 'suggested' | 'derived' | 'none'
  /** Worth an "are you sure?": names in `Schema.flags`. */
  flags: { flag: string; element: string | null; part: string | null }[]
  /** Outside what can be true: the server would hold it. Say so while she can mend it. */
  refused: Label | null
  /** Two people saw different things here. */
  others: { value: Json; author: string | null; day: Day }[]
}

export interface FormState {
  form: number
  kind: string
  /** Null: a new record. */
  record: Id | null
  area: Area
  /** Whom or what it is about, for the heading. */
  about: { title: string; subtitle: string } | null
  fields: FieldState[]
  advice: Advice[]
  doubles: Double[]
  /** Demanded fields that are empty. */
  missing: string[]
}

export interface Draft {
  draft: string
  kind: string
  record: Id | null
  about: { title: string; subtitle: string } | null
  at_s: number
}

export interface Saved {
  saved: { record: Id; dot: string }
}

/** Somebody else saved meanwhile: what stands there now, to be shown first. */
export interface Stale {
  stale: { field: string; element: string | null; value: Json; author: string | null }[]
}

// --- sending ------------------------------------------------------------------------------------------------------

export interface Standing {
  /** Changes saved on this phone, and those the server has signed for: from receipts only. */
  saved: number
  received: number
  unsent: number
  /** When the oldest unsent change was saved, and when a sync last came to its end. */
  unsent_since_s: number | null
  synced_at_s: number | null
  /** Now: `idle`, `sending`, `receiving`, `no_signal`, `waiting` (the server asked for patience). */
  phase: 'idle' | 'sending' | 'receiving' | 'no_signal' | 'waiting' | 'refused'
  refusal: { code: string; message: Label } | null
  /** 0 to 100 while receiving a village for the first time. */
  progress: number | null
  bytes_this_month: number
  records: number
  notices: number
  /** The browser keeps the store even when space runs out. */
  persisted: boolean
  space_left_mb: number | null
  update_ready: boolean
}

/** Something that concerns her own entries, in plain words: `words` is a name in the dictionary `notices`. */
export interface Notice {
  id: string
  words: 'held' | 'contested' | 'decided' | 'message' | 'question' | 'backup_due' | 'long_unsent' | 'clock_off' | 'space_low'
  values: { [name: string]: string | number }
  reason: Label | null
  record: Id | null
  title: string
  day: Day
}

export interface Contact {
  name: string
  role: string
  phone: string
}

// --- the calls ----------------------------------------------------------------------------------------------------

export interface Phone {
  life(): Promise<Life>
  /** Takes the phone from another tab, which closes its store first. */
  take_over(): Promise<Life>

  enrol(code: string, label: string): Promise<Outcome<Life>>
  /** The first PIN after enrolling. */
  own(pin: string): Promise<Outcome<Life>>
  unlock(author: Id, pin: string): Promise<Outcome<Life>>
  lock(): Promise<Life>
  change_pin(old: string, pin: string): Promise<Outcome<Life>>
  /** With signal, and a code from the PLKB. Nothing that was saved is lost. */
  reset_pin(author: Id, code: string, pin: string): Promise<Outcome<Life>>
  /** Colleagues of her team who may join this phone. */
  colleagues(): Promise<Owner[]>
  add_owner(author: Id, pin: string): Promise<Outcome<Life>>
  practise(): Promise<Life>
  end_practice(): Promise<Life>

  /** In which language lists are read from now on. */
  speak(lang: Lang): Promise<void>
  schema(): Promise<Schema>
  today(): Promise<Today>
  families(filter: { rt?: string; group?: TargetGroup; at_risk?: boolean }): Promise<FamilyRow[]>
  family(id: Id): Promise<Family>
  person(id: Id): Promise<Person>
  growth(person: Id): Promise<Growth | null>
  search(text: string): Promise<Hit[]>
  rows(kind: string): Promise<Row[]>
  contacts(): Promise<Contact[]>

  /** `given`: fields that are known already, as `subject_id` of a visit. */
  blank(kind: string, given: { [field: string]: Json }): Promise<FormState>
  open(record: Id): Promise<FormState>
  resume(draft: string): Promise<FormState>
  /** Puts in what was typed for `field` or `field.element` (null takes it out) and keeps the draft. */
  type(form: number, name: string, value: Json): Promise<FormState>
  save(form: number): Promise<Outcome<Saved | Stale>>
  /** As `save`, beside the values she was shown and does not take. */
  save_beside(form: number): Promise<Outcome<Saved>>
  /** Closes the form; the draft stays when `keep`. */
  leave(form: number, keep: boolean): Promise<void>
  drafts(): Promise<Draft[]>
  drop_draft(draft: string): Promise<void>
  /** Records of `kind` that a reference field can name. */
  choices(kind: string, text: string): Promise<Row[]>

  standing(): Promise<Standing>
  sync(): Promise<void>
  notices(): Promise<Notice[]>
  dismiss(notice: string): Promise<void>
  /** Everything unsent, sealed: only the server opens it. */
  backup(): Promise<{ name: string; text: string } | null>
  /** Carries somebody's sealed file to the server. */
  bring(text: string): Promise<Outcome<{ received: number }>>
  apply_update(): Promise<void>
}

/** What the phone tells without being asked. */
export type News =
  | { news: 'life'; life: Life }
  | { news: 'standing'; standing: Standing }
  /** Records changed: what is shown may be old. */
  | { news: 'records' }
