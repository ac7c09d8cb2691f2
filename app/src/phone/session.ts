/**
 * A phone that somebody has unlocked: her forms, her syncs, and how it stands.
 *
 * The rule this module protects: *"received" is only what the server signed for*: every figure is the core's, and none is
 * counted here.
 */

import { carryOutbox, unsentHere, type Receipt } from './courier'
import type { Area, Id, Me, News, Notice, Schema, Standing } from './contract'
import type { Core, Who } from './core'
import { Fault } from './core-fault'
import { Forms } from './forms'
import type { Fetch, Traffic } from './net'
import { completed, deviceNotices, type CoreNotice } from './notices'
import { Closed, type Open } from './open'
import { sealed } from './parcel'
import { dayOf, spaceLeft_mb } from './persist'
import { label } from './refusals'
import type { Schemas } from './schemas'
import type { Store } from './store'
import { Sync, type Ended } from './sync'
import { Triggers } from './triggers'
import type { ToPage } from './wire'

/** What is around the phone: the clock, the network, and the page. */
export interface World {
  now_ms: () => number
  tell: (message: News | Extract<ToPage, { please: string }>) => void
  fetcher?: Fetch
  /** The browser keeps the store; a new app waits. */
  persisted: boolean
  update_ready: boolean
}

/** What notices are made of. */
interface Noticed {
  notices: CoreNotice[]
  unsent_since_s: number | null
}

export interface Facts {
  synced_at_s: number | null
  traffic: { month: string; bytes: number }
  dismissed: string[]
}

