/**
 * When to sync.
 *
 * The rule this module protects: *nobody has to think of it, and a dead line is not hammered*: after a failure it waits
 * longer each time, by chance a little more or less, so that a village does not come all at once.
 */

export interface Clockwork {
  now_ms: () => number
  random: () => number
  after: (ms: number, work: () => void) => unknown
  cancel: (timer: unknown) => void
}

const BROWSER: Clockwork = {
  // Not the clock of the phone, which people set: a patience until next year would never end.
  now_ms: () => performance.now(),
  random: Math.random,
  after: (ms, work) => setTimeout(work, ms),
  cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

const HOUR_MS = 3_600_000
const AFTER_SAVE_MS = 20_000
const FIRST_BACKOFF_MS = 15_000

export class Triggers {
  private failures = 0
  private timer: unknown = null
  private at_ms = Infinity
  /** The server asked for patience until then: only a person may try before. */
  private patience_ms = 0

  constructor(
    private readonly sync: () => void,
    private readonly clock: Clockwork = BROWSER,
  ) {}

  /** Unlocked, signal came back, or the app was looked at again. */
  now(): void {
    this.due(0)
  }

  saved(): void {
    this.due(AFTER_SAVE_MS)
  }

  /** One came to its end. */
  ended(how: 'well' | 'badly', wait_s: number | null): void {
    this.stop()
    this.failures = how === 'well' ? 0 : this.failures + 1
    const backoff_ms = Math.min(FIRST_BACKOFF_MS * 2 ** (this.failures - 1), HOUR_MS)
    const jittered_ms = backoff_ms * (0.75 + this.clock.random() / 2)
    if (wait_s !== null) this.patience_ms = this.clock.now_ms() + wait_s * 1000
    this.due(how === 'well' ? HOUR_MS : jittered_ms)
  }

  stop(): void {
    this.clock.cancel(this.timer)
    this.timer = null
    this.at_ms = Infinity
  }

  /** The sooner of what was planned and this, but not before the server wants us. */
  private due(ms: number): void {
    const at_ms = Math.max(this.clock.now_ms() + ms, this.patience_ms)
    if (at_ms >= this.at_ms) return
    this.stop()
    this.at_ms = at_ms
    this.timer = this.clock.after(at_ms - this.clock.now_ms(), () => {
      this.timer = null
      this.at_ms = Infinity
      this.sync()
    })
  }
}
