/**
 * The back button of Android in a form: one step back, and only from the first step out of it.
 *
 * The rule this module protects: *back never costs more than a step*. While she is beyond the first step there is one
 * layer above the form; when it is taken away she is a step back, and another is laid.
 */

import { useEffect, useRef } from 'preact/hooks'
import { lay } from '../route'

/** Returns what takes the layer away, for whoever leaves the form by another way. */
export function useBackStep(step: number, onBack: () => void): () => Promise<void> {
  const undo = useRef<(() => void) | null>(null)
  const released = useRef<(() => void) | null>(null)
  const latest = useRef({ step, onBack })
  latest.current = { step, onBack }
  const release = () =>
    new Promise<void>((done) => {
      if (undo.current === null) return done()
      released.current = done
      undo.current()
    })
  useEffect(() => {
    if (step === 0) return void release()
    if (undo.current !== null) return
    undo.current = lay(() => {
      undo.current = null
      const done = released.current
      released.current = null
      if (done) done()
      else if (latest.current.step > 0) latest.current.onBack()
    })
  }, [step])
  useEffect(() => () => void release(), [])
  return release
}
