/**
 * What every widget is given.
 *
 * The rule this module protects: *a widget knows one value and tells of one value*; whose it is, is the
 * question's business.
 */

import type { Json } from '../../phone/contract'
import type { Desk } from '../desk'
import type { Spec } from '../values'

export interface WidgetProps {
  desk: Desk
  spec: Spec
  /** Unique in the page; the first input carries it, so that a link can go there. */
  id: string
  /** Ids of the elements that name and describe it. */
  labelled: string
  described: string
  value: Json
  /** An answer is expected: nothing to empty it with. */
  demanded?: boolean
  /** Whole at once. */
  onAnswer: (value: Json) => void
  /** Still being written. */
  onWrite: (value: Json) => void
}
