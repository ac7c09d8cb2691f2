/**
 * Sending and receiving.
 *
 * The rule this module protects: *what the core wants is fetched only when what it changed is on the disk*. One sync at a
 * time; people save in between. Its time stands still, because a request must be the same when it is asked again.
 */

import type { Standing } from './contract'
import type { Report, Wanted } from './core'
import { Fault } from './core-fault'
import { ask, headerOf, type Answer, type Fetch, type Traffic } from './net'
import { NotStored, type Open } from './open'
import { label, said } from './refusals'

export interface Ended {
  phase: Standing['phase']
  refusal: Standing['refusal']
  /** The server asked for so much patience. */
  wait_s: number | null
  report: Report | null
  /** Somebody answered. When nobody did, what is known is what it was. */
  heard: boolean
  /** Version of the schema that the server has. */
  schema: number | null
  /** The server's clock less ours, in seconds. */
  clock_s: number | null
}

export interface Around {
  now_s: () => number
  count: (traffic: Traffic) => void
  phase: (phase: Standing['phase']) => void
  /** 0 to 100 of a large answer. */
  progress?: (percent: number) => void
  fetcher?: Fetch
}

/** More questions than any sync has: then something goes in circles. */
const REQUESTS_MAX = 10_000

export class Sync {
  private running: Promise<Ended> | null = null
  /** Marks by which the outbox was pruned, as JSON. */
  private pruned = ''

  constructor(
    private readonly open: Open,
    private readonly around: Around,
  ) {}

  get isRunning(): boolean {
    return this.running !== null
  }

  /** Whoever asks while one runs gets that one's end. */
  run(): Promise<Ended> {
    this.running ??= this.runs().finally(() => (this.running = null))
    return this.running
  }

  private async runs(): Promise<Ended> {
    const now_s = this.around.now_s()
    const seen: Ended = {
      phase: 'idle',
      refusal: null,
      wait_s: null,
      report: null,
      heard: false,
      schema: null,
      clock_s: null,
    }
    try {
      for (let i = 0; i < REQUESTS_MAX; i += 1) {
        const step = await this.step(now_s)
        if ('report' in step) {
          if (step.report.done) await this.secondNumber(now_s)
          return judged(seen, step.report)
        }
        this.around.phase(step.wanted.method === 'POST' ? 'sending' : 'receiving')
        this.note(await this.bring(step.wanted), seen)
      }
    } catch (why) {
      if (!(why instanceof NotStored) && !(why instanceof Fault)) throw why
      // Answers that led to a fault must not lead to it again.
      if (why instanceof Fault) await this.open.reload()
      const refusal =
        why instanceof Fault ? said('core', why.message) : said(why.isFull ? 'no_space' : 'store', '')
      return { ...seen, phase: 'refused', refusal }
    }
    return { ...seen, phase: 'no_signal' }
  }

  /** Takes what was received out of the outbox, when that has moved: it is a walk over all of it. */
  private async step(now_s: number) {
    let marks = ''
    const step = await this.open.change(
      (core) => core.sync(now_s),
      (_step, core) => {
        const received = core.marks()
        marks = JSON.stringify(received)
        return marks === this.pruned ? {} : { received }
      },
    )
    this.pruned = marks
    return step
  }

  /** Asked for once, while there is signal: without signal she may have to keep a value beside another. */
  private async secondNumber(now_s: number): Promise<void> {
    try {
      const step = await this.open.change((core) => core.secondNumber(now_s))
      if (!('wanted' in step)) return
      await this.bring(step.wanted)
      await this.open.change((core) => core.secondNumber(now_s))
    } catch (why) {
      // The next sync asks again.
      if (!(why instanceof Fault)) throw why
    }
  }

  private async bring(wanted: Wanted): Promise<Answer | null> {
    const answer = await this.fetch(wanted)
    await this.open.ask((core) => {
      if (answer) core.came(answer.status, answer.headers, answer.body, answer.cut)
      else core.lost()
    })
    return answer
  }

  private async fetch(wanted: Wanted): Promise<Answer | null> {
    const body = wanted.method === 'POST' ? await this.open.ask((core) => core.wantedBody()) : null
    return ask({ ...wanted, body }, this.around.count, this.around.fetcher, this.around.progress)
  }

  private note(answer: Answer | null, seen: Ended): void {
    if (!answer) return
    seen.heard = true
    const version = Number(headerOf(answer, 'lumbung-schema') ?? NaN)
    if (Number.isInteger(version)) seen.schema = version
    const date_ms = Date.parse(headerOf(answer, 'date') ?? '')
    if (!Number.isNaN(date_ms)) seen.clock_s = Math.round(date_ms / 1000 - this.around.now_s())
  }
}

/** What the end means for a person. An answer that cannot be read is mostly somebody else's. */
function judged(ended: Ended, report: Report): Ended {
  const wait_s = report.wait_s > 0 ? report.wait_s : null
  const phase = PHASES[report.end]
  return { ...ended, report, wait_s, phase, refusal: report.refused ?? (phase === 'refused' ? DOUBT : null) }
}

const PHASES = {
  done: 'idle',
  no_signal: 'no_signal',
  wait: 'waiting',
  refused: 'refused',
  doubt: 'refused',
  bad_answer: 'no_signal',
} as const

const DOUBT = { code: 'doubt', message: label('doubt') }
