/**
 * What the phone keeps on its disk.
 *
 * The rule this module protects: *saved means on the disk, whole*: one transaction holds the rows that changed, the
 * parcel for the server and the end of the draft, so that a phone killed at any moment has all of it or none.
 */

import { uuid, type Bytes } from './bytes'
import { seal, unseal, Unreadable } from './crypt'
import { STRICT, type Database, type Parcel } from './database'
import { pieces } from './pieces'

/** What goes into the same transaction. */
export interface Also {
  parcel?: Parcel
  dropDraft?: string
  /** Takes parcels out that the server has signed for: numbers by actor. */
  received?: { [actor: string]: number }
  dropReceipts?: number[]
}

/** How far the log is folded into the snapshot `generation`. */
interface Fold {
  generation: number
  pieces: number
  upTo: number
}

/** All that is stored of the rows, sealed. */
interface Stored {
  fold: Fold
  /** Of the pieces in `snapshot`. */
  names: string[]
  snapshot: (Bytes | undefined)[]
  /** Of the entries in `log`. */
  numbers: number[]
  log: Bytes[]
}

const FORMAT = 1
const LOG_ENTRIES_MAX = 300
const LOG_BYTES_MAX = 2_000_000
const NO_FOLD: Fold = { generation: 0, pieces: 0, upTo: 0 }

export class Store {
  private ahead: Promise<Stored | null> | null = null
  private fold = NO_FOLD
  private last = 0
  private logBytes = 0

  private constructor(
    readonly db: Database,
    readonly id: string,
  ) {}

  /** Throws `Unreadable` when a newer app wrote it. */
  static async on(db: Database): Promise<Store> {
    const format = await db.get('meta', 'format')
    if (format !== undefined && format !== FORMAT) throw new Unreadable('written by a newer app')
    const id = await db.get('meta', 'id')
    if (typeof id === 'string') return new Store(db, id)
    const store = new Store(db, uuid())
    await store.note({ id: store.id, format: FORMAT })
    return store
  }

  async fact<T>(name: string): Promise<T | undefined> {
    return (await this.db.get('meta', name)) as T | undefined
  }

  /** Keeps plain facts; `undefined` takes one out. */
  async note(facts: { [name: string]: unknown }): Promise<void> {
    const tx = this.db.transaction('meta', 'readwrite', STRICT)
    await settled(
      tx,
      Object.entries(facts).map(([name, fact]) => () => {
        return fact === undefined ? tx.store.delete(name) : tx.store.put(fact, name)
      }),
    )
  }

  /** Fetches what `read` will open, while she types her PIN. */
  readAhead(): void {
    this.ahead = this.stored().catch(() => null)
  }

  /** All rows, in the order in which they were stored. Throws `Unreadable` when any piece is missing or damaged. */
  async read(key: CryptoKey): Promise<Bytes[]> {
    const ahead = await this.ahead
    this.ahead = null
    const { fold, names, snapshot, numbers, log } = ahead ?? (await this.stored())
    if (numbers.some((number, i) => number !== fold.upTo + 1 + i)) throw new Unreadable('log')
    const rows = await Promise.all([
      ...snapshot.map(async (sealed, i) => {
        if (!sealed) throw new Unreadable('snapshot')
        return unseal(key, this.place('snapshot', `${names[i]}/${fold.pieces}`), sealed)
      }),
      ...log.map((sealed, i) => unseal(key, this.place('log', numbers[i]!), sealed)),
    ])
    this.fold = fold
    this.last = numbers[numbers.length - 1] ?? fold.upTo
    this.logBytes = log.reduce((sum, entry) => sum + entry.length, 0)
    return rows
  }

  private async stored(): Promise<Stored> {
    const tx = this.db.transaction(['meta', 'snapshot', 'log'])
    const fold = ((await tx.objectStore('meta').get('fold')) as Fold | undefined) ?? NO_FOLD
    const names = Array.from({ length: fold.pieces }, (_, piece) => this.piece(fold, piece))
    const [snapshot, numbers, log] = await Promise.all([
      Promise.all(names.map((name) => tx.objectStore('snapshot').get(name))),
      tx.objectStore('log').getAllKeys(),
      tx.objectStore('log').getAll(),
    ])
    return { fold, names, snapshot, numbers, log }
  }

