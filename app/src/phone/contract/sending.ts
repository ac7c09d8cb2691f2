/** What is saved and what is received. See `../contract.ts`. */

import type { Day, Id, Label } from './base'

export interface Standing {
  /** Changes saved on this phone, and those the server has signed for: from receipts only. */
  saved: number
  received: number
  unsent: number
  /** When the oldest unsent change was saved, and when a sync last came to its end. */
  unsent_since_s: number | null
  synced_at_s: number | null
  /** Now: `idle`, `sending`, `receiving`, `no_signal`, `waiting` (the server asked for patience). */
  phase: 'idle' | 'sending' | 'receiving' | 'no_signal' | 'waiting' | 'refused'
  refusal: { code: string; message: Label } | null
  /** 0 to 100 while receiving a village for the first time. */
  progress: number | null
  bytes_this_month: number
  records: number
  notices: number
  /** The browser keeps the store even when space runs out. */
  persisted: boolean
  space_left_mb: number | null
  update_ready: boolean
}

/** Something that concerns her own entries, in plain words: `words` is a name in the dictionary `notices`. */
export interface Notice {
  id: string
  words: 'held' | 'contested' | 'decided' | 'message' | 'question' | 'backup_due' | 'long_unsent' | 'clock_off' | 'space_low'
  values: { [name: string]: string | number }
  reason: Label | null
  record: Id | null
  title: string
  day: Day
}

export interface Contact {
  name: string
  role: string
  phone: string
}
