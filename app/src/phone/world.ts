/**
 * What is around the phone.
 *
 * The rule this module protects: *a phone asks nobody else*: in a test each of these is somebody's hand.
 */

import type { News } from './contract'
import type { Fetch } from './net'
import type { ToPage } from './wire'

export interface World {
  now_ms: () => number
  tell: (message: News | Extract<ToPage, { please: string }>) => void
  fetcher?: Fetch
  /** The browser keeps the store; a new app waits. */
  persisted: boolean
  update_ready: boolean
}
