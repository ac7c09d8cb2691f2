/**
 * A form: made from the schema, one short section after the other, the last one to check and save.
 *
 * The rule this module protects: *she can leave at any moment and finds everything again*: every answer goes
 * to the phone at once, and leaving asks nothing.
 */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Advice, Hit, Id, Json, Phone, Schema } from '../phone/contract'
import { said } from '../words/words'
import './forms.css'
import type { SayAdvice } from './advice'
import { useBackStep } from './back_step'
import { Desk } from './desk'
import { asked_sections, open_fields, sections_of } from './plan'
import { Ending } from './ending'
import { DoublesPanel } from './panels'
import { focus_field } from './question'
import { SavedScreen, type Done } from './saved'
import { SectionCards } from './section_cards'
import { Summary } from './summary'
import { help_of, load_texts } from './texts'
import { words } from './words'

export type { Done } from './saved'

export interface FormScreenProps {
  kind?: string
  given?: { [field: string]: Json }
  record?: Id
  draft?: string
  phone: Phone
  schema: Schema
  onDone: (done: Done) => void
  /** `toast`: what to say in passing, or nothing. */
  onLeave: (toast: string | null) => void
  /** Opens somebody who may be the same. */
  onOpen?: (hit: Hit) => void
  say_advice?: SayAdvice
}

const say_nothing = (_advice: Advice) => ({ title: '', text: '' })
const SUMMARY = 'summary'

export function FormScreen(props: FormScreenProps) {
  const { phone, schema, given = {}, say_advice = say_nothing, onLeave } = props
  const [desk] = useState(() => new Desk(phone, schema, given))
  const [saved, setSaved] = useState<Id | null>(null)
  useEffect(() => {
    void load_texts()
    void desk.open(props)
    const flush = () => void desk.flush()
    document.addEventListener('visibilitychange', flush)
    return () => {
      document.removeEventListener('visibilitychange', flush)
      // The back button, or a link above the form: she finds it among what is not finished.
      void desk.close(true)
    }
  }, [desk])
  if (saved !== null)
    return <SavedScreen desk={desk} record={saved} say_advice={say_advice} onDone={props.onDone} />
  if (!desk.state.value || !desk.kind()) {
    return (
      <main class="f-screen" aria-busy={desk.failed.value === null}>
        {desk.failed.value !== null && (
          <p class="f-error" role="alert">
            {words().open_failed}
          </p>
        )}
        {desk.failed.value !== null && (
          <button type="button" class="f-button" onClick={() => onLeave(null)}>
            {words().back}
          </button>
        )}
      </main>
    )
  }
  return <Steps {...props} desk={desk} say_advice={say_advice} onSaved={setSaved} />
}

type StepsProps = FormScreenProps & { desk: Desk; say_advice: SayAdvice; onSaved: (record: Id) => void }

function Steps({ desk, say_advice, onSaved, onLeave, onOpen }: StepsProps) {
  const state = desk.state.value!
  const kind = desk.kind()!
  const [at, setAt] = useState<string | null>(null)
  const [is_page, setPage] = useState(false)
  const [wanted, setWanted] = useState<{ field: string } | null>(null)
  const [has_help, setHelp] = useState(false)
  const all = useMemo(() => sections_of(kind), [kind])
  // As it was at first: a question must not move away under her thumb once it is answered.
  const open = useMemo(() => open_fields(kind.name, state.fields), [kind])
  const sections = asked_sections(all, new Map(state.fields.map((field) => [field.name, field])), open)
  const ids = [...sections.map((section) => section.id), SUMMARY]
  const step = Math.max(0, ids.indexOf(at ?? ids[0] ?? SUMMARY))
  const is_last = step === ids.length - 1
  const heading = useRef<HTMLHeadingElement>(null)
  const is_first_draw = useRef(true)
  useEffect(() => {
    if (wanted !== null) focus_field(wanted.field)
    else if (!is_first_draw.current) {
      window.scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    is_first_draw.current = false
  }, [step, is_page, wanted])
  const move = (by: number) => {
    void desk.flush()
    setWanted(null)
    if (step + by < 0 || is_page) void leave()
    else setAt(ids[step + by] ?? SUMMARY)
  }
  const go = (field: string) => {
    const home = sections.find((section) =>
      [...section.fields, ...section.more].some(({ name }) => name === field),
    )
    if (!home) return
    setWanted({ field })
    if (!is_page) setAt(home.id)
  }
  const release = useBackStep(is_page ? 0 : step, () => move(-1))
  const away = async (toast: string | null) => {
    await release()
    onLeave(toast)
  }
  const leave = async () => {
    await desk.close(true)
    await away(desk.has_typed ? words().draft_kept : null)
  }
  const help = help_of(kind.name)
  return (
    <main class="f-screen">
      <header class="f-head">
        <div class="f-head-line">
          <button type="button" class="f-icon-button" aria-label={words().close} onClick={() => void leave()}>
            ✕
          </button>
          <div class="f-about">
            <h1>{state.about?.title ?? said(kind.label)}</h1>
            <p>{state.about?.subtitle}</p>
          </div>
          {help && (
            <button
              type="button"
              class="f-icon-button"
              aria-label={words().help}
              aria-expanded={has_help}
              onClick={() => setHelp(!has_help)}>
              ?
            </button>
          )}
        </div>
        {!is_page && (
          <div class="f-progress">
            <span>{words().step(step + 1, ids.length)}</span>
            <span class="f-bar" aria-hidden="true">
              <i style={`width:${(100 * (step + 1)) / ids.length}%`} />
            </span>
          </div>
        )}
      </header>
      {has_help && help && <p class="f-panel f-help">{said(help)}</p>}
      {(is_page || step === 0) && (
        <button
          type="button"
          class="f-link f-view"
          onClick={() => {
            setWanted(null)
            setPage(!is_page)
          }}>
          {is_page ? words().step_by_step : words().all_on_page}
        </button>
      )}
      {sections.map(
        (section) =>
          (is_page || section.id === ids[step]) && (
            <section key={section.id} class="f-section" aria-labelledby={`s-${section.id}`}>
              <h2 id={`s-${section.id}`} ref={is_page ? undefined : heading} tabIndex={-1}>
                {said(section.title)}
              </h2>
              <SectionCards desk={desk} section={section} say_advice={say_advice} wanted={wanted} />
            </section>
          ),
      )}
      {(is_page || is_last) && (
        <section class="f-section" aria-labelledby="s-summary">
          <h2 id="s-summary" ref={is_page ? undefined : heading} tabIndex={-1}>
            {words().summary}
          </h2>
          <DoublesPanel desk={desk} onOpen={onOpen && ((hit) => void release().then(() => onOpen(hit)))} />
          <Summary desk={desk} sections={sections} say_advice={say_advice} onGo={go} />
        </section>
      )}
      {desk.failed.value?.field && (
        <p class="f-panel f-danger" role="alert">
          {words().not_kept}
        </p>
      )}
      {is_page || is_last ? (
        <Ending desk={desk} onSaved={onSaved} onBack={() => move(-1)} onLeave={(toast) => void away(toast)} />
      ) : (
        <nav class="f-foot">
          <button type="button" class="f-button" onClick={() => move(-1)}>
            {words().back}
          </button>
          <button type="button" class="f-button f-primary" onClick={() => move(1)}>
            {step === ids.length - 2 ? words().check : words().next}
          </button>
        </nav>
      )}
    </main>
  )
}
