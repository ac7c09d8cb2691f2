/**
 * Rows in pieces.
 *
 * The rule this module protects: *a piece ends where a row ends*, so that each can be loaded by itself. A row is its table
 * (1 byte), its key (a varint length and the bytes), and 0 when it went, or 1 and its body (length and bytes).
 */

import type { Bytes } from './bytes'

const PIECE_BYTES_MAX = 1 << 20

export function pieces(rows: Bytes, bytes_max = PIECE_BYTES_MAX): Bytes[] {
  const out = []
  let [start, end] = [0, 0]
  while (end < rows.length) {
    const next = afterRow(rows, end)
    if (next - start > bytes_max && end > start) {
      out.push(rows.slice(start, end))
      start = end
    }
    end = next
  }
  if (end > start) out.push(rows.slice(start, end))
  return out
}

function afterRow(rows: Bytes, start: number): number {
  const [key, afterLength] = varint(rows, start + 1)
  const [isThere, afterMark] = varint(rows, afterLength + key)
  if (!isThere) return afterMark
  const [body, beforeBody] = varint(rows, afterMark)
  const end = beforeBody + body
  if (end > rows.length) throw new RangeError('a row is cut short')
  return end
}

/** Seven bits to a byte, the lowest first. */
function varint(rows: Bytes, start: number): [number, number] {
  let [number, at, factor] = [0, start, 1]
  for (;;) {
    const byte = rows[at]
    if (byte === undefined) throw new RangeError('a row is cut short')
    number += (byte & 0x7f) * factor
    at += 1
    if (byte < 0x80) return [number, at]
    factor *= 128
  }
}
