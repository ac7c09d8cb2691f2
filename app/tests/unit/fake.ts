/**
 * A core for tests, and a world around it.
 *
 * The rule this module protects: *it keeps rows as the real one does*, in the same form, so that what the store loses is
 * missed here too.
 */

import 'fake-indexeddb/auto'
import { joined, text, toBase64url, utf8, type Bytes } from '../../src/phone/bytes'
import type { Core, MakeCore, Report, Wanted } from '../../src/phone/core'
import { Fault } from '../../src/phone/core-fault'
import type { Receipt } from '../../src/phone/courier'
import { Unreadable } from '../../src/phone/crypt'
import { openDatabase } from '../../src/phone/database'
import { Open } from '../../src/phone/open'
import { suite } from '../../src/phone/hpke'
import { Schemas } from '../../src/phone/schemas'
import { diskShelf } from '../../src/phone/shelf'
import { Store } from '../../src/phone/store'
import type { World } from '../../src/phone/world'

export const ACTOR = '7f'
export const DEVICE = '00112233-4455-6677-8899-aabbccddeeff'
export const DOCUMENT = utf8(
  JSON.stringify({ schema: { version: 3, kinds: [], enumerations: [], flags: {} } }),
)
/** Hashes a PIN at hardly any cost. */
export const CHEAP = { memory_kib: 64, passes: 1, lanes: 1 }

/** A row as `changed()` writes it; bodies here are shorter than 128 bytes. */
export function row(key: string, body: string): Bytes {
  const [k, b] = [utf8(key), utf8(body)]
  return joined([new Uint8Array([1, k.length]), k, new Uint8Array([1, b.length]), b])
}

function read(rows: Map<string, string>, bytes: Bytes): void {
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== 1) throw new Unreadable('rows')
    const key = text(bytes.slice(at + 2, at + 2 + bytes[at + 1]!))
    at += 2 + bytes[at + 1]! + 1
    rows.set(key, text(bytes.slice(at + 1, at + 1 + bytes[at]!)))
    at += 1 + bytes[at]!
  }
}

const DONE = { done: true, end: 'done', wait_s: 0, refused: null, revoked: false } as const

export interface Script {
  /** The phone's number, where there is more than one phone. */
  actor?: string
  /** What a sync wants, in order; then it reports. */
  wants?: Wanted[]
  report?: Partial<Report>
  /** What the core was told and asked, in order. */
  heard?: string[]
  parcel_key?: string
}

/** A device that saves and asks for what the script says. */
export class FakeCore {
  static live = 0
  readonly rows = new Map<string, string>()
  private dirty: Bytes[] = []
  private forms = new Map<number, string[]>()
  private answered = 0

  constructor(
    stored: Bytes[],
    private readonly script: Script,
  ) {
    for (const bytes of stored) read(this.rows, bytes)
    FakeCore.live += 1
  }

  private get actor() {
    return this.script.actor ?? ACTOR
  }

  free() {
    FakeCore.live -= 1
  }

  put(key: string, body: string) {
    this.rows.set(key, body)
    this.dirty.push(row(key, body))
  }

  changed(): Bytes {
    this.script.heard?.push('changed')
    return joined(this.dirty.splice(0))
  }

  everything(): Bytes {
    return joined([...this.rows].map(([key, body]) => row(key, body)))
  }

  enrol(_server: string, code: string) {
    if (code === 'wrong') throw new Fault('Kode salah / Wrong code')
    this.put('identity', code)
    return { enrolled: this.who().enrolled }
  }

  practise() {
    this.put('identity', 'practice')
  }

  who() {
    if (!this.rows.has('identity')) throw new Fault('Perangkat belum terdaftar / not enrolled')
    const places = [
      { area: '35.07.16.2013', name: 'Duwet' },
      { area: '35.07', name: 'Malang' },
    ]
    const enrolled = { device: DEVICE, role: 'kader', places, parcel_key: this.script.parcel_key ?? '' }
    return { enrolled, author: 'author-1', name: 'Ibu Karangan', scope: ['35.07.16.2013'] }
  }

  speak() {}

  colleagues() {
    return [{ author: 'author-2', name: 'Ibu Rekaan' }]
  }

