/**
 * Hints and help, loaded beside the forms: they are long, and a form works before they are here.
 *
 * The rule this module protects: *a text that has not come yet holds nothing up*.
 */

import { signal } from '@preact/signals'
import type { Label } from '../phone/contract'

interface Texts {
  hints: { [field: string]: Label }
  help: { [kind: string]: Label }
}

const texts = signal<Texts>({ hints: {}, help: {} })

/** Once, when the first form opens. */
export async function load_texts(): Promise<void> {
  if (Object.keys(texts.value.hints).length > 0) return
  const [{ HINTS }, { HELP }] = await Promise.all([import('./hints'), import('./help')])
  texts.value = { hints: HINTS, help: HELP }
}

/** `kind.field`; a field of the same name in another kind does not share it. */
export function hint_of(field: string): Label | undefined {
  return texts.value.hints[field]
}

export function help_of(kind: string): Label | undefined {
  return texts.value.help[kind]
}
