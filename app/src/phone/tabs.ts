/**
 * One tab at a time.
 *
 * The rule this module protects: *two tabs never write under one number*: whoever holds the lock holds the phone, until the
 * tab ends or another one asks for it.
 */

const LOCK = 'lumbung'
/** A frozen tab does not answer. Its lock is taken; what it would still write fails at the store. */
const ANSWER_MS = 5000

export class Tabs {
  private release: (() => void) | null = null
  private readonly channel = new BroadcastChannel(LOCK)

  /** `give`: another tab wants the phone, or has taken it: closes the store. */
  constructor(private readonly give: () => Promise<void>) {
    this.channel.onmessage = () => void this.given()
  }

  /** `false`: another tab holds it. */
  take(): Promise<boolean> {
    return this.request({ ifAvailable: true })
  }

  async takeOver(): Promise<void> {
    this.channel.postMessage('give')
    const aborting = new AbortController()
    const timer = setTimeout(() => aborting.abort(), ANSWER_MS)
    const given = await this.request({ signal: aborting.signal }).catch(() => false)
    clearTimeout(timer)
    if (!given) await this.request({ steal: true })
  }

  private async given(): Promise<void> {
    if (!this.release) return
    await this.give()
    this.release?.()
    this.release = null
  }

  private request(options: LockOptions): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const held = navigator.locks.request(LOCK, options, (lock) => {
        resolve(lock !== null)
        return lock && new Promise<void>((release) => (this.release = release))
      })
      held.catch((why: unknown) => {
        reject(why)
        // Stolen, when it was held before.
        if (this.release) void this.given()
      })
    })
  }
}
