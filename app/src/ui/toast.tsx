/**
 * The toast: one sentence about what just happened.
 *
 * The rule this module protects: *nothing is asked here*: it is read aloud, it goes by itself, and it hides
 * no button.
 */
import { signal } from '@preact/signals'
import { Icon, type IconName } from './icon'

const SHOWN_MS = 4500
const shown = signal<{ key: number; text: string; icon: IconName }[]>([])
let key = 0

export function toast(text: string, icon: IconName = 'check'): void {
  const mine = (key += 1)
  shown.value = [...shown.value, { key: mine, text, icon }].slice(-2)
  setTimeout(() => {
    shown.value = shown.value.filter((one) => one.key !== mine)
  }, SHOWN_MS)
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map(({ key, text, icon }) => (
        <div class="toast" key={key}>
          <Icon name={icon} size={20} />
          <span>{text}</span>
        </div>
      ))}
    </div>
  )
}
