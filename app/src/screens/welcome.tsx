/**
 * The first day: language, what this is, the code of the PLKB, the first PIN.
 *
 * The rule this module protects: *nothing is asked that the phone could know*: a code, a PIN, and she is at
 * work.
 */
import { useState } from 'preact/hooks'
import { go, route } from '../route'
import { life, phone } from '../state'
import { Art, type ArtName } from '../ui/art'
import { Segmented } from '../ui/choices'
import { Button } from '../ui/parts'
import { enter, Screen } from '../ui/screen'
import { lang, speak, words, type Lang } from '../words/words'
import { codeIn, CodeInput } from './code_input'
import { NewPin } from './new_pin'
import { useTried } from './tried'

const arts: ArtName[] = ['book', 'letter', 'rest']

export function LanguageChoice() {
  return (
    <Segmented<Lang>
      label="Bahasa / Language"
      value={lang.value}
      options={[
        { value: 'id', text: 'Bahasa Indonesia' },
        { value: 'en', text: 'English' },
      ]}
      onChange={speak}
    />
  )
}

function Hello(props: { onStart: () => void }) {
  const w = words.value.welcome
  return (
    <Screen
      title={w.title}
      bare
      hero={
        <div class="cover centre">
          <span class="medal large">
            <Art name="barn" size={5.5} />
          </span>
          <h1>{w.title}</h1>
          <p>{w.lead}</p>
        </div>
      }
      action={
        <Button look="main" onPress={props.onStart}>
          {w.start}
        </Button>
      }
    >
      <LanguageChoice />
      <div class="stack">
        {w.steps.map((step, i) => (
          <div class="step">
            <span class="step-art">
              <Art name={arts[i] ?? 'book'} size={2.5} />
            </span>
            <div>
              <h2>{step.title}</h2>
              <p class="soft">{step.text}</p>
            </div>
          </div>
        ))}
      </div>
      {/* Before any code is there: at a training, or out of curiosity. */}
      <Button wide icon="practice" onPress={() => void enter(phone.practise())}>
        {words.value.more.practiceStart}
      </Button>
      <p class="soft small">{words.value.more.practiceText}</p>
    </Screen>
  )
}

/** A link of the PLKB may bring the code along: `#kode=...` */
function broughtCode(): string | null {
  return codeIn(location.hash.startsWith('#kode=') ? location.hash : (route.value.query.get('kode') ?? ''))
}

function Code() {
  const w = words.value.welcome
  const [code, setCode] = useState<string | null>(broughtCode)
  const [label, setLabel] = useState('')
  const { busy, wrong, setWrong, tried } = useTried()
  const join = () => {
    if (!code) return
    setWrong(undefined)
    void tried(phone.enrol(code, label.trim()), (next) => {
      life.value = next
    })
  }
  return (
    <Screen
      title={w.codeTitle}
      parent="/"
      bare
      action={
        <Button look="main" disabled={!code} busy={busy} onPress={join}>
          {busy ? w.joining : w.join}
        </Button>
      }
    >
      <p class="soft">{w.codeLead}</p>
      <CodeInput onCode={setCode} />
      {wrong && (
        <p class="error" role="alert">
          {wrong}
        </p>
      )}
      <label class="stack tight">
        <span class="label" style="margin:0">
          {w.label} ({words.value.app.optional})
        </span>
        <input
          class="input"
          value={label}
          placeholder={w.labelHint}
          maxLength={40}
          autocomplete="off"
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
      </label>
      <p class="soft small">{w.signal}</p>
    </Screen>
  )
}

export function Welcome() {
  const here = route.value.path[0] === 'masuk' || broughtCode() !== null
  return here ? <Code /> : <Hello onStart={() => go('/masuk')} />
}

/** After enrolling, until it is done: the code is used up, so this comes back. */
export function FirstPin(props: { name: string }) {
  const w = words.value.welcome
  const { busy, wrong, tried } = useTried()
  const own = (pin: string) =>
    void tried(phone.own(pin), (next) => {
      go('/', true)
      life.value = next
    })
  return (
    <Screen title={w.pinTitle} bare>
      <p class="soft">{w.pinLead(props.name)}</p>
      <NewPin busy={busy} says={wrong} onPin={own} />
    </Screen>
  )
}
