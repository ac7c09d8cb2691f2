/**
 * Which database holds the phone, and how it is laid out.
 *
 * The rule this module protects: *which one is in use is written down*, in a tiny database of its own, so that one that
 * cannot be read stays as it is.
 */

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Bytes } from './bytes'
import { Unreadable } from './crypt'

/** A saved change, sealed for the server: whoever carries it cannot read it. */
export interface Parcel {
  actor: string
  seq: number
  bytes: Bytes
}

interface Layout extends DBSchema {
  /** Small plain facts, by name. */
  meta: { key: string; value: unknown }
  /** All rows at some moment, in sealed pieces `generation/piece`. */
  snapshot: { key: string; value: Bytes }
  /** What changed since, one sealed entry for each time, numbered without holes. */
  log: { key: number; value: Bytes }
  draft: { key: string; value: Bytes }
  outbox: { key: number; value: Parcel }
  /** Receipts, as JSON text, that came while nobody had unlocked. */
  inbox: { key: number; value: string }
  /** The newest schema document that the server gave. */
  schema: { key: string; value: { version: number; bytes: Bytes } }
}

export type Database = IDBPDatabase<Layout>

/** Android's default since Chrome 121 would lose the last seconds with the battery. */
export const STRICT = { durability: 'strict' } as const

const VERSION = 1
export const FIRST_NAME = 'lumbung'
const POINTER = 'lumbung-name'

async function pointer() {
  return openDB(POINTER, 1, { upgrade: (db) => void db.createObjectStore('name') })
}

export async function currentName(): Promise<string> {
  const db = await pointer()
  const name: unknown = await db.get('name', 'current')
  db.close()
  return typeof name === 'string' ? name : FIRST_NAME
}

export async function pointTo(name: string): Promise<void> {
  const db = await pointer()
  const tx = db.transaction('name', 'readwrite', STRICT)
  await Promise.all([tx.store.put(name, 'current'), tx.done])
  db.close()
}

/** Opens or lays out. Throws `Unreadable` when a newer app wrote it. */
export async function openDatabase(name: string): Promise<Database> {
  try {
    return await openDB<Layout>(name, VERSION, {
      upgrade(db) {
        db.createObjectStore('meta')
        db.createObjectStore('snapshot')
        db.createObjectStore('log')
        db.createObjectStore('draft')
        db.createObjectStore('outbox', { autoIncrement: true })
        db.createObjectStore('inbox', { autoIncrement: true })
        db.createObjectStore('schema')
      },
      // A tab that waits to delete or upgrade must not wait for ever.
      blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
    })
  } catch (why) {
    if (why instanceof Error && why.name === 'VersionError') throw new Unreadable('written by a newer app')
    throw why
  }
}

/** Only after everything was sent, and the office withdrew the phone. */
export async function wipe(name: string): Promise<void> {
  await deleteDB(name)
}
