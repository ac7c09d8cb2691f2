/**
 * The PIN pad: six digits with one thumb, or with a keyboard.
 *
 * The rule this module protects: *digits are never shown*, not even for a moment: only how many there are.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../words/words'
import { Icon } from './icon'

export const PIN_DIGITS = 6

export function PinPad(props: {
  label: string
  /** What went wrong, or what is waited for. */
  says?: ComponentChildren
  bad?: boolean
  busy?: boolean
  disabled?: boolean
  onDone: (pin: string) => void
}) {
  const [pin, setPin] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const off = props.busy || props.disabled
  const w = words.value.unlock
  useEffect(() => box.current?.focus({ preventScroll: true }), [])

  const press = (digit: string) => {
    if (off || pin.length >= PIN_DIGITS) return
    const next = pin + digit
    if (next.length < PIN_DIGITS) return setPin(next)
    setPin('')
    props.onDone(next)
  }
  const erase = () => setPin(pin.slice(0, -1))
  const keys = (event: KeyboardEvent) => {
    if (/^\d$/.test(event.key)) press(event.key)
    else if (event.key === 'Backspace') erase()
  }
  const filled = props.busy ? PIN_DIGITS : pin.length
  const key = (digit: string) => (
    <button type="button" key={digit} disabled={off} onClick={() => press(digit)}>
      {digit}
    </button>
  )
  return (
    <div class="pin" role="group" aria-label={props.label} tabIndex={-1} ref={box} onKeyDown={keys}>
      <div class="dots" aria-hidden="true">
        {Array.from({ length: PIN_DIGITS }, (_, i) => (
          <i class={i < filled ? 'on' : ''} />
        ))}
      </div>
      <span class="hidden-but-said" role="status">
        {w.digits(filled)}
      </span>
      <p class={`pin-says ${props.bad ? 'error' : 'soft'}`} role={props.bad ? 'alert' : undefined}>
        {props.says}
      </p>
      <div class="keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
        <span />
        {key('0')}
        <button type="button" class="clear" aria-label={w.erase} disabled={off || pin === ''} onClick={erase}>
          <Icon name="erase" size={26} />
        </button>
      </div>
    </div>
  )
}
