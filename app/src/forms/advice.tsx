/**
 * What a good colleague would say about the answers, as cards.
 *
 * The rule this module protects: *weight is said by an icon and, read aloud, a word, not by colour alone*.
 */

import type { Advice } from '../phone/contract'
import { lang } from '../words/words'

/** The dictionary of advice belongs to the app; the shell lends it. */
export type SayAdvice = (advice: Advice) => { title: string; text: string }

/** The gravest first. */
const WEIGHTS: { [weight in Advice['weight']]: { icon: string; id: string; en: string } } = {
  danger: { icon: '!', id: 'Bahaya', en: 'Danger' },
  refer: { icon: '→', id: 'Perlu dirujuk', en: 'To be referred' },
  measure_again: { icon: '↻', id: 'Ukur lagi', en: 'Measure again' },
  watch: { icon: '◉', id: 'Perhatikan', en: 'Keep an eye on it' },
  good: { icon: '✓', id: 'Bagus', en: 'Good' },
  info: { icon: 'i', id: 'Info', en: 'Note' },
}

export function AdviceCards({ advice, say_advice }: { advice: Advice[]; say_advice: SayAdvice }) {
  if (advice.length === 0) return null
  const order = Object.keys(WEIGHTS)
  const sorted = [...advice].sort((one, other) => order.indexOf(one.weight) - order.indexOf(other.weight))
  return (
    <ul class="f-advice">
      {sorted.map((one) => {
        const weight = WEIGHTS[one.weight]
        const { title, text } = say_advice(one)
        return (
          <li key={`${one.words}${one.field ?? ''}`} class={`f-advice-${one.weight}`}>
            <span class="f-icon" role="img" aria-label={weight[lang.value]}>
              {weight.icon}
            </span>
            <span>
              <b>{title}</b>
              <br />
              {text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
