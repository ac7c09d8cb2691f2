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

import type { Id, Json, Lang } from './contract/base'
import type { Draft, FormState, Saved, Stale } from './contract/forms'
import type { Life, Outcome, Owner } from './contract/life'
import type { Schema } from './contract/schema'
import type { Contact, Notice, Standing } from './contract/sending'
import type { Family, FamilyRow, Growth, Hit, Person, Row, TargetGroup, Today } from './contract/shown'

export * from './contract/base'
export * from './contract/schema'
export * from './contract/life'
export * from './contract/shown'
export * from './contract/forms'
export * from './contract/sending'

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
