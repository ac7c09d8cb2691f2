/**
 * Trading a code for a number.
 *
 * The rule this module protects: *an answer that was lost costs nothing*: the key is on the disk before the code is used, and
 * the same code is tried again with the same key.
 */

import type { Refusal } from './contract'
import { Fault } from './core-fault'
import { ask, errorOf, type Answer } from './net'
import type { Open } from './open'
import { refusal, said } from './refusals'
import { refused } from './forms'
import type { World } from './world'

export async function enrolled(
  open: Open,
  server: string,
  code: string,
  label: string,
  world: World,
): Promise<Refusal | null> {
  const now_s = Math.floor(world.now_ms() / 1000)
  let last: Answer | null | undefined
  try {
    for (;;) {
      const step = await open.change((core) => core.enrol(server, code, label, now_s))
      if ('enrolled' in step) return null
      const { wanted } = step
      const body = await open.ask((core) => core.wantedBody())
      const answer = await ask({ ...wanted, body }, () => undefined, world.fetcher)
      last = answer
      await open.ask((core) => {
        if (answer) core.came(answer.status, answer.headers, answer.body, answer.cut)
        else core.lost()
      })
    }
  } catch (why) {
    if (!(why instanceof Fault)) return refused(why)
    // The core remembers what came, and would refuse the next try by it.
    await open.reload()
    if (last === undefined) return refused(why)
    if (last === null || last.cut) return refusal('no_signal')
    const error = errorOf(last)
    return error ? { refused: said(error.code, error.message) } : refusal('bad_answer')
  }
}
