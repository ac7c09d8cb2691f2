/**
 * What keeps the phone from doing what was asked, and is nobody's fault.
 *
 * The rule this module protects: *nobody waits for an answer that will not come*: a full disk and an app that has not come
 * whole are said in words, at every door that leads into the phone.
 */

import type { Outcome, Refusal } from './contract'
import { NotHere } from './core-fault'
import { NotStored } from './open'
import { refusal } from './refusals'

/** Gives other errors on. */
export async function orHindered<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (why) {
    return hindrance(why instanceof NotStored ? why.why : why)
  }
}

function hindrance(why: unknown): Refusal {
  if (why instanceof NotHere) return refusal('no_signal')
  if (why instanceof Error && why.name === 'QuotaExceededError') return refusal('full')
  throw why
}
