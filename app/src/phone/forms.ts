/**
 * Forms that are being filled in.
 *
 * The rule this module protects: *what was typed outlives the app*: each answer puts the draft on the disk, and a draft goes
 * only in the transaction that saves the form, or when she throws it away.
 */

import { framed, text, unframed, utf8, uuid, type Bytes } from './bytes'
import type { Area, Draft, FormState, Id, Json, Outcome, Refusal, Saved, Stale } from './contract'
import type { Core, CoreSaved } from './core'
import { Fault } from './core-fault'
import { NotStored, type Open } from './open'
import { refusal, said } from './refusals'
import type { Also } from './store'

interface Held {
  /** Its number in the core, which another core numbers anew. */
  core: number
  draft: string
  bytes: Bytes
}

export interface Desk {
  home: Area
  day: () => string
  now_s: () => number
  /** What else goes into the transaction of a saved change: the sealed parcel. */
  also: (dot: string, core: Core) => Promise<Also>
}

export class Forms {
  private readonly held = new Map<number, Held>()
  private last = 0

  constructor(
    private readonly open: Open,
    private readonly desk: Desk,
  ) {
    open.onReload = (core) => {
      for (const form of this.held.values()) form.core = core.resume(form.bytes)
    }
  }

  get count(): number {
    return this.held.size
  }

  blank(kind: string, given: { [field: string]: Json }): Promise<FormState> {
    return this.open.ask((core) => this.hold(core, core.blank(kind, this.desk.home, given), uuid()))
  }

  edit(record: Id): Promise<FormState> {
    return this.open.ask((core) => this.hold(core, core.open(record), uuid()))
  }

  async resume(draft: string): Promise<FormState> {
    const [, kept] = (await this.open.shelf.drafts()).find(([name]) => name === draft) ?? []
    const bytes = kept && unframed(kept)?.[1]
    if (!bytes) throw new Error('no such draft')
    return this.open.ask((core) => this.hold(core, core.resume(bytes), draft))
  }

  type(form: number, name: string, value: Json): Promise<FormState> {
    return this.open.ask(async (core) => {
      const held = this.find(form)
      core.typeIn(held.core, name, value)
      held.bytes = core.draft(held.core)
      const state = this.look(core, form, held)
      const about: Draft = { draft: held.draft, ...pick(state), at_s: this.desk.now_s() }
      const draft = framed([utf8(JSON.stringify(about)), held.bytes])
      // A full phone must not keep her from typing: saving will say so.
      await this.open.shelf.keepDraft(held.draft, draft).catch(() => undefined)
      return state
    })
  }

  save(form: number, author: Id): Promise<Outcome<Saved | Stale>> {
    return this.saves(form, (core, number) => core.save(number, author, this.desk.now_s()))
  }

  async saveBeside(form: number, author: Id): Promise<Outcome<Saved>> {
    const outcome = await this.saves(form, (core, number) =>
      core.saveBeside(number, author, this.desk.now_s()),
    )
    return 'stale' in outcome ? refusal('not_now') : outcome
  }

  async leave(form: number, keep: boolean): Promise<void> {
    const held = this.held.get(form)
    if (!held) return
    this.held.delete(form)
    await this.open.ask((core) => core.close(held.core))
    if (!keep) await this.drop(held.draft)
  }

  async drafts(): Promise<Draft[]> {
    const open = new Set(Array.from(this.held.values(), (held) => held.draft))
    const kept = (await this.open.shelf.drafts()).flatMap(([, draft]) => unframed(draft)?.[0] ?? [])
    const drafts = kept.map((about) => JSON.parse(text(about)) as Draft)
    return drafts.filter(({ draft }) => !open.has(draft)).sort((one, two) => two.at_s - one.at_s)
  }

  async drop(draft: string): Promise<void> {
    await this.open.change(
      () => undefined,
      () => ({ dropDraft: draft }),
    )
  }

  private async saves(
    form: number,
    call: (core: Core, number: number) => CoreSaved,
  ): Promise<Outcome<Saved | Stale>> {
    try {
      const held = this.find(form)
      const saved = await this.open.change(
        (core) => call(core, held.core),
        async (saved, core) =>
          'stale' in saved ? {} : { ...(await this.desk.also(saved.dot, core)), dropDraft: held.draft },
      )
      if ('stale' in saved) return saved
      this.held.delete(form)
      return { saved }
    } catch (why) {
      return refused(why)
    }
  }

  private hold(core: Core, number: number, draft: string): FormState {
    this.last += 1
    const held = { core: number, draft, bytes: core.draft(number) }
    this.held.set(this.last, held)
    return this.look(core, this.last, held)
  }

  private look(core: Core, form: number, held: Held): FormState {
    return { ...core.look(held.core, this.desk.day()), form }
  }

  private find(form: number): Held {
    const held = this.held.get(form)
    if (!held) throw new Error('the form is closed')
    return held
  }
}

function pick({ kind, record, about }: FormState) {
  return { kind, record, about }
}

/** What a person is told when something was not done. Other errors are ours, and go on. */
export function refused(why: unknown): Refusal {
  if (why instanceof NotStored) return refusal(why.isFull ? 'no_space' : 'store')
  if (why instanceof Fault) return { refused: said('core', why.message) }
  throw why
}
