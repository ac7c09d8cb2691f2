/**
 * Where a form is filled in: lends it the phone, the schema, the language and the words of advice.
 *
 * The rule this module protects: *the forms know nothing of screens*: where one goes afterwards is decided
 * here.
 */
import { FormScreen, type Done } from '../forms/form_screen'
import { lang as formLang } from '../forms/words'
import type { Hit, Json } from '../phone/contract'
import { address, back, go } from '../route'
import { phone, useAsked } from '../state'
import { Skeletons } from '../ui/parts'
import { Screen } from '../ui/screen'
import { StandingStrip } from '../ui/strip'
import { toast } from '../ui/toast'
import { adviceSaid } from '../words/advice'
import { lang, words } from '../words/words'
import { episodeOf, given } from './family'

export interface Opening {
  kind?: string
  given?: { [field: string]: Json }
  record?: string
  draft?: string
}

export default function FormHost(props: Opening) {
  const schema = useAsked(() => phone.schema(), [])
  const { kind, given: known } = props
  const subject = kind === 'visit' && typeof known?.subject_id === 'string' ? known.subject_id : null
  const person = useAsked(async () => (subject === null ? null : await phone.person(subject)), [subject])
  formLang.value = lang.value
  if (!schema.value || (subject !== null && !person.value && !person.failed))
    return (
      <Screen title={words.value.app.name} parent="/">
        <Skeletons />
      </Screen>
    )

  const done = async ({ record, kind, then }: Done) => {
    if (then === 'again') return go(given(kind, {}), true)
    if (then === 'same_family') {
      const household = props.given?.household_id
      if (typeof household === 'string') return go(address('keluarga', household), true)
    }
    if (kind === 'household' && props.record === undefined) return go(address('keluarga', record), true)
    back('/')
  }
  return (
    <>
      <header>
        <StandingStrip />
      </header>
      <FormScreen
        {...props}
        given={person.value ? { ...known, ...episodeOf(person.value, known?.target_group) } : known}
        phone={phone}
        schema={schema.value}
        say_advice={(advice) => {
          const { title, text } = adviceSaid(advice)
          return `${title}. ${text}`
        }}
        onDone={(end: Done) => void done(end)}
        onLeave={(said: string | null) => {
          if (said) toast(said, 'save')
          back('/')
        }}
        // In the form's place: back must not come to an empty one.
        onOpen={(hit: Hit) => go(address(hit.is === 'person' ? 'orang' : 'keluarga', hit.id), true)}
      />
    </>
  )
}
