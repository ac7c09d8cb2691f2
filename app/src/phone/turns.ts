/**
 * One after the other.
 *
 * The rule this module protects: *between asking the core and storing what changed nobody else gets in between*. Sealing
 * and storing wait; without turns a second call would put its changes under the first one's number.
 */

export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  /** Runs `work` when all that was asked before has ended, well or badly. Never ask for a turn within a turn. */
  take<T>(work: () => Promise<T> | T): Promise<T> {
    const mine = this.last.then(work, work)
    this.last = mine.catch(() => undefined)
    return mine
  }
}
