/**
 * The core, with types: the only place that knows how the WebAssembly module is called.
 *
 * The rule this module protects: *the core decides, and its word is translated, not interpreted*: a `value` is given on, a
 * `fault` is thrown.
 */

import init, { Phone as Module, read_ahead, Rows } from 'core/app_core.js'
import moduleUrl from 'core/app_core_bg.wasm?url'
import schemaUrl from 'core/schema.json?url'
import { chance, text, type Bytes } from './bytes'
import { Unreadable } from './crypt'
import type * as c from './contract'
import { Fault, NotHere } from './core-fault'
import type { CoreNotice } from './notices'

export interface Wanted {
  method: 'GET' | 'POST'
  path: string
  headers: [string, string][]
}

export interface Counts {
  saved: number
  received: number
  held: number
  /** Records at hand. */
  records: number
}

export interface Report {
  done: boolean
  end: 'done' | 'no_signal' | 'wait' | 'refused' | 'doubt' | 'bad_answer'
  /** The server asked for so much patience; 0: none. */
  wait_s: number
  refused: { code: string; message: c.Label } | null
  counts: Counts
  revoked: boolean
}

export interface Enrolled {
  device: c.Id
  role: string
  server_time_s: number
  /** P-256 point for sealed parcels, base64url; empty from a server that takes none. */
  parcel_key: string
  /** Names of the areas she works in, and of those above them. */
  places: c.Place[]
}

export interface Who {
  enrolled: Enrolled
  author: c.Id
  /** Hers, or what people call her in lists until her own record is here. */
  name: string
  scope: c.Area[]
}

/** Received up to this number, by actor. */
export type Marks = { [actor: string]: number }
export type CoreSaved = { dot: string; record: c.Id } | c.Stale

export interface Core {
  free(): void
  changed(): Bytes
  everything(): Bytes
  enrol(
    server: string,
    code: string,
    label: string,
    now_s: number,
  ): { wanted: Wanted } | { enrolled: Enrolled }
  practise(now_s: number): void
  sync(now_s: number): { wanted: Wanted } | { report: Report }
  /** To keep a value beside another; null when there is one already. */
  secondNumber(now_s: number): { wanted: Wanted } | { number: string | null }
  wantedBody(): Bytes
  came(status: number, headers: [string, string][], body: Bytes, cut: boolean): void
  lost(): void
  takeReceipt(json: string, now_s: number): void
  who(): Who
  counts(): Counts
  marks(): Marks
  unsentSince(): number | null
  parcel(dot: string): Bytes
  today(day: c.Day, authors: c.Id[]): c.Today
  families(filter: object, day: c.Day): c.FamilyRow[]
  family(id: c.Id, day: c.Day): c.Family
  person(id: c.Id, day: c.Day): c.Person
  growth(id: c.Id): c.Growth | null
  search(text: string, day: c.Day): c.Hit[]
  rows(kind: string, text: string, day: c.Day): c.Row[]
  contacts(): c.Contact[]
  colleagues(area: c.Area): c.Owner[]
  /** In which language lists are read. */
  speak(lang: c.Lang): void
  notices(authors: c.Id[]): CoreNotice[]
  blank(kind: string, area: c.Area, given: { [field: string]: c.Json }): number
  open(id: c.Id): number
  draft(form: number): Bytes
  resume(draft: Bytes): number
  look(form: number, day: c.Day): c.FormState
  typeIn(form: number, name: string, value: c.Json): void
  save(form: number, author: c.Id, now_s: number): CoreSaved
  saveBeside(form: number, author: c.Id, now_s: number): CoreSaved
  close(form: number): void
}

export type MakeCore = (rows: Bytes[], schema: Bytes) => Promise<Core>

/** Keys are made while enrolling and saving, of chance that the core cannot draw itself. */
const CHANCE_BYTES = 256

function value<T>(answer: string): T {
  const said = JSON.parse(answer) as { value: T } | { fault: string }
  if ('fault' in said) throw new Fault(said.fault)
  return said.value
}

