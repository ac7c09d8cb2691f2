/**
 * How the phone stands, and what it has to say to her.
 *
 * The rule this module protects: *"received" is only what the server signed for*: every figure is the core's, and none is
 * counted here.
 */

import type { Id, Notice, Standing } from './contract'
import type { Core } from './core'
import type { Traffic } from './net'
import { completed, deviceNotices, type CoreNotice } from './notices'
import { Closed, type Open } from './open'
import { dayOf, spaceLeft_mb } from './persist'
import type { Store } from './store'
import type { World } from './world'

/** What notices are made of. */
interface Noticed {
  notices: CoreNotice[]
  unsent_since_s: number | null
}

interface Facts {
  synced_at_s: number | null
  traffic: { month: string; bytes: number }
  dismissed: string[]
}

/** Of older ones the cause is long gone. */
const DISMISSED_MAX = 500

export class Ledger {
  refusal: Standing['refusal'] = null
  /** The server's clock less ours, in seconds. */
  clock_s: number | null = null
  private phase: Standing['phase'] = 'idle'
  private progress: number | null = null

  private constructor(
    private readonly open: Open,
    private readonly authors: Id[],
    private readonly store: Store | null,
    private readonly world: World,
    private readonly facts: Facts,
  ) {}

  /** `authors`: everybody who writes on this phone. `store` is null in practice. */
  static async of(open: Open, authors: Id[], store: Store | null, world: World): Promise<Ledger> {
    const [synced_at_s, traffic, dismissed] = await Promise.all([
      store?.fact<number>('synced_at_s'),
      store?.fact<Facts['traffic']>('traffic'),
      store?.fact<string[]>('dismissed'),
    ])
    return new Ledger(open, authors, store, world, {
      synced_at_s: synced_at_s ?? null,
      traffic: traffic ?? { month: '', bytes: 0 },
      dismissed: dismissed ?? [],
    })
  }

  day(): string {
    return dayOf(new Date(this.world.now_ms()))
  }

  now_s(): number {
    return Math.floor(this.world.now_ms() / 1000)
  }

  /** A sync has ended; `isDone`: with everything out and in. */
  async synced(isDone: boolean): Promise<void> {
    if (isDone) this.facts.synced_at_s = this.now_s()
    this.progress = null
    const { synced_at_s, traffic } = this.facts
    await this.store?.note({ synced_at_s: synced_at_s ?? undefined, traffic })
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
    const about = { day, now_s: this.now_s(), unsent_since_s, clock_s: this.clock_s, left_mb }
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
  async comes(percent: number): Promise<void> {
    if (this.facts.synced_at_s !== null || percent === this.progress) return
    this.progress = percent
    await this.told()
  }

  async turns(phase: Standing['phase']): Promise<void> {
    this.phase = phase
    await this.told()
  }
}
