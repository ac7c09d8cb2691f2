/**
 * Where a form is filled in: lends it the phone, the schema and the words of advice.
 *
 * The rule this module protects: *the forms know nothing of screens*: where one goes afterwards is decided
 * here.
 */
import { FormScreen, type Done } from '../forms/form_screen'
import type { Hit, Json } from '../phone/contract'
import { address, back, given, go } from '../route'
import { phone, useAsked } from '../state'
import { Skeletons } from '../ui/parts'
import { Screen } from '../ui/screen'
import { StandingStrip } from '../ui/strip'
import { toast } from '../ui/toast'
import { adviceSaid } from '../words/advice'
import { words } from '../words/words'
import { episodeOf } from './family'

export interface Opening {
  kind?: string
  given?: { [field: string]: Json }
  record?: string
  draft?: string
}

/** What a record of this kind belongs to: where there is only one, she is not asked which. */
const PARENTS: { [kind: string]: [string, string] } = {
  meal_session: ['kitchen_id', 'dashat_kitchen'],
  dashat_kitchen: ['kampung_kb_id', 'kampung_kb'],
  kampung_kb_activity: ['kampung_kb_id', 'kampung_kb'],
  uppka_sale: ['group_id', 'uppka_group'],
}

async function known({ kind = '', given = {} }: Opening): Promise<{ [field: string]: Json }> {
  if (kind === 'visit') return knownOfVisit(given)
  if (kind === 'member' && typeof given.household_id === 'string') {
    // Whoever is registered first is nearly always the head, whose name was just written.
    const { members, head } = await phone.family(given.household_id)
    return members.length === 0 && head ? { ...given, full_name: head, relationship: 'head' } : given
  }
  const [field, parent] = PARENTS[kind] ?? []
  if (!field || !parent || given[field]) return given
  const [only, another] = await phone.rows(parent)
  return only && !another ? { ...given, [field]: only.id } : given
}

/** It belongs to the pregnancy or the couple of whom it is about. */
async function knownOfVisit(given: { [field: string]: Json }): Promise<{ [field: string]: Json }> {
  const subject = given.subject_id
  if (typeof subject !== 'string') return given
  const person = await phone.person(subject)
  const group = given.target_group
  const weeks = group === 'pregnant' ? person.pregnancy?.weeks : null
  return { ...given, ...episodeOf(person, group), ...(weeks ? { pregnant_gest_age_weeks: weeks } : {}) }
}

export default function FormHost(props: Opening) {
  const ready = useAsked(async () => {
    const [schema, given] = await Promise.all([phone.schema(), known(props).catch(() => props.given ?? {})])
    return { schema, given }
  }, [])
  if (!ready.value)
    return (
      <Screen title={words.value.app.name} parent="/">
        <Skeletons />
      </Screen>
    )

  const done = async ({ record, kind, then }: Done) => {
    if (then === 'again') {
      const household = kind === 'member' ? props.given?.household_id : undefined
      const next = given(kind, typeof household === 'string' ? { household_id: household } : {})
      // The same address would be no other form: the third sale in a row stood before a finished one.
      return go(`${next}&after=${record}`, true)
    }
    if (then === 'member') return go(given('member', { household_id: record }), true)
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
        phone={phone}
        given={ready.value.given}
        schema={ready.value.schema}
        say_advice={adviceSaid}
        onDone={(end: Done) => void done(end)}
        onLeave={(said: string | null) => {
          if (said) toast(said, 'save')
          back('/')
        }}
        onOpen={(hit: Hit) => go(address(hit.is === 'person' ? 'orang' : 'keluarga', hit.id), true)}
      />
    </>
  )
}
