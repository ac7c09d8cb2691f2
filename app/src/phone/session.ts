/**
 * A phone that somebody has unlocked: her forms, her syncs, and what follows from them.
 *
 * The rule this module protects: *what was saved goes out by itself, by one sender at a time*: this app while it is open,
 * the service worker while it is not.
 */

import { carryOutbox, unsentHere, type Receipt } from './courier'
import type { Area, Id, Me, Schema } from './contract'
import type { Core, Who } from './core'
import { Fault } from './core-fault'
import { Forms } from './forms'
import { Ledger } from './ledger'
import type { Traffic } from './net'
import { Closed, type Open } from './open'
import { sealed } from './parcel'
import { label } from './refusals'
import type { Schemas } from './schemas'
import type { Store } from './store'
import { Sync, type Ended } from './sync'
import { Triggers } from './triggers'
import type { World } from './world'

export class Session {
  readonly forms: Forms
  readonly triggers = new Triggers(() => void this.sync())
  private readonly syncing: Sync
  private waitsForQuiet = false
  private isAsideCarried = false
  private isEnded = false

  private constructor(
    readonly open: Open,
    readonly me: Me,
    /** Everybody who writes on this phone. */
    readonly authors: Id[],
    private readonly store: Store | null,
    private readonly schemas: Schemas,
    private readonly world: World,
    readonly ledger: Ledger,
    private readonly revoked: (unsent: number) => Promise<void>,
    parcelKey: string,
  ) {
    const now_s = () => ledger.now_s()
    this.forms = new Forms(open, {
      home: me.home,
      day: () => ledger.day(),
      now_s,
      also: async (dot, core) => (store && parcelKey ? { parcel: await parcel(core, dot, parcelKey) } : {}),
    })
    this.syncing = new Sync(open, {
      now_s,
      count: this.count,
      phase: (phase) => ledger.turns(phase),
      progress: (percent) => void ledger.comes(percent),
      fetcher: world.fetcher,
    })
  }

  /** `store` is null in practice. */
  static async begin(
    open: Open,
    me: Me,
    authors: Id[],
    store: Store | null,
    schemas: Schemas,
    world: World,
    revoked: (unsent: number) => Promise<void>,
  ): Promise<Session> {
    const ledger = await Ledger.of(open, authors, store, world)
    const parcelKey = await open.ask((core) => core.who().enrolled.parcel_key)
    return new Session(open, me, authors, store, schemas, world, ledger, revoked, parcelKey)
  }

  private readonly count = (traffic: Traffic) => this.ledger.count(traffic)

  /** Goes on by itself from here. */
  async start(): Promise<void> {
    await this.takeReceipts()
    if (this.store) this.triggers.now()
  }

  /** What the service worker brought. */
  private async takeReceipts(): Promise<void> {
    const now_s = this.ledger.now_s()
    for (const [number, receipt] of (await this.store?.receipts()) ?? []) {
      // One that is not believed brings nothing; a sync will fetch a better one.
      const take = (core: Core) => {
        try {
          core.takeReceipt(receipt, now_s)
        } catch (why) {
          if (!(why instanceof Fault)) throw why
        }
      }
      // Of one that is not this phone's the change came along from a store that was set aside, where it still is.
      const { actor, seq } = JSON.parse(receipt) as Receipt
      const received = (core: Core) => ({ [actor]: seq, ...core.marks() })
      await this.open.change(take, (_, core) => ({ received: received(core), dropReceipts: [number] }))
    }
  }

  /** What waits here after all of hers was received came along from a store that was set aside. Once: it may be refused. */
  private async carryAside(): Promise<void> {
    if (!this.store || this.isAsideCarried) return
    this.isAsideCarried = true
    await carryOutbox(this.store.db, this.count, this.world.fetcher)
    await this.takeReceipts()
  }

  /** Nobody looks any more: what is unsent is the service worker's, until she is back. */
  async asleep(): Promise<void> {
    if (this.store && (await unsentHere(this.store.db)) > 0) this.world.tell({ please: 'register_sync' })
  }

  async end(): Promise<void> {
    this.isEnded = true
    this.triggers.stop()
    await this.open.close()
  }

  async sync(): Promise<void> {
    if (!this.store) {
      this.ledger.refusal = { code: 'practice', message: label('practice') }
      return this.ledger.told()
    }
    try {
      await this.takeReceipts()
      await this.after(await this.syncing.run())
    } catch (why) {
      if (why instanceof Closed || this.isEnded) return
      this.ledger.refusal = { code: 'store', message: label('store') }
      this.triggers.ended('badly', null)
      await this.ledger.turns('refused')
    }
  }

  private async after(ended: Ended): Promise<void> {
    if (this.isEnded) return
    const isDone = ended.report?.done ?? false
    if (isDone) await this.carryAside()
    const { ledger } = this
    ledger.clock_s = ended.clock_s ?? ledger.clock_s
    ledger.refusal = ended.refusal
    await ledger.synced(isDone)
    if (ended.report?.revoked) {
      const { saved, received } = ended.report.counts
      return this.revoked(saved - received)
    }
    this.triggers.ended(isDone ? 'well' : 'badly', ended.wait_s)
    const { schema } = ended
    const renewed = schema !== null && (await this.schemas.renew(schema, this.count, this.world.fetcher))
    this.waitsForQuiet ||= renewed
    await this.quiet()
    if (ended.heard) this.world.tell({ news: 'records' })
    await ledger.turns(ended.phase)
  }

  /** A newer schema comes into use when no form is open. */
  async quiet(): Promise<void> {
    if (!this.waitsForQuiet || this.forms.count > 0) return
    this.waitsForQuiet = false
    await this.open.reload()
  }

  /** After each saved change. */
  async saved(): Promise<void> {
    this.world.tell({ news: 'records' })
    // With signal the open app sends by itself; two senders would cost her twice.
    if (this.store && !navigator.onLine) this.world.tell({ please: 'register_sync' })
    if (this.store && navigator.onLine) this.triggers.saved()
    await this.quiet()
    // It is on the disk: what she waits for is not how the phone stands.
    void this.ledger.told()
  }

  schema(): Promise<Schema> {
    return this.schemas.schema()
  }
}

/** Where she works: the first place is where new records go. */
export function meOf(who: Who, author: Id, name: string): Me {
  const named = (area: Area) => who.enrolled.places.find((place) => place.area === area)?.name ?? area
  const places = who.scope.map((area) => ({ area, name: named(area) }))
  return { author, name, role: who.enrolled.role, places, home: places[0]?.area ?? '' }
}

async function parcel(core: Core, dot: string, key: string) {
  const [actor, seq] = dot.split(':')
  return { actor: actor!, seq: Number(seq), bytes: await sealed(key, 'lumbung parcel 1', core.parcel(dot)) }
}
