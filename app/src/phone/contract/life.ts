/** The life of the phone: whose it is, and whether it is open. See `../contract.ts`. */

import type { Area, Id, Label } from './base'

/** Somebody who writes on this phone, with a PIN of her own. */
export interface Owner {
  author: Id
  name: string
}

export interface Place {
  area: Area
  name: string
}

export interface Me extends Owner {
  role: string
  places: Place[]
  /** The village that new records go to. */
  home: Area
}

export type Life =
  /** Another tab holds the phone. */
  | { is: 'elsewhere' }
  /** Nobody has enrolled it. */
  | { is: 'fresh' }
  /** Enrolled, no PIN yet: the code is used up, so this step comes back until it is done. */
  | { is: 'unowned'; name: string }
  /** `wait_s`: so long no PIN is tried; `blocked`: only a code from the PLKB helps. */
  | { is: 'locked'; owners: Owner[]; wait_s: number; tries_left: number; blocked: boolean }
  | { is: 'open'; me: Me; practice: boolean }
  /** What is stored cannot be read. It was set aside, not deleted. `unsent`: sealed already, and sent all the same. */
  | { is: 'unreadable'; why: string; set_aside: string; unsent: number }
  /** Withdrawn by the office. `unsent` > 0: kept until it is sent. */
  | { is: 'withdrawn'; unsent: number }

/** Why something was not done: for people, in both languages. `code` of the server's table, or of the app. */
export interface Refusal {
  refused: { code: string; message: Label; retry_after_s?: number }
}
export type Outcome<T> = T | Refusal
