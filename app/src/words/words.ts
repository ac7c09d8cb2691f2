/**
 * Which language is spoken, and its dictionary.
 *
 * The rule this module protects: *Bahasa Indonesia first*: it is what a new phone speaks, and the dictionary
 * whose shape the English one must have, so that a missing word is an error of the compiler.
 */
import { computed, signal } from '@preact/signals'
import type { Label } from '../phone/contract'
import { keep } from '../state'
import { en } from './en'
import { id } from './id'

export type Lang = 'id' | 'en'

function chosen(): Lang {
  try {
    return localStorage.getItem('lumbung.lang') === 'en' ? 'en' : 'id'
  } catch {
    return 'id'
  }
}

export const lang = signal<Lang>(chosen())
export const words = computed(() => (lang.value === 'id' ? id : en))

export function speak(next: Lang): void {
  lang.value = next
  keep('lumbung.lang', next)
  document.documentElement.lang = next
}

/** A label of the schema or a refusal, in the language that is spoken. */
export function said(label: Label): string {
  return label[lang.value]
}
