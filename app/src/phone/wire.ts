/**
 * What page and worker say to each other.
 *
 * The rule this module protects: *both sides read the same words*: nothing is sent that does not stand here.
 */

import type { News, Phone } from './contract'

export type Call = keyof Phone

export type ToWorker =
  | { call: Call; id: number; args: unknown[] }
  /** She touched the screen. */
  | { event: 'active' }
  /** The page is looked at again, or the signal came back. */
  | { event: 'awake' }
  | { event: 'asleep' }
  | { event: 'persisted'; persisted: boolean }
  | { event: 'update_ready' }

export type ToPage =
  | { id: number; value: unknown }
  | { id: number; error: string }
  | News
  /** What only a page can do. */
  | { please: 'register_sync' }
  | { please: 'apply_update' }
  | { please: 'persist' }

/** To the service worker that waits. */
export const SKIP_WAITING = 'SKIP_WAITING'
export const SYNC_TAG = 'parcels'
