/**
 * Who is using the phone, and her PIN.
 *
 * The rule this module protects: *a wrong PIN never costs a note*: it says how many tries are left, how long
 * to wait, and that a code of the PLKB helps.
 */
import { useEffect, useState } from 'preact/hooks'
import type { Id, Life, Owner } from '../phone/contract'
import { life, phone } from '../state'
import { Art } from '../ui/art'
import { Avatar, Button, Card, Row } from '../ui/parts'
import { PinPad } from '../ui/pin_pad'
import { Screen } from '../ui/screen'
import { Sheet } from '../ui/sheet'
import { waiting } from '../words/format'
import { words } from '../words/words'
import { CodeInput } from './code_input'
import { NewPin } from './new_pin'
import { useTried } from './tried'

type Locked = Extract<Life, { is: 'locked' }>
const TRIES = 5

/** Counts down from what the phone said; the phone decides again when it is over. */
function useWait(seconds: number): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    setLeft(seconds)
    if (seconds <= 0) return
    const end = Date.now() + seconds * 1000
    const timer = setInterval(async () => {
      const now = Math.max(0, (end - Date.now()) / 1000)
      setLeft(now)
      if (now > 0) return
      clearInterval(timer)
      life.value = await phone.life()
    }, 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}

function Forgotten(props: { author: Id; close: () => void }) {
  const w = words.value
  const [code, setCode] = useState<string | null>(null)
  const [entered, setEntered] = useState<string | null>(null)
  const { busy, wrong, tried } = useTried()
  const reset = (pin: string) => {
    if (!entered) return
    const done = (next: Life) => {
      props.close()
      life.value = next
    }
    void tried(phone.reset_pin(props.author, entered, pin), done, () => setEntered(null))
  }
  if (entered) return <NewPin busy={busy} onPin={reset} />
  return (
    <div class="stack">
      <p class="soft">{w.unlock.forgotLead}</p>
      <CodeInput onCode={setCode} />
      {wrong && (
        <p class="error" role="alert">
          {wrong}
        </p>
      )}
      <Button look="main" disabled={!code} onPress={() => setEntered(code)}>
        {w.app.next}
      </Button>
    </div>
  )
}

function ForgottenSheet(props: { author: Id; onClose: () => void }) {
  return (
    <Sheet title={words.value.unlock.forgotTitle} onClose={props.onClose}>
      {(close) => <Forgotten author={props.author} close={close} />}
    </Sheet>
  )
}

function Blocked(props: { owner: Owner; onForgot: () => void }) {
  const w = words.value.unlock
  return (
    <div class="centre">
      <Art name="door" />
      <h2>{w.blocked}</h2>
      <p class="soft">{w.blockedLead}</p>
      <Button look="main" onPress={props.onForgot}>
        {w.haveCode}
      </Button>
    </div>
  )
}

export function Unlock(props: { locked: Locked }) {
  const { owners, wait_s, tries_left, blocked } = props.locked
  const w = words.value
  const [chosen, setChosen] = useState<Owner | null>(null)
  const { busy, wrong, setWrong, tried } = useTried()
  const [forgot, setForgot] = useState(false)
  const left = useWait(wait_s)
  const owner = chosen ?? (owners.length === 1 ? owners[0] : null) ?? null

  if (!owner) {
    return (
      <Screen title={w.unlock.who} bare>
        <div class="centre">
          <Art name="barn" size={5} />
        </div>
        <Card look="flush">
          {owners.map((one) => (
            <Row
              key={one.author}
              before={<Avatar name={one.name} group="baduta" />}
              name={one.name}
              onPress={() => setChosen(one)}
            />
          ))}
        </Card>
      </Screen>
    )
  }

  const unlock = (pin: string) => {
    setWrong(undefined)
    const done = (next: Life) => {
      life.value = next
    }
    const failed = async () => {
      life.value = await phone.life()
    }
    void tried(phone.unlock(owner.author, pin), done, failed)
  }
  const says = busy
    ? w.unlock.checking
    : left > 0
      ? w.unlock.wait(waiting(left))
      : wrong
        ? tries_left < TRIES
          ? w.unlock.wrong(tries_left)
          : wrong
        : w.unlock.pin
  return (
    <Screen title={w.unlock.hello(owner.name)} bare>
      {blocked ? (
        <Blocked owner={owner} onForgot={() => setForgot(true)} />
      ) : (
        <>
          <div class="centre">
            <Avatar name={owner.name} group="baduta" large />
          </div>
          <PinPad
            label={w.unlock.pin}
            says={says}
            bad={!busy && (left > 0 || wrong !== undefined)}
            busy={busy}
            disabled={left > 0}
            onDone={unlock}
          />
          <div class="buttons">
            <Button look="plain" onPress={() => setForgot(true)}>
              {w.unlock.forgot}
            </Button>
            {owners.length > 1 && (
              <Button look="plain" onPress={() => setChosen(null)}>
                {w.unlock.other}
              </Button>
            )}
          </div>
        </>
      )}
      {forgot && <ForgottenSheet author={owner.author} onClose={() => setForgot(false)} />}
    </Screen>
  )
}
