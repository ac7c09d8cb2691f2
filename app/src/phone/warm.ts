/**
 * What is made ready while she types her PIN.
 *
 * The rule this module protects: *typing takes seconds, and the pad is drawn first*. What fails now is tried again when it
 * is needed.
 */

import type { Bytes } from './bytes'
import { warmCore } from './core'
import { sealing } from './parcel'
import { hashing } from './vault'

const PAD_DRAWN_AFTER_MS = 100

/** `document`: the schema that the core will be asked for. */
export function warm(document: () => Promise<Bytes>): void {
  const all = () => Promise.allSettled([warmCore(document()), hashing(), sealing()])
  setTimeout(() => void all(), PAD_DRAWN_AFTER_MS)
}
