/**
 * A store that cannot be read, and the one that takes its place.
 *
 * The rule this module protects: *it is never deleted and never written to, and what it holds for the server is sent all
 * the same*: sealed changes need no key, so they go along.
 */

import { waitingHere } from './courier'
import { currentName, FIRST_NAME, openDatabase, pointTo, STRICT, type Parcel } from './database'

/** From now on a fresh database is used; gives the name of the one set aside. */
export async function setAside(): Promise<string> {
  const name = await currentName()
  const next = `${FIRST_NAME}-${numberOf(name) + 1}`
  await takeAlong(await waitingIn(name), next)
  await pointTo(next)
  return name
}

/** The one before, which could not be read; `null` when this is the first. */
export function setAsideBefore(name: string): string | null {
  const number = numberOf(name)
  return number === 1 ? null : number === 2 ? FIRST_NAME : `${FIRST_NAME}-${number - 1}`
}

/** Stores are counted: the first bears no number. */
function numberOf(name: string): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? 1)
}

/** None where even this cannot be read: then they wait where they are. */
async function waitingIn(name: string): Promise<Parcel[]> {
  try {
    const db = await openDatabase(name)
    return await waitingHere(db).finally(() => db.close())
  } catch {
    return []
  }
}

/** The phone may have died after this and before the next store was the one in use: then it is done again. */
async function takeAlong(parcels: Parcel[], next: string): Promise<void> {
  const db = await openDatabase(next)
  const tx = db.transaction('outbox', 'readwrite', STRICT)
  await Promise.all([tx.store.clear(), ...parcels.map((parcel) => tx.store.add(parcel)), tx.done])
  db.close()
}
