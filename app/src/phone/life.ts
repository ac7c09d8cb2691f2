/**
 * The life of the phone: fresh, enrolled, locked, open, withdrawn.
 *
 * The rule this module protects: *what is stored is opened by a PIN or not at all, and is never thrown away unsent*. When
 * it cannot be read it is set aside under its own name.
 */

import { backupOf } from './backup'
import type { Id, Life, Outcome } from './contract'
import { carryOutbox, unsentHere } from './courier'
import { Unreadable } from './crypt'
import { Disk, type Bare, type Tools } from './disk'
import { enrolled } from './enrolling'
import { orHindered } from './hindered'
import type { Open } from './open'
import { sealedKey } from './parcel'
import { practising } from './practice'
import { isRefusal, refusal } from './refusals'
import { broughtBack } from './resetting'
import { meOf, Session } from './session'
import type { Tabs } from './tabs'
import { Turns } from './turns'
import { weakness } from './vault'
import type { World } from './world'

export interface Made extends Tools {
  /** Where the app came from, and sends to. */
  server: string
  world: World
  tabs: Pick<Tabs, 'take' | 'takeOver'>
}

const IDLE_MS = 300_000
/** Who practises before she has enrolled. */
const NAMELESS = 'Kader'

export class LifeOfPhone {
  private is: Life = { is: 'elsewhere' }
  private disk!: Disk
  private session: Session | null = null
  /** Of the session: a colleague needs it wrapped once more. */
  private key: CryptoKey | null = null
  private practice: Session | null = null
  /** Enrolling, or enrolled without a PIN. */
  private bare: Bare | null = null
  private readonly turns = new Turns()
  private idle: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly made: Made) {}

  get isOpen(): boolean {
    return (this.practice ?? this.session) !== null
  }

  /** Who is at the phone; an error when it is not open. */
  get current(): Session {
    const session = this.practice ?? this.session
    if (!session) throw new Error('the phone is locked')
    return session
  }

  begin(): Promise<Life> {
    return this.turns.take(async () => {
      return (await this.made.tabs.take()) ? this.openStore() : this.be({ is: 'elsewhere' })
    })
  }

  async life(): Promise<Life> {
    return this.turns.take(async () => (this.is.is === 'locked' ? this.disk.locked() : this.is))
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
      this.disk.close()
      this.be({ is: 'elsewhere' })
    })
  }

  enrol(code: string, label: string): Promise<Outcome<Life>> {
    return this.door(async () => {
      if (this.is.is !== 'fresh' && this.is.is !== 'unreadable') return refusal('not_now')
      if (code.trim() === '') return refusal('code_form')
      this.bare ??= await this.disk.bare()
      const { open } = this.bare
      const refused = await enrolled(open, this.made.server, code.trim(), label, this.made.world)
      return refused ?? this.be({ is: 'unowned', name: (await open.ask((core) => core.who().name)) ?? '' })
    })
  }

  own(pin: string): Promise<Outcome<Life>> {
    return this.door(async () => {
      const { bare } = this
      if (this.is.is !== 'unowned' || !bare) return refusal('not_now')
      const who = await bare.open.ask((core) => core.who())
      const weak = await this.disk.vault.own(bare.key, { author: who.author, name: who.name ?? '' }, pin)
      if (weak) return weak
      this.bare = null
      return this.start(bare.open, bare.key, who.author)
    })
  }

  unlock(author: Id, pin: string): Promise<Outcome<Life>> {
    return this.door(async () =>
      this.is.is === 'locked' ? this.unlocks(author, pin) : refusal('not_now'),
    )
  }

  lock(): Promise<Life> {
    return this.turns.take(async () => {
      if (!this.session) return this.endsPractice()
      await this.session.asleep()
      await this.close()
      return this.be(await this.disk.locked())
    })
  }

  changePin(old: string, pin: string): Promise<Outcome<Life>> {
    return this.door(async () => {
      if (!this.session || this.practice) return refusal('not_now')
      return (await this.disk.vault.change(this.session.me.author, old, pin)) ?? this.is
    })
  }

  resetPin(author: Id, code: string, pin: string): Promise<Outcome<Life>> {
    return this.door(async () => {
      if (this.is.is !== 'locked') return refusal('not_now')
      const weak = weakness(pin)
      if (weak) return weak
      const raw = await broughtBack(this.disk.store, this.disk.vault, code.trim(), this.made.world.fetcher)
      if (isRefusal(raw)) return raw
      // Another key than ours is a wrong answer, and says nothing about the store.
      const refused = await this.disk.vault.reset(raw, author, pin).catch(() => refusal('bad_answer'))
      return refused ?? this.unlocks(author, pin)
    })
  }

  addOwner(author: Id, pin: string): Promise<Outcome<Life>> {
    return this.door(async () => {
      if (!this.session || !this.key || this.practice) return refusal('not_now')
      const { open, me, authors } = this.session
      const colleagues = await open.ask((core) => core.colleagues(me.home))
      const colleague = colleagues.find((one) => one.author === author)
      if (!colleague) return refusal('owner_unknown')
      if (authors.includes(author)) return refusal('owner_known')
      const weak = await this.disk.vault.own(this.key, colleague, pin)
      if (!weak) authors.push(author)
      return weak ?? this.is
    })
  }

  practise(): Promise<Life> {
    return this.turns.take(async () => {
      if (this.practice || this.is.is === 'elsewhere') return this.is
      this.practice = await practising(
        this.made.makeCore,
        this.made.builtinSchema,
        this.made.world,
        this.session?.me.name || NAMELESS,
      )
      return this.be({ is: 'open', me: this.practice.me, practice: true })
    })
  }

  endPractice(): Promise<Life> {
    return this.turns.take(() => this.endsPractice())
  }

  /** Everything unsent, sealed: it needs no PIN, and is there too when the phone was withdrawn. */
  async backup(): Promise<{ name: string; text: string } | null> {
    if (this.practice || this.is.is === 'elsewhere') return null
    return backupOf(this.disk.store, this.made.world.now_ms())
  }

  /** How it stands has changed. */
  told(): void {
    void (this.practice ?? this.session)?.ledger.told()
  }

  /** She touched the screen. */
  active(): void {
    clearTimeout(this.idle)
    if (this.session) this.idle = setTimeout(() => void this.lock(), IDLE_MS)
  }

  /** Nobody looks any more. */
  asleep(): void {
    void this.session?.asleep()
  }

  /** Looked at again, or the signal came back. */
  awake(): void {
    if (this.session) this.session.triggers.now()
    else void this.turns.take(() => this.carryLast())
  }

  /** What is left on a phone that was withdrawn or could not be read. When the office has it, a withdrawn one is wiped. */
  async carryLast(): Promise<void> {
    const { is } = this
    if ((is.is !== 'withdrawn' && is.is !== 'unreadable') || is.unsent === 0) return
    await carryOutbox(this.disk.store.db, () => undefined, this.made.world.fetcher)
    const unsent = await unsentHere(this.disk.store.db)
    if (is.is === 'withdrawn' && unsent === 0) await this.disk.wipe()
    this.be({ ...is, unsent })
  }

  private door(work: () => Promise<Outcome<Life>>): Promise<Outcome<Life>> {
    return this.turns.take(() => orHindered(work))
  }

  private be(life: Life): Life {
    this.is = life
    this.made.world.tell({ news: 'life', life })
    // Practice and her own notes are counted apart: what was shown was the other's.
    if (life.is === 'open') this.told()
    return life
  }

  private async openStore(): Promise<Life> {
    try {
      this.disk = await Disk.open(this.made)
      const life = this.be(await this.found())
      void this.turns.take(() => this.carryLast())
      return life
    } catch (why) {
      return this.unreadable(why)
    }
  }

  private async found(): Promise<Life> {
    const { life, bare } = await this.disk.found()
    this.bare = bare
    return life
  }

  /** Sets aside what cannot be read and goes on with an empty store; other errors go on. */
  private async unreadable(why: unknown): Promise<Life> {
    if (!(why instanceof Unreadable)) throw why
    this.disk?.close()
    const { disk, name } = await Disk.setAside(this.made)
    this.disk = disk
    const unsent = await unsentHere(disk.store.db)
    if (unsent > 0 && !navigator.onLine) this.made.world.tell({ please: 'register_sync' })
    void this.turns.take(() => this.carryLast())
    return this.be({ is: 'unreadable', why: why.message, set_aside: name, unsent })
  }

  private async unlocks(author: Id, pin: string): Promise<Outcome<Life>> {
    try {
      const key = await this.disk.vault.unlock(author, pin)
      if (!isRefusal(key)) return await this.start(await this.disk.opened(key), key, author)
      this.be(await this.disk.locked())
      return key
    } catch (why) {
      return this.unreadable(why)
    }
  }

  private async start(open: Open, key: CryptoKey, author: Id): Promise<Life> {
    const { world } = this.made
    const who = await open.ask((core) => core.who())
    const { parcel_key, device } = who.enrolled
    if ((await this.disk.store.fact('device')) !== device) await this.disk.store.note({ device })
    if (parcel_key && !(await this.disk.vault.escrow())) {
      await this.disk.vault.keepEscrow(key, (raw) => sealedKey(parcel_key, device, raw))
    }
    const { owners } = await this.disk.vault.locks()
    const me = meOf(who, author, owners.find((owner) => owner.author === author)?.name ?? '')
    const revoked = (unsent: number) => this.turns.take(() => this.withdraw(unsent))
    this.session = await Session.begin(
      open,
      me,
      owners.map(({ author }) => author),
      this.disk.store,
      this.disk.schemas,
      world,
      revoked,
    )
    this.key = key
    this.active()
    await this.session.start()
    world.tell({ please: 'persist' })
    return this.be({ is: 'open', me, practice: false })
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
    if (unsent === 0) await this.disk.wipe()
    else await this.disk.store.note({ withdrawn: true })
    this.be({ is: 'withdrawn', unsent })
    // There is signal now: nobody has to press a button on a phone that is no longer hers.
    await this.carryLast()
  }
}
