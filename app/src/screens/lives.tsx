/**
 * The states in which nothing can be written: open elsewhere, unreadable, withdrawn, and the moment before
 * it is known.
 *
 * The rule this module protects: *what became of her notes is the first thing said*.
 */
import { useState } from 'preact/hooks'
import type { Life } from '../phone/contract'
import { go } from '../route'
import { life, phone } from '../state'
import { Art, type ArtName } from '../ui/art'
import { Button } from '../ui/parts'
import { Screen } from '../ui/screen'
import { count } from '../words/format'
import { words } from '../words/words'

function Said(props: {
  art: ArtName
  title: string
  text: string
  more?: string
  action?: preact.ComponentChild
}) {
  return (
    <Screen title={words.value.app.name} bare action={props.action}>
      <div class="centre said">
        <Art name={props.art} size={8} />
        <h2>{props.title}</h2>
        <p>{props.text}</p>
        {props.more && <p class="soft">{props.more}</p>}
      </div>
    </Screen>
  )
}

export function Stuck() {
  const w = words.value
  return (
    <Said
      art="search"
      title={w.life.stuck}
      text={w.life.stuckText}
      action={
        <Button look="main" icon="turn" onPress={() => location.reload()}>
          {w.app.again}
        </Button>
      }
    />
  )
}

export function Elsewhere() {
  const w = words.value.life
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    life.value = await phone.take_over()
    setBusy(false)
  }
  return (
    <Said
      art="barn"
      title={w.elsewhere}
      text={w.elsewhereText}
      action={
        <Button look="main" busy={busy} onPress={() => void take()}>
          {w.takeOver}
        </Button>
      }
    />
  )
}

export function Unreadable(props: { life: Extract<Life, { is: 'unreadable' }> }) {
  const w = words.value.life
  const { set_aside, unsent } = props.life
  return (
    <Said
      art="search"
      title={w.unreadable}
      text={unsent > 0 ? `${w.unreadableText} ${w.unreadableUnsent(count(unsent))}` : w.unreadableText}
      more={`${w.setAside}: ${set_aside}`}
      action={
        <Button look="main" onPress={() => go('/masuk')}>
          {w.newCode}
        </Button>
      }
    />
  )
}

export function Withdrawn(props: { life: Extract<Life, { is: 'withdrawn' }> }) {
  const w = words.value.life
  const { unsent } = props.life
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    await phone.sync().catch(() => undefined)
    life.value = await phone.life()
    setBusy(false)
  }
  return (
    <Said
      art="door"
      title={w.withdrawn}
      text={w.withdrawnText}
      more={unsent > 0 ? w.withdrawnUnsent(count(unsent)) : w.withdrawnEmpty}
      action={
        unsent > 0 && (
          <Button look="main" icon="upload" busy={busy} onPress={() => void send()}>
            {words.value.sending.now}
          </Button>
        )
      }
    />
  )
}
