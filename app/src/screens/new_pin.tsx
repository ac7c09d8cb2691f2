/**
 * Choosing a PIN: typed twice, and not one that everybody tries first.
 *
 * The rule this module protects: *a PIN is what stands between a lost phone and the families on it*.
 */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { PinPad } from '../ui/pin_pad'
import { words } from '../words/words'

/** One digit six times, or digits in a row. */
export function easy(pin: string): boolean {
  return /^(\d)\1+$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin)
}

export function NewPin(props: { busy?: boolean; says?: ComponentChildren; onPin: (pin: string) => void }) {
  const w = words.value.welcome
  const [first, setFirst] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const done = (pin: string) => {
    setWrong(null)
    if (first === null) return easy(pin) ? setWrong(w.pinEasy) : setFirst(pin)
    setFirst(null)
    if (pin === first) props.onPin(pin)
    else setWrong(w.pinDiffers)
  }
  const says = wrong ?? props.says ?? (first === null ? w.pinHint : w.pinAgain)
  return (
    <PinPad
      key={first === null ? 'first' : 'second'}
      label={first === null ? w.pinTitle : w.pinAgain}
      says={says}
      bad={wrong !== null || (props.says !== undefined && first === null)}
      busy={props.busy}
      onDone={done}
    />
  )
}
