/**
 * Choosing a PIN: typed twice, and not one that everybody tries first.
 *
 * The rule this module protects: *a PIN is what stands between a lost phone and the families on it*.
 */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { isEasy } from '../phone/pin'
import { PinPad } from '../ui/pin_pad'
import { words } from '../words/words'

export function NewPin(props: { busy?: boolean; says?: ComponentChildren; onPin: (pin: string) => void }) {
  const w = words.value.welcome
  const [first, setFirst] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const done = (pin: string) => {
    setWrong(null)
    if (first === null) return isEasy(pin) ? setWrong(w.pinEasy) : setFirst(pin)
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
