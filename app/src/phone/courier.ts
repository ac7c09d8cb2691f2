/**
 * Carrying sealed parcels to the server: one's own while the phone is locked, or somebody else's.
 *
 * The rule this module protects: *a parcel goes on waiting until its receipt is here*. Sent twice it counts once, so
 * nothing is marked as sent for having been sent.
 */

import { framed, type Bytes } from './bytes'
import { STRICT, type Database, type Parcel } from './database'
import { ask, jsonOf, type Answer, type Fetch, type Traffic } from './net'

const TYPE = 'application/vnd.lumbung.parcels'
const CHUNK_BYTES_MAX = 256 * 1024

export interface Receipt {
  actor: string
  seq: number
}

interface Carried {
  receipts: Receipt[]
  refused: { index: number; code: string; message: string }[]
}

/** Lists of parcels, none of which is larger than a chunk, unless one parcel is. */
export function chunks<T extends { bytes: Bytes }>(parcels: T[], bytes_max = CHUNK_BYTES_MAX): T[][] {
  const out: T[][] = []
  let size = Infinity
  for (const parcel of parcels) {
    const length = parcel.bytes.length + 4
    if (size + length > bytes_max) {
      out.push([])
      size = 0
    }
    out[out.length - 1]!.push(parcel)
    size += length
  }
  return out
}

/** Gives the answer too: one that says no tells why. */
export async function carry(
  parcels: Bytes[],
  count: (traffic: Traffic) => void,
  fetcher?: Fetch,
): Promise<{ carried: Carried | null; answer: Answer | null }> {
  const headers: [string, string][] = [
    ['content-type', TYPE],
    ['accept', 'application/json'],
  ]
  const answer = await ask(
    { method: 'POST', path: '/v1/parcels', headers, body: framed(parcels) },
    count,
    fetcher,
  )
  const said = jsonOf<Carried>(answer)
  return {
    carried: said && Array.isArray(said.receipts) && Array.isArray(said.refused) ? said : null,
    answer,
  }
}

/** Sends what has no receipt yet and keeps the receipts for whoever unlocks. `false`: there is more, and no signal. */
export async function carryOutbox(
  db: Database,
  count: (traffic: Traffic) => void,
  fetcher?: Fetch,
): Promise<boolean> {
  for (const chunk of chunks(await waitingHere(db))) {
    const { carried } = await carry(
      chunk.map(({ bytes }) => bytes),
      count,
      fetcher,
    )
    if (!carried) return false
    const tx = db.transaction('inbox', 'readwrite', STRICT)
    const kept = carried.receipts.map((receipt) => tx.store.add(JSON.stringify(receipt)))
    await Promise.all([...kept, tx.done])
  }
  return true
}

/** Parcels for which no receipt has come. */
export async function waitingHere(db: Database): Promise<Parcel[]> {
  const received: { [actor: string]: number } = {}
  for (const receipt of await db.getAll('inbox')) {
    const { actor, seq } = JSON.parse(receipt) as Receipt
    received[actor] = Math.max(received[actor] ?? 0, seq)
  }
  return (await db.getAll('outbox')).filter(({ actor, seq }) => seq > (received[actor] ?? 0))
}

export async function unsentHere(db: Database): Promise<number> {
  return (await waitingHere(db)).length
}