export class Session {
  readonly forms: Forms
  readonly triggers = new Triggers(() => void this.sync())
  private readonly syncing: Sync
  private phase: Standing['phase'] = 'idle'
  private refusal: Standing['refusal'] = null
  private progress: number | null = null
  private clock_s: number | null = null
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
    private readonly facts: Facts,
    private readonly revoked: (unsent: number) => Promise<void>,
    parcelKey: string,
  ) {
    const now_s = () => Math.floor(world.now_ms() / 1000)
    this.forms = new Forms(open, {
      home: me.home,
      day: () => this.day(),
      now_s,
      also: async (dot, core) => (store && parcelKey ? { parcel: await parcel(core, dot, parcelKey) } : {}),
    })
    const phase = (phase: Standing['phase']) => this.turns(phase)
    const count = (traffic: Traffic) => this.count(traffic)
    const progress = (percent: number) => void this.comes(percent)
    this.syncing = new Sync(open, { now_s, count, phase, progress, fetcher: world.fetcher })
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
    const [synced_at_s, traffic, dismissed] = await Promise.all([
      store?.fact<number>('synced_at_s'),
      store?.fact<Facts['traffic']>('traffic'),
      store?.fact<string[]>('dismissed'),
    ])
    const facts: Facts = {
      synced_at_s: synced_at_s ?? null,
      traffic: traffic ?? { month: '', bytes: 0 },
      dismissed: dismissed ?? [],
    }
    const parcelKey = await open.ask((core) => core.who().enrolled.parcel_key)
    return new Session(open, me, authors, store, schemas, world, facts, revoked, parcelKey)
  }

  day(): string {
    return dayOf(new Date(this.world.now_ms()))
  }

  /** Goes on by itself from here. */
  async start(): Promise<void> {
    await this.takeReceipts()
    if (this.store) this.triggers.now()
  }

  /** What the service worker brought. */
  private async takeReceipts(): Promise<void> {
    const now_s = Math.floor(this.world.now_ms() / 1000)
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
    const count = (traffic: Traffic) => this.count(traffic)
    await carryOutbox(this.store.db, count, this.world.fetcher)
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
      this.refusal = { code: 'practice', message: label('practice') }
      return this.told()
    }
    try {
      await this.takeReceipts()
      await this.after(await this.syncing.run())
    } catch (why) {
      if (why instanceof Closed || this.isEnded) return
      this.refusal = { code: 'store', message: label('store') }
      this.triggers.ended('badly', null)
      await this.turns('refused')
    }
  }

  private async after(ended: Ended): Promise<void> {
    if (this.isEnded) return
    const isDone = ended.report?.done ?? false
    if (isDone) {
      this.facts.synced_at_s = Math.floor(this.world.now_ms() / 1000)
      await this.carryAside()
    }
    this.clock_s = ended.clock_s ?? this.clock_s
    this.progress = null
    this.refusal = ended.refusal
    await this.store?.note({ synced_at_s: this.facts.synced_at_s ?? undefined, traffic: this.facts.traffic })
    if (ended.report?.revoked) {
      const { saved, received } = ended.report.counts
      return this.revoked(saved - received)
    }
    this.triggers.ended(isDone ? 'well' : 'badly', ended.wait_s)
    const count = (traffic: Traffic) => this.count(traffic)
    const renewed =
      ended.schema !== null && (await this.schemas.renew(ended.schema, count, this.world.fetcher))
    this.waitsForQuiet ||= renewed
    await this.quiet()
    if (ended.heard) this.world.tell({ news: 'records' })
    await this.turns(ended.phase)
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
    void this.told()
  }

  schema(): Promise<Schema> {
    return this.schemas.schema()
  }

  async standing(): Promise<Standing> {
    const { counts, noticed } = await this.open.ask((core) => {
      return { counts: core.counts(), noticed: this.noticed(core) }
    })
    const left_mb = await spaceLeft_mb()
    const { month, bytes } = this.facts.traffic
    return {
      saved: counts.saved,
      received: counts.received,
      unsent: counts.saved - counts.received,
      unsent_since_s: noticed.unsent_since_s,
      synced_at_s: this.facts.synced_at_s,
      phase: this.phase,
      refusal: this.refusal,
      progress: this.progress,
      bytes_this_month: month === this.day().slice(0, 7) ? bytes : 0,
      records: counts.records ?? 0,
      notices: (await this.noticesOf(noticed, left_mb)).length,
      persisted: this.world.persisted,
      space_left_mb: left_mb,
      update_ready: this.world.update_ready,
    }
  }

  async notices(): Promise<Notice[]> {
    const noticed = await this.open.ask((core) => this.noticed(core))
    return this.noticesOf(noticed, await spaceLeft_mb())
  }

  private noticed(core: Core): Noticed {
    return { notices: core.notices(this.authors), unsent_since_s: core.unsentSince() }
  }

  private async noticesOf({ notices, unsent_since_s }: Noticed, left_mb: number | null): Promise<Notice[]> {
    const day = this.day()
    const now_s = Math.floor(this.world.now_ms() / 1000)
    const about = { day, now_s, unsent_since_s, clock_s: this.clock_s, left_mb }
    const backup_at_s = (await this.store?.fact<number>('backup_at_s')) ?? null
    const own = this.store ? deviceNotices({ ...about, backup_at_s }) : []
    return [...own, ...completed(notices, day)].filter(({ id }) => !this.facts.dismissed.includes(id))
  }

  async dismiss(notice: string): Promise<void> {
    this.facts.dismissed = [...this.facts.dismissed.filter((id) => id !== notice), notice].slice(
      -DISMISSED_MAX,
    )
    await this.store?.note({ dismissed: this.facts.dismissed })
    await this.told()
  }

  count({ up, down }: Traffic): void {
    const month = this.day().slice(0, 7)
    const { traffic } = this.facts
    this.facts.traffic = { month, bytes: (traffic.month === month ? traffic.bytes : 0) + up + down }
  }

  /** Tells the page, unless the phone was locked meanwhile. */
  async told(): Promise<void> {
    try {
      this.world.tell({ news: 'standing', standing: await this.standing() })
    } catch (why) {
      if (!(why instanceof Closed)) throw why
    }
  }

  /** Only of a first sync: later ones are short. */
  private async comes(percent: number): Promise<void> {
    if (this.facts.synced_at_s !== null || percent === this.progress) return
    this.progress = percent
    await this.told()
  }

  private async turns(phase: Standing['phase']): Promise<void> {
    this.phase = phase
    await this.told()
  }
}

/** Where she works: the first place is where new records go. */
export function meOf(who: Who, author: Id, name: string): Me {
  const named = (area: Area) => who.enrolled.places.find((place) => place.area === area)?.name ?? area
  const places = who.scope.map((area) => ({ area, name: named(area) }))
  return { author, name, role: who.enrolled.role, places, home: places[0]?.area ?? '' }
}

/** Of older ones the cause is long gone. */
const DISMISSED_MAX = 500

async function parcel(core: Core, dot: string, key: string) {
  const [actor, seq] = dot.split(':')
  return { actor: actor!, seq: Number(seq), bytes: await sealed(key, 'lumbung parcel 1', core.parcel(dot)) }
}