/** Bytes of the core are copied out of it, and ours. */
const own = (bytes: Uint8Array) => bytes as Bytes

/** Until the service worker has everything the files come over the line: what did not come is asked for again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load().catch((why: unknown) => {
      loaded = undefined
      throw new NotHere(String(why))
    })
    return loaded
  }
}

const compiled = once(() => init({ module_or_path: moduleUrl }))

/** Compiles the core and reads the document ahead of it. */
export async function warmCore(document: Promise<Bytes>): Promise<void> {
  const [bytes] = await Promise.all([document, compiled()])
  read_ahead(bytes)
}

/** The schema that this app was built with. Throws `NotHere`. */
export const builtinSchema = once(async (): Promise<Bytes> => {
  const answer = await fetch(schemaUrl)
  if (!answer.ok) throw new Error(`${answer.status}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  // A Wi-Fi that wants a sign-in says yes, in HTML.
  JSON.parse(text(bytes))
  return bytes
})

let spoken: c.Lang = 'id'

/** For every core that is made from now on. */
export function speakFromNowOn(lang: c.Lang): void {
  spoken = lang
}

/** A core with the rows that were stored. Throws `NotHere`, or `Unreadable` when rows or schema are not for this app. */
export const makeCore: MakeCore = async (stored, schema) => {
  await compiled()
  const rows = new Rows()
  if (!stored.every((bytes) => rows.load(bytes))) throw new Unreadable('rows')
  try {
    const core = translated(new Module(rows, schema))
    core.speak(spoken)
    return core
  } catch (why) {
    throw new Unreadable(`schema: ${String(why)}`)
  }
}

function translated(m: Module): Core {
  const json = JSON.stringify
  const stirred = () => m.stir(chance(CHANCE_BYTES))
  return {
    free: () => m.free(),
    changed: () => own(m.changed()),
    everything: () => own(m.everything()),
    enrol: (server, code, label, now_s) => (stirred(), value(m.enrol(server, code, label, now_s))),
    practise: (now_s) => (stirred(), value(m.practise(now_s))),
    sync: (now_s) => (stirred(), value(m.sync(now_s))),
    wantedBody: () => own(m.wanted_body()),
    came: (status, headers, body, cut) => m.came(status, json(headers), body, cut),
    lost: () => m.lost(),
    takeReceipt: (receipt, now_s) => value(m.take_receipt(receipt, now_s)),
    who: () => value(m.who()),
    counts: () => value(m.counts()),
    marks: () => value(m.marks()),
    unsentSince: () => value(m.unsent_since()),
    parcel: (dot) => own(m.parcel(dot)),
    today: (day, authors) => value(m.today(day, json(authors))),
    families: (filter, day) => value(m.families(json(filter), day)),
    family: (id, day) => value(m.family(id, day)),
    person: (id, day) => value(m.person(id, day)),
    growth: (id) => value(m.growth(id)),
    search: (text, day) => value(m.search(text, day)),
    rows: (kind, text, day) => value(m.rows(kind, text, day)),
    secondNumber: (now_s) => value(m.second_number(now_s)),
    contacts: () => value(m.contacts()),
    speak: (lang) => m.speak(lang),
    colleagues: (area) => value(m.colleagues(area)),
    notices: (authors) => value(m.notices(json(authors))),
    blank: (kind, area, given) => value(m.blank(kind, area, json(given))),
    open: (id) => value(m.open(id)),
    draft: (form) => own(m.draft(form)),
    resume: (draft) => value(m.resume(draft)),
    look: (form, day) => value(m.look(form, day)),
    typeIn: (form, name, typed) => value(m.type_in(form, name, json(typed))),
    save: (form, author, now_s) => (stirred(), value(m.save(form, author, now_s))),
    saveBeside: (form, author, now_s) => (stirred(), value(m.save_beside(form, author, now_s))),
    close: (form) => m.close(form),
  }
}
