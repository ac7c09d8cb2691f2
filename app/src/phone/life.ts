/**
 * The life of the phone: fresh, enrolled, locked, open, withdrawn.
 *
 * The rule this module protects: *what is stored is opened by a PIN or not at all, and is never thrown away unsent*. When
 * it cannot be read it is set aside under its own name.
 */

import { backupName, backupText } from './backup'
import { fromBase64url, toBase64url, utf8 } from './bytes'
import type { Id, Life, Me, Outcome } from './contract'
import type { MakeCore, Who } from './core'
import { Fault } from './core-fault'
import { carryOutbox, unsentHere } from './courier'
import { Unreadable } from './crypt'
import { currentName, openDatabase, setAside, wipe } from './database'
import { enrolled } from './enrolling'
import { ask, errorOf, jsonOf } from './net'
import { Open } from './open'
import { sealed } from './parcel'
import { dayOf } from './persist'
import { settle } from './practice'
import { isRefusal, refusal, said } from './refusals'
import { Schemas } from './schemas'
import { Session, type World } from './session'
import { diskShelf, practiceShelf } from './shelf'
import { Store } from './store'
import type { Tabs } from './tabs'
import { Turns } from './turns'
import { Vault, weakness } from './vault'

export interface Made {
  makeCore: MakeCore
  builtinSchema: () => Promise<Uint8Array<ArrayBuffer>>
  /** Where the app came from, and sends to. */
  server: string
  world: World
  tabs: Pick<Tabs, 'take' | 'takeOver'>
  makeVault?: (store: Store) => Vault
}

const IDLE_MS = 300_000

