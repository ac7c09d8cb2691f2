/**
 * The open phone: a core, and the shelf under it.
 *
 * The rule this module protects: *call, store, believe*, in this order and one call after the other. When storing fails
 * the core has run ahead of the disk: it is thrown away and made again from the disk, so that what was not saved was
 * not done.
 */

import type { Bytes } from './bytes'
import type { Core } from './core'
import type { Also } from './store'
import { Turns } from './turns'

/** Where rows and drafts lie: the disk, or for practice nowhere. */
export interface Shelf {
  /** One transaction. */
  keep(changed: Bytes, also: Also): Promise<void>
  /** Worth folding now? */
  isLong(): boolean
  compact(everything: Bytes): Promise<void>
  /** A core with what is stored. */
  reload(): Promise<Core>
  drafts(): Promise<[string, Bytes][]>
  keepDraft(name: string, draft: Bytes): Promise<void>
}

/** It could not be stored, and was not done. */
export class NotStored extends Error {
  constructor(readonly why: unknown) {
    super('not stored')
  }

  get isFull(): boolean {
    return this.why instanceof Error && this.why.name === 'QuotaExceededError'
  }
}

/** The phone was locked meanwhile. */
export class Closed extends Error {}

export class Open {
  private readonly turns = new Turns()
  private isClosed = false
  /** Told when the core was made again: forms have to be opened once more. */
  onReload: (core: Core) => void = () => undefined

  constructor(
    private core: Core,
    readonly shelf: Shelf,
  ) {}

  /** Something that changes nothing. */
  ask<T>(question: (core: Core) => Promise<T> | T): Promise<T> {
    return this.turns.take(() => question(this.alive()))
  }

  /** Something that may change rows: it is stored when this resolves. Rejects with `NotStored`, or the core's fault. */
  change<T>(call: (core: Core) => T, also?: (value: T, core: Core) => Promise<Also> | Also): Promise<T> {
    return this.turns.take(async () => {
      const core = this.alive()
      const value = call(core)
      const changed = core.changed()
      try {
        await this.shelf.keep(changed, (await also?.(value, core)) ?? {})
      } catch (why) {
        // When the disk cannot even be read it stays closed: a core that is ahead of it must not go on.
        await this.again().catch(() => undefined)
        throw new NotStored(why)
      }
      if (this.shelf.isLong()) void this.turns.take(() => this.fold()).catch(() => undefined)
      return value
    })
  }

  /** A core on the newer schema, say: from what is stored. */
  reload(): Promise<void> {
    return this.turns.take(() => this.again())
  }

  /** Ends it when all that was asked before is done. */
  close(): Promise<void> {
    return this.turns.take(() => {
      if (!this.isClosed) this.core.free()
      this.isClosed = true
    })
  }

  private alive(): Core {
    if (this.isClosed) throw new Closed()
    return this.core
  }

  /** In a turn of its own: who saved does not wait for it. A log that cannot be folded now is only long. */
  private async fold(): Promise<void> {
    if (!this.isClosed && this.shelf.isLong()) await this.shelf.compact(this.core.everything())
  }

  private async again(): Promise<void> {
    this.core.free()
    this.isClosed = true
    this.core = await this.shelf.reload()
    this.isClosed = false
    this.onReload(this.core)
  }
}