  secondNumber() {
    return { number: null }
  }

  sync() {
    const wanted = this.script.wants?.[this.answered]
    if (wanted) {
      this.put(`asked ${this.answered}`, wanted.path)
      return { wanted }
    }
    this.answered = 0
    return { report: { ...DONE, counts: this.counts(), ...this.script.report } }
  }

  wantedBody() {
    return utf8('body')
  }

  came(status: number, _headers: unknown, body: Bytes, cut: boolean) {
    this.script.heard?.push(`came ${status} ${text(body)}${cut ? ' cut' : ''}`)
    this.answered += 1
  }

  lost() {
    this.script.heard?.push('lost')
    this.answered = Infinity
  }

  takeReceipt(json: string) {
    const { actor, seq } = JSON.parse(json) as Receipt
    if (actor !== this.actor) throw new Fault('Tanda terima HP lain / Receipt of another phone')
    this.put('received', String(seq))
  }

  counts() {
    const saved = [...this.rows.keys()].filter((key) => key.startsWith('change/')).length
    return { saved, received: Number(this.rows.get('received') ?? 0), held: 0 }
  }

  marks() {
    return { [this.actor]: this.counts().received }
  }

  unsentSince() {
    return null
  }

  notices() {
    return []
  }

  parcel(dot: string) {
    return utf8(`change ${dot}`)
  }

  blank() {
    this.forms.set(this.forms.size + 1, [])
    return this.forms.size
  }

  typeIn(form: number, name: string, value: unknown) {
    this.forms.get(form)!.push(`${name}=${String(value)}`)
  }

  draft(form: number) {
    return utf8(JSON.stringify(this.forms.get(form)))
  }

  resume(draft: Bytes) {
    this.forms.set(this.forms.size + 1, JSON.parse(text(draft)) as string[])
    return this.forms.size
  }

  look(form: number) {
    return { form, kind: 'household', record: null, about: null, fields: this.forms.get(form) }
  }

  save(form: number) {
    const seq = this.counts().saved + 1
    this.put(`change/${seq}`, this.forms.get(form)!.join(' '))
    this.forms.delete(form)
    return { dot: `${this.actor}:${seq}`, record: `record-${seq}` }
  }

  close(form: number) {
    this.forms.delete(form)
  }
}

/** The calls that no test makes are missing: whoever makes one sees it at once. */
export function fake(stored: Bytes[] = [], script: Script = {}): Core & FakeCore {
  return new FakeCore(stored, script) as unknown as Core & FakeCore
}

export function making(script: Script = {}): MakeCore {
  return async (rows) => fake(rows, script)
}

let count = 0

/** A database of its own for each test. */
export function freshName(): string {
  count += 1
  return `test-${count}`
}

/** As after a kill: another connection to the same disk. */
export async function storeOn(name: string): Promise<Store> {
  return Store.on(await openDatabase(name))
}

/** What the store holds, open. */
export async function openOn(store: Store, key: CryptoKey, script: Script = {}): Promise<Open> {
  const schemas = new Schemas(making(script), async () => DOCUMENT, store)
  const shelf = diskShelf(store, key, (rows) => schemas.load(rows))
  return new Open(await shelf.reload(), shelf)
}

/** `point`: what a phone seals to. */
export interface ServerKeys {
  point: string
  open: (sealed: Bytes, info: string) => Promise<Bytes>
}

export async function serverKeys(): Promise<ServerKeys> {
  const { kem } = suite()
  const { publicKey, privateKey } = await kem.generateKeyPair()
  const point = toBase64url(new Uint8Array(await kem.serializePublicKey(publicKey)))
  const open = async (sealed: Bytes, info: string) => {
    const from = { recipientKey: privateKey, enc: sealed.slice(1, 66).buffer, info: utf8(info).buffer }
    return new Uint8Array(await suite().open(from, sealed.slice(66).buffer))
  }
  return { point, open }
}

export function world(fetcher?: typeof fetch): World & { told: string[] } {
  const told: string[] = []
  const tell = (message: object) =>
    void told.push('news' in message ? String(message.news) : JSON.stringify(message))
  return { told, now_ms: () => 1_795_737_600_000, tell, fetcher, persisted: false, update_ready: false }
}