export class LifeOfPhone {
  private is: Life = { is: 'elsewhere' }
  private store!: Store
  private vault!: Vault
  private schemas!: Schemas
  private session: Session | null = null
  /** Of the session: a colleague needs it wrapped once more. */
  private key: CryptoKey | null = null
  private practice: Session | null = null
  /** Enrolling, or enrolled without a PIN. */
  private bare: { open: Open; key: CryptoKey } | null = null
  private readonly turns = new Turns()
  private idle: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly made: Made) {}

  /** Who is at the phone; an error when it is not open. */
  get current(): Session {
    const session = this.practice ?? this.session
    if (!session) throw new Error('the phone is locked')
    return session
  }

  get ownersAuthors(): Promise<Id[]> {
    if (this.practice) return Promise.resolve([this.practice.me.author])
    return this.vault.locks().then(({ owners }) => owners.map(({ author }) => author))
  }

  begin(): Promise<Life> {
    return this.turns.take(async () => ((await this.made.tabs.take()) ? this.openStore() : this.be({ is: 'elsewhere' })))
  }

  async life(): Promise<Life> {
    return this.turns.take(async () => (this.is.is === 'locked' ? this.locked() : this.is))
  }

  takeOver(): Promise<Life> {
    return this.turns.take(async () => {
      if (this.is.is !== 'elsewhere') return this.is
      await this.made.tabs.takeOver()
      return this.openStore()
    })
  }

  /** Another tab wants the phone. */
  give(): Promise<void> {
    return this.turns.take(async () => {
      await this.close()
      this.store.db.close()
      this.be({ is: 'elsewhere' })
    })
  }

  enrol(code: string, label: string): Promise<Outcome<Life>> {
    return this.turns.take(async () => {
      if (this.is.is !== 'fresh' && this.is.is !== 'unreadable') return refusal('not_now')
      if (code.trim() === '') return refusal('code_form')
      if (!this.bare) {
        const key = await this.vault.make()
        this.bare = { key, open: await this.opened(key) }
      }
      const { open } = this.bare
      const refused = await enrolled(open, this.made.server, code.trim(), label, this.made.world)
      return refused ?? this.be({ is: 'unowned', name: (await open.ask((core) => core.who().name)) ?? '' })
    })
  }

  own(pin: string): Promise<Outcome<Life>> {
    return this.turns.take(async () => {
      const { bare } = this
      if (this.is.is !== 'unowned' || !bare) return refusal('not_now')
      const who = await bare.open.ask((core) => core.who())
      const weak = await this.vault.own(bare.key, { author: who.author, name: who.name ?? '' }, pin)
      if (weak) return weak
      this.bare = null
      return this.start(bare.open, bare.key, who.author)
    })
  }

  unlock(author: Id, pin: string): Promise<Outcome<Life>> {
    return this.turns.take(async () => (this.is.is === 'locked' ? this.unlocks(author, pin) : refusal('not_now')))
  }

  lock(): Promise<Life> {
    return this.turns.take(async () => {
      if (this.practice) return this.endsPractice()
      if (!this.session) return this.is
      await this.close()
      return this.be(await this.locked())
    })
  }

  changePin(old: string, pin: string): Promise<Outcome<Life>> {
    return this.turns.take(async () => {
      if (!this.session || this.practice) return refusal('not_now')
      return (await this.vault.change(this.session.me.author, old, pin)) ?? this.is
    })
  }

  resetPin(author: Id, code: string, pin: string): Promise<Outcome<Life>> {
    return this.turns.take(async () => {
      if (this.is.is !== 'locked') return refusal('not_now')
      const weak = weakness(pin)
      if (weak) return weak
      const [escrow, device] = [await this.vault.escrow(), await this.store.fact<Id>('device')]
      if (!escrow || !device) return refusal('pin_no_reset')
      const body = utf8(JSON.stringify({ device, code: code.trim(), sealed: toBase64url(escrow) }))
      const headers: [string, string][] = [['content-type', 'application/json'], ['accept', 'application/json']]
      const request = { method: 'POST', path: '/v1/pin/reset', headers, body } as const
      const answer = await ask(request, () => undefined, this.made.world.fetcher)
      if (!answer || answer.cut) return refusal('no_signal')
      const raw = fromBase64url(jsonOf<{ key?: string }>(answer)?.key ?? '')
      const error = errorOf(answer)
      if (!raw?.length) return error ? { refused: said(error.code, error.message) } : refusal('bad_answer')
      // Another key than ours is a wrong answer, and says nothing about the store.
      const refused = await this.vault.reset(raw, author, pin).catch(() => refusal('bad_answer'))
      return refused ?? this.unlocks(author, pin)
    })
  }

  addOwner(author: Id, pin: string): Promise<Outcome<Life>> {
    return this.turns.take(async () => {
      if (!this.session || !this.key || this.practice) return refusal('not_now')
      const colleague = (await this.session.open.ask((core) => core.colleagues())).find((one) => one.author === author)
      if (!colleague) return refusal('owner_unknown')
      if ((await this.ownersAuthors).includes(author)) return refusal('owner_known')
      return (await this.vault.own(this.key, colleague, pin)) ?? this.is
    })
  }

  practise(): Promise<Life> {
    return this.turns.take(async () => {
      if (this.practice || this.is.is === 'elsewhere') return this.is
      const { makeCore, builtinSchema, world } = this.made
      const schema = await builtinSchema()
      const open = new Open(await makeCore([], schema), practiceShelf(makeCore, schema))
      await open.change((core) => core.practise(Math.floor(world.now_ms() / 1000)))
      const who = await open.ask((core) => core.who())
      await settle(open, who.author, world.now_ms())
      const me = meOf(who, who.author, who.name ?? 'Latihan')
      const schemas = new Schemas(makeCore, builtinSchema, null)
      this.practice = await Session.begin(open, me, null, schemas, world, async () => undefined)
      return this.be({ is: 'open', me, practice: true })
    })
  }

  endPractice(): Promise<Life> {
    return this.turns.take(() => this.endsPractice())
  }

  /** Everything unsent, sealed: it needs no PIN, and is there too when the phone was withdrawn. */
  async backup(): Promise<{ name: string; text: string } | null> {
    if (this.practice || this.is.is === 'elsewhere') return null
    const { db } = this.store
    if ((await unsentHere(db)) === 0) return null
    const parcels = (await db.getAll('outbox')).map(({ bytes }) => bytes)
    const now_ms = this.made.world.now_ms()
    await this.store.note({ backup_at_s: Math.floor(now_ms / 1000) })
    return { name: backupName(dayOf(new Date(now_ms))), text: backupText(parcels) }
  }

  /** How it stands has changed. */
  told(): void {
    void (this.practice ?? this.session)?.told()
  }

  /** She touched the screen. */
  active(): void {
    clearTimeout(this.idle)
    if (this.session) this.idle = setTimeout(() => void this.lock(), IDLE_MS)
  }

  /** Looked at again, or the signal came back. */
  awake(): void {
    if (this.is.is === 'withdrawn') void this.turns.take(() => this.carryLast())
    else this.session?.triggers.now()
  }

  /** What has a receipt of what was left when the office withdrew the phone needs it no longer. */
  async carryLast(): Promise<void> {
    if (this.is.is !== 'withdrawn' || this.is.unsent === 0) return
    await carryOutbox(this.store.db, () => undefined, this.made.world.fetcher)
    const unsent = await unsentHere(this.store.db)
    if (unsent === 0) await this.wiped()
    this.be({ is: 'withdrawn', unsent })
  }

  private be(life: Life): Life {
    this.is = life
    this.made.world.tell({ news: 'life', life })
    return life
  }

  private async openStore(): Promise<Life> {
    try {
      await this.use(await currentName())
      return this.be(await this.found())
    } catch (why) {
      return this.unreadable(why)
    }
  }

  private async use(name: string): Promise<void> {
    const { makeVault, makeCore, builtinSchema } = this.made
    this.store = await Store.on(await openDatabase(name))
    this.vault = makeVault?.(this.store) ?? new Vault(this.store)
    this.schemas = new Schemas(makeCore, builtinSchema, this.store)
  }

  private async found(): Promise<Life> {
    if (await this.store.fact('withdrawn')) return { is: 'withdrawn', unsent: await unsentHere(this.store.db) }
    const is = await this.vault.is()
    if (is === 'owned') return this.locked()
    if (is === 'none') return { is: 'fresh' }
    const key = await this.vault.openBare()
    this.bare = { key, open: await this.opened(key) }
    const who = await this.bare.open.ask((core) => whoOrNobody(core))
    return who ? { is: 'unowned', name: who.name ?? '' } : { is: 'fresh' }
  }

  /** Sets aside what cannot be read and goes on with an empty store; other errors go on. */
  private async unreadable(why: unknown): Promise<Life> {
    if (!(why instanceof Unreadable)) throw why
    this.store?.db.close()
    const set_aside = await setAside(await currentName())
    await this.use(await currentName())
    return this.be({ is: 'unreadable', why: why.message, set_aside })
  }

  private async opened(key: CryptoKey): Promise<Open> {
    const shelf = diskShelf(this.store, key, (rows) => this.schemas.load(rows))
    return new Open(await shelf.reload(), shelf)
  }

  private async unlocks(author: Id, pin: string): Promise<Outcome<Life>> {
    try {
      const key = await this.vault.unlock(author, pin)
      if (!isRefusal(key)) return await this.start(await this.opened(key), key, author)
      this.be(await this.locked())
      return key
    } catch (why) {
      return this.unreadable(why)
    }
  }

  private async start(open: Open, key: CryptoKey, author: Id): Promise<Life> {
    const { world } = this.made
    const who = await open.ask((core) => core.who())
    const { parcel_key, device } = who.enrolled
    await this.store.note({ device })
    if (parcel_key && !(await this.vault.escrow())) {
      await this.vault.keepEscrow(key, (raw) => sealed(parcel_key, 'lumbung pin 1', raw))
    }
    const { owners } = await this.vault.locks()
    const me = meOf(who, author, owners.find((owner) => owner.author === author)?.name ?? '')
    const revoked = (unsent: number) => this.turns.take(() => this.withdraw(unsent))
    this.session = await Session.begin(open, me, this.store, this.schemas, world, revoked)
    this.key = key
    this.active()
    await this.session.start()
    world.tell({ please: 'persist' })
    return this.be({ is: 'open', me, practice: false })
  }

  private async locked(): Promise<Life> {
    return { is: 'locked', ...(await this.vault.locks()) }
  }

  private async close(): Promise<void> {
    clearTimeout(this.idle)
    await this.practice?.end()
    await this.session?.end()
    await this.bare?.open.close()
    this.practice = this.session = this.bare = this.key = null
  }

  private async endsPractice(): Promise<Life> {
    await this.practice?.end()
    if (!this.practice) return this.is
    this.practice = null
    if (this.session) return this.be({ is: 'open', me: this.session.me, practice: false })
    return this.be(await this.found())
  }

  private async withdraw(unsent: number): Promise<void> {
    await this.close()
    if (unsent === 0) await this.wiped()
    else await this.store.note({ withdrawn: true })
    this.be({ is: 'withdrawn', unsent })
  }

  private async wiped(): Promise<void> {
    this.store.db.close()
    await wipe(this.store.db.name)
  }
}

function meOf(who: Who, author: Id, name: string): Me {
  return { author, name, role: who.enrolled.role, places: who.places, home: who.places[0]?.area ?? who.scope[0] ?? '' }
}

function whoOrNobody(core: { who(): Who }): Who | null {
  try {
    return core.who()
  } catch (why) {
    if (why instanceof Fault) return null
    throw why
  }
}
