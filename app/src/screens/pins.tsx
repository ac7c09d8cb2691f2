/**
 * PINs of those who use this phone: changing one's own, and a colleague's first.
 *
 * The rule this module protects: *a colleague types her PIN herself*, on a screen that carries her name.
 */
import { useState } from 'preact/hooks'
import type { Life, Owner } from '../phone/contract'
import { back } from '../route'
import { life, phone, useAsked } from '../state'
import { Empty, Failed } from '../ui/empty'
import { Avatar, Card, Row, Skeletons } from '../ui/parts'
import { PinPad } from '../ui/pin_pad'
import { Screen } from '../ui/screen'
import { toast } from '../ui/toast'
import { words } from '../words/words'
import { NewPin } from './new_pin'
import { useTried } from './tried'

export function ChangePinScreen() {
  const w = words.value.more
  const [old, setOld] = useState<string | null>(null)
  const { busy, wrong, tried } = useTried()
  const change = (pin: string) => {
    if (old === null) return
    const done = (next: Life) => {
      life.value = next
      toast(w.pinDone, 'key')
      back('/lainnya')
    }
    const failed = async () => {
      setOld(null)
      life.value = await phone.life()
    }
    void tried(phone.change_pin(old, pin), done, failed)
  }
  return (
    <Screen title={old === null ? w.pinOld : w.pinNew} parent="/lainnya">
      {old === null ? (
        <PinPad label={w.pinOld} says={wrong ?? w.pinOld} bad={wrong !== undefined} onDone={setOld} />
      ) : (
        <NewPin busy={busy} onPin={change} />
      )}
    </Screen>
  )
}

export function ColleagueScreen() {
  const w = words.value.more
  const asked = useAsked(() => phone.colleagues(), [])
  const [chosen, setChosen] = useState<Owner | null>(null)
  const { busy, wrong, tried } = useTried()
  const add = (owner: Owner, pin: string) =>
    void tried(phone.add_owner(owner.author, pin), (next) => {
      toast(w.colleagueDone(owner.name), 'people')
      back('/lainnya')
      life.value = next
    })
  return (
    <Screen title={chosen ? w.colleaguePin(chosen.name) : w.colleague} parent="/lainnya">
      {chosen ? (
        <NewPin busy={busy} says={wrong} onPin={(pin) => add(chosen, pin)} />
      ) : (
        <>
          <p class="soft">{w.colleagueText}</p>
          {asked.failed && <Failed again={asked.again} />}
          {!asked.value && !asked.failed && <Skeletons heights={[8]} />}
          {asked.value?.length === 0 && (
            <Empty art="family" title={w.colleagueNone} text={w.colleagueNoneText} />
          )}
          {asked.value && asked.value.length > 0 && (
            <Card look="flush">
              {asked.value.map((one) => (
                <Row
                  key={one.author}
                  before={<Avatar name={one.name} group="baduta" />}
                  name={one.name}
                  onPress={() => setChosen(one)}
                />
              ))}
            </Card>
          )}
        </>
      )}
    </Screen>
  )
}
