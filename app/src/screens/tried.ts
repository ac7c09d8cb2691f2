/**
 * Something the phone may refuse: a PIN, a code.
 *
 * The rule this module protects: *she sees that it is under way, and of a refusal the words of the phone*.
 */
import { useState } from 'preact/hooks'
import type { Outcome } from '../phone/contract'
import { refused } from '../state'
import { said } from '../words/words'

/**
 * `wrong` is why it was refused last, until the screen takes it away. What follows (`done`, `failed`) is told
 * at once, so that no screen is drawn between the answer and what it leads to.
 */
export function useTried() {
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const tried = async <T>(answer: Promise<Outcome<T>>, done: (value: T) => void, failed?: () => void) => {
    setBusy(true)
    const outcome = await answer.finally(() => setBusy(false))
    if (!refused(outcome)) return done(outcome)
    setWrong(said(outcome.refused.message))
    failed?.()
  }
  return { busy, wrong, setWrong, tried }
}
