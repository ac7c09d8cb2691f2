/**
 * The backup as a file that people carry.
 *
 * The rule this module protects: *it survives being mailed, copied and opened in an editor*: plain text, whose name and
 * heading say what it is and nobody's name.
 */

import { framed, fromBase64url, toBase64url, unframed, joined, type Bytes } from './bytes'
import { unsentHere } from './courier'
import { dayOf } from './persist'
import type { Store } from './store'

const HEADING = [
  'Cadangan Lumbung: catatan yang belum terkirim, tersegel. Kirim lewat Lumbung; jangan diubah.',
  'Lumbung backup: notes not sent yet, sealed. Carry it to the server with Lumbung; do not change it.',
]
const LINE_BYTES = 57

export function backupName(day: string): string {
  return `lumbung-cadangan-${day}.txt`
}

/** Everything that has no receipt yet; `null` when nothing has to be carried. */
export async function backupOf(store: Store, now_ms: number): Promise<{ name: string; text: string } | null> {
  if ((await unsentHere(store.db)) === 0) return null
  const parcels = (await store.db.getAll('outbox')).map(({ bytes }) => bytes)
  await store.note({ backup_at_s: Math.floor(now_ms / 1000) })
  return { name: backupName(dayOf(new Date(now_ms))), text: backupText(parcels) }
}

export function backupText(parcels: Bytes[]): string {
  const bytes = framed(parcels)
  const lines = []
  for (let at = 0; at < bytes.length; at += LINE_BYTES) {
    lines.push(toBase64url(bytes.subarray(at, at + LINE_BYTES)))
  }
  return [...HEADING, ...lines, ''].join('\n')
}

/** The parcels of a backup; `null` when it is none, or not whole. */
export function backupParcels(file: string): Bytes[] | null {
  const lines = file
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (!lines[0]?.startsWith('Cadangan Lumbung')) return null
  const parts = lines.slice(HEADING.length).map(fromBase64url)
  if (parts.some((part) => part === null)) return null
  const parcels = unframed(joined(parts as Bytes[]))
  return parcels && parcels.length > 0 ? parcels : null
}
