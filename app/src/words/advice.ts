/**
 * The words for an advice or a notice of the phone.
 *
 * The rule this module protects: *there are always words*: for a name that this version does not know it
 * says where to ask, and no figure stands in them raw.
 */
import type { Advice, Notice } from '../phone/contract'
import type { Said, Values } from './advice_id'
import { decimal, fullDay } from './format'
import { words } from './words'

function readable(values: Values): Values {
  const found: Values = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') found[name] = value
    else if (/^\d{4}-\d\d-\d\d$/.test(value)) found[name] = fullDay(value)
    else found[name] = /^-?\d+\.\d+$/.test(value) ? decimal(value) : value
  }
  return found
}

export function adviceSaid(advice: Pick<Advice, 'words' | 'values'>): Said {
  const { said, fallback } = words.value.advice
  return said[advice.words]?.(readable(advice.values)) ?? fallback
}

export function noticeSaid(notice: Notice): { title: string; text: string } {
  return words.value.notices[notice.words](readable(notice.values))
}