  /** One transaction. Rejects when it did not come to its end: then nothing of it is there. */
  async keep(key: CryptoKey, changed: Bytes, also: Also = {}): Promise<void> {
    if (changed.length === 0 && Object.keys(also).length === 0) return
    const number = this.last + 1
    const sealed = changed.length > 0 ? await seal(key, this.place('log', number), changed) : null
    const tx = this.db.transaction(['log', 'outbox', 'draft', 'inbox'], 'readwrite', STRICT)
    // `add` fails when somebody else wrote under this number: two tabs never mix their logs.
    await settled(tx, [
      () => sealed && tx.objectStore('log').add(sealed, number),
      () => also.parcel && tx.objectStore('outbox').add(also.parcel),
      () => also.dropDraft && tx.objectStore('draft').delete(also.dropDraft),
      () => also.received && prune(tx.objectStore('outbox'), also.received),
      ...(also.dropReceipts ?? []).map((receipt) => () => tx.objectStore('inbox').delete(receipt)),
    ])
    if (!sealed) return
    this.last = number
    this.logBytes += sealed.length
  }

  /** Has the log grown so long that opening gets slow? */
  get isLong(): boolean {
    return this.last - this.fold.upTo > LOG_ENTRIES_MAX || this.logBytes > LOG_BYTES_MAX
  }

  /** Puts all rows in the place of the log, in one transaction. */
  async compact(key: CryptoKey, everything: Bytes): Promise<void> {
    const parts = pieces(everything)
    const fold = { generation: this.fold.generation + 1, pieces: parts.length, upTo: this.last }
    const sealed: [string, Bytes][] = []
    for (const [i, part] of parts.entries()) {
      const name = this.piece(fold, i)
      sealed.push([name, await seal(key, this.place('snapshot', `${name}/${fold.pieces}`), part)])
    }
    const tx = this.db.transaction(['meta', 'snapshot', 'log'], 'readwrite', STRICT)
    await settled(tx, [
      () => tx.objectStore('snapshot').clear(),
      ...sealed.map(
        ([name, part]) =>
          () =>
            tx.objectStore('snapshot').add(part, name),
      ),
      () => tx.objectStore('log').delete(IDBKeyRange.upperBound(fold.upTo)),
      () => tx.objectStore('meta').put(fold, 'fold'),
    ])
    this.fold = fold
    this.logBytes = 0
  }

  async drafts(key: CryptoKey): Promise<[string, Bytes][]> {
    const tx = this.db.transaction('draft')
    const [names, sealed] = [await tx.store.getAllKeys(), await tx.store.getAll()]
    const opened = sealed.map((draft, i) => unseal(key, this.place('draft', names[i]!), draft))
    return (await Promise.all(opened)).map((draft, i) => [names[i]!, draft])
  }

  async keepDraft(key: CryptoKey, name: string, draft: Bytes): Promise<void> {
    const sealed = await seal(key, this.place('draft', name), draft)
    const tx = this.db.transaction('draft', 'readwrite', STRICT)
    await settled(tx, [() => tx.store.put(sealed, name)])
  }

  async receipts(): Promise<[number, string][]> {
    const tx = this.db.transaction('inbox')
    const [numbers, receipts] = [await tx.store.getAllKeys(), await tx.store.getAll()]
    return receipts.map((receipt, i) => [numbers[i]!, receipt])
  }

  async keepSchema(version: number, bytes: Bytes): Promise<void> {
    const tx = this.db.transaction('schema', 'readwrite', STRICT)
    await settled(tx, [() => tx.store.put({ version, bytes }, 'newest')])
  }

  private piece(fold: Fold, number: number): string {
    return `${fold.generation}/${number}`
  }

  /** What a seal is bound to. */
  place(store: string, key: string | number): string {
    return `${this.id}/${store}/${key}`
  }
}

interface Ending {
  done: Promise<void>
  abort(): void
}

/** All or nothing: what fails before the browser sees it, a value that cannot be stored, takes the others back too. */
async function settled(tx: Ending, asks: (() => unknown)[]): Promise<void> {
  const done = tx.done.then(
    () => null,
    (why: unknown) => why,
  )
  try {
    await Promise.all(asks.map(async (ask) => ask()))
  } catch (why) {
    try {
      tx.abort()
    } catch {
      // The browser was faster.
    }
    await done
    throw why
  }
  const failed = await done
  if (failed) throw failed
}

type Outbox = {
  openCursor(): Promise<{ value: Parcel; delete(): Promise<void>; continue(): Promise<unknown> } | null>
}

async function prune(outbox: Outbox, received: { [actor: string]: number }): Promise<void> {
  let cursor = await outbox.openCursor()
  while (cursor) {
    if (cursor.value.seq <= (received[cursor.value.actor] ?? 0)) void cursor.delete()
    cursor = (await cursor.continue()) as typeof cursor
  }
}
