/**
 * The two shelves under a core: the disk, and for practice nothing.
 *
 * The rule this module protects: *practice leaves no trace, and the rest is sealed*: both look the same from above.
 */

import type { Bytes } from './bytes'
import type { Core, MakeCore } from './core'
import type { Shelf } from './open'
import type { Store } from './store'

/** A core with everything in `store`, on the schema at hand. */
type Load = (rows: Bytes[]) => Promise<Core>

export function diskShelf(store: Store, key: CryptoKey, load: Load): Shelf {
  return {
    keep: (changed, also) => store.keep(key, changed, also),
    isLong: () => store.isLong,
    compact: (everything) => store.compact(key, everything),
    reload: async () => load(await store.read(key)),
    drafts: () => store.drafts(key),
    keepDraft: (name, draft) => store.keepDraft(key, name, draft),
  }
}

export function practiceShelf(makeCore: MakeCore, schema: Bytes): Shelf {
  const rows: Bytes[] = []
  const drafts = new Map<string, Bytes>()
  return {
    keep: async (changed, also) => {
      rows.push(changed)
      if (also.dropDraft) drafts.delete(also.dropDraft)
    },
    isLong: () => false,
    compact: async () => undefined,
    reload: () => makeCore(rows, schema),
    drafts: async () => [...drafts],
    keepDraft: async (name, draft) => void drafts.set(name, draft),
  }
}
