/**
 * The standing strip: how much is saved, how much was received, on every screen.
 *
 * The rule this module protects: *her notes are as certain as paper*. Green is said only when everything was
 * received.
 */
import type { Standing } from '../phone/contract'
import { life, standing } from '../state'
import { count, sinceDay } from '../words/format'
import { words } from '../words/words'
import { Icon, type IconName } from './icon'
import { Link } from './parts'

interface Strip {
  look: 'good' | 'wait' | 'bad'
  icon: IconName
  text: string
  turning?: boolean
}

export function stripOf(now: Standing): Strip {
  const w = words.value.strip
  const unsent = count(now.unsent)
  if (now.phase === 'refused') return { look: 'bad', icon: 'alert', text: w.refused }
  if (now.phase === 'receiving') return { look: 'good', icon: 'turn', text: w.receiving, turning: true }
  if (now.unsent === 0)
    return { look: 'good', icon: 'checks', text: w.all(count(now.saved), count(now.received)) }
  if (now.phase === 'sending') return { look: 'wait', icon: 'turn', text: w.sending(unsent), turning: true }
  if (now.phase === 'waiting') return { look: 'wait', icon: 'clock', text: w.waiting(unsent) }
  const since = now.unsent_since_s
  if (since !== null) {
    return {
      look: 'wait',
      icon: now.phase === 'no_signal' ? 'noSignal' : 'upload',
      text: w.unsent(unsent, sinceDay(since)),
    }
  }
  return { look: 'wait', icon: 'noSignal', text: w.noSignal(unsent) }
}

export function StandingStrip() {
  const now = standing.value
  if (!now) return <div class="strip good" aria-hidden="true" />
  const practice = life.value?.is === 'open' && life.value.practice
  const strip: Strip = practice
    ? { look: 'good', icon: 'practice', text: words.value.strip.practice(count(now.saved)) }
    : stripOf(now)
  return (
    <Link to="/kirim" class={`strip ${strip.look}`}>
      <Icon name={strip.icon} size={19} class={strip.turning ? 'turn' : undefined} />
      <span>
        {strip.text}
        <span class="hidden-but-said">. {words.value.strip.open}</span>
      </span>
      <Icon name="chevron" size={16} />
    </Link>
  )
}
