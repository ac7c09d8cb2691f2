/**
 * What the forms say around the questions, in both languages.
 *
 * The rule this module protects: *nothing is said to a kader in one language only*. The questions themselves
 * are labels of the schema.
 */

import { lang } from '../words/words'
import { en } from './words_en'
import { id, type Words } from './words_id'

/** The words of now. Read inside a component, it is drawn again when the language changes. */
export function words(): Words {
  return lang.value === 'id' ? id : en
}

export function unit_words(unit: string): string {
  return words().units[unit] ?? unit
}
