/** Forms that are open in front of her. See `../contract.ts`. */

import type { Area, Day, Id, Json, Label } from './base'
import type { Advice, Double } from './shown'

export interface FieldState {
  name: string
  /** The form asks for it now: its condition holds, and it is typed by people. */
  asked: boolean
  /** Left empty it is kept and flagged, never refused. */
  demanded: boolean
  value: Json
  source: 'typed' | 'recorded' | 'derived' | 'none'
  /** Worth an "are you sure?": names in `Schema.flags`. */
  flags: { flag: string; element: string | null; part: string | null }[]
  /** Outside what can be true: the server would hold it. Say so while she can mend it. */
  refused: Label | null
  /** Two people saw different things here. */
  others: { value: Json; author: string | null; day: Day }[]
}

export interface FormState {
  form: number
  kind: string
  /** Null: a new record. */
  record: Id | null
  area: Area
  /** Whom or what it is about, for the heading. */
  about: { title: string; subtitle: string } | null
  fields: FieldState[]
  advice: Advice[]
  doubles: Double[]
  /** Demanded fields that are empty. */
  missing: string[]
}

export interface Draft {
  draft: string
  kind: string
  record: Id | null
  about: { title: string; subtitle: string } | null
  at_s: number
}

export interface Saved {
  saved: { record: Id; dot: string }
}

/** Somebody else saved meanwhile: what stands there now, to be shown first. */
export interface Stale {
  stale: { field: string; element: string | null; value: Json; author: string | null }[]
}
