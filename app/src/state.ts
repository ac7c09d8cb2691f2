/**
 * What the screens stand on: the phone, its life, its standing, and the few settings of this device.
 *
 * The rule this module protects: *one copy of each truth*. The phone tells, signals repeat it, screens read
 * signals.
 */
import { signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { Life, News, Outcome, Phone, Refusal, Standing } from './phone/contract'

/** A live binding: set once by `begin`, before anything is drawn. */
export let phone: Phone

export const life = signal<Life | null>(null)
/** The phone did not start: most likely its files have not come whole. */
export const stuck = signal(false)
export const standing = signal<Standing | null>(null)
/** Goes up when records changed: whoever shows records asks again. */
export const records = signal(0)

export async function begin(given: Phone, on: (listener: (news: News) => void) => void): Promise<void> {
  phone = given
  on((news) => {
    if (news.news === 'life') life.value = news.life
    else if (news.news === 'standing') standing.value = news.standing
    else records.value += 1
  })
  try {
    life.value = await phone.life()
  } catch {
    stuck.value = true
    return
  }
  // A phone that is held elsewhere, or cannot be read, has no standing to tell.
  standing.value = await phone.standing().catch(() => null)
}

export function refused<T>(outcome: Outcome<T>): outcome is Refusal {
  return typeof outcome === 'object' && outcome !== null && 'refused' in outcome
}

export interface Asked<T> {
  value: T | null
  failed: boolean
  again(): void
}

/**
 * Asks the phone, and asks again when records change. What was shown stays until the new answer is there, so
 * that a list does not blink; with other `keys` it is another question and starts empty.
 */
export function useAsked<T>(ask: () => Promise<T>, keys: readonly unknown[]): Asked<T> {
  const key = JSON.stringify(keys)
  const [answer, setAnswer] = useState<{ key: string; value: T | null; failed: boolean }>()
  const [round, setRound] = useState(0)
  const changed = records.value
  // Before anything is painted: the phone looks it up meanwhile.
  useLayoutEffect(() => {
    let wanted = true
    ask().then(
      (value) => wanted && setAnswer({ key, value, failed: false }),
      () => wanted && setAnswer({ key, value: null, failed: true }),
    )
    return () => {
      wanted = false
    }
  }, [key, round, changed])
  const mine = answer?.key === key ? answer : undefined
  return { value: mine?.value ?? null, failed: mine?.failed ?? false, again: () => setRound(round + 1) }
}

/**
 * `false` at first, `true` once that was painted: rows beyond the lower edge of the screen wait so long, for on a
 * cheap phone thirty rows take longer to draw than to find.
 */
export function usePainted(): boolean {
  const [painted, setPainted] = useState(false)
  useEffect(() => setPainted(true), [])
  return painted
}

// --- settings of this device --------------------------------------------------------------------------------------

export type TextSize = 0 | 1 | 2

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing still works: the choice holds until the app is closed.
  }
}

export const textSize = signal<TextSize>((Number(kept('lumbung.text')) % 3 || 0) as TextSize)

export function setTextSize(size: TextSize): void {
  textSize.value = size
  keep('lumbung.text', String(size))
  document.documentElement.dataset.text = String(size)
}
