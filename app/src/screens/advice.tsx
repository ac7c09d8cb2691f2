/**
 * Advice: what a good colleague would say, and how it can be told to the mother.
 *
 * The rule this module protects: *advice nobody has words for is still shown*, in a sentence that is safe, and
 * what is urgent is never folded away.
 */
import { useState } from 'preact/hooks'
import type { Advice } from '../phone/contract'
import { Icon, type IconName } from '../ui/icon'
import { Button, Card, Section } from '../ui/parts'
import { adviceSaid } from '../words/advice'
import { words } from '../words/words'

/** So many are read at a doorstep. */
const SHOWN = 2

const looks: Record<Advice['weight'], { look: 'danger' | 'watch' | 'good' | undefined; icon: IconName }> = {
  danger: { look: 'danger', icon: 'alert' },
  refer: { look: 'watch', icon: 'heart' },
  measure_again: { look: 'watch', icon: 'turn' },
  watch: { look: 'watch', icon: 'info' },
  good: { look: 'good', icon: 'check' },
  info: { look: undefined, icon: 'info' },
}

export function AdviceCard(props: { advice: Advice }) {
  const { weight } = props.advice
  const { title, text, say_to_mother } = adviceSaid(props.advice)
  const { look, icon } = looks[weight]
  return (
    <Card look={look}>
      <div class="step">
        <Icon name={icon} class={weight === 'danger' ? 'late-ink' : undefined} />
        <div>
          <h3>{title}</h3>
          <p class="soft">{text}</p>
        </div>
      </div>
      {say_to_mother && (
        <div class="quote">
          <span class="small">{words.value.person.sayToMother}:</span>
          <p>“{say_to_mother}”</p>
        </div>
      )}
    </Card>
  )
}

export function AdviceList(props: { advice: Advice[] }) {
  const [all, setAll] = useState(false)
  // That there are figures is seen from the figures.
  const told = props.advice.filter((one) => one.words !== 'growth_result')
  if (told.length === 0) return null
  const urgent = told.filter(({ weight }) => weight === 'danger' || weight === 'refer').length
  const shown = all ? told : told.slice(0, Math.max(SHOWN, urgent))
  return (
    <Section title={words.value.person.advice}>
      <div class="stack">
        {shown.map((one) => (
          <AdviceCard key={one.words} advice={one} />
        ))}
        {shown.length < told.length && (
          <Button wide onPress={() => setAll(true)}>
            {words.value.today.moreDue(told.length - shown.length)}
          </Button>
        )}
      </div>
    </Section>
  )
}
