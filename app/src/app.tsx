/**
 * The shell: which screen for which life of the phone, and for which address.
 *
 * The rule this module protects: *no screen with people on it is drawn unless the phone is open*.
 */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Json, Me } from './phone/contract'
import { route } from './route'
import { life, stuck } from './state'
import { ActivitiesScreen } from './screens/activities'
import { FamiliesScreen } from './screens/families'
import { FamilyScreen } from './screens/family'
import type { Opening } from './screens/form_host'
import { KitchenScreen } from './screens/kitchen'
import { Elsewhere, Stuck, Unreadable, Withdrawn } from './screens/lives'
import { AboutScreen, ContactScreen, MoreScreen } from './screens/more'
import { PersonScreen } from './screens/person'
import { ChangePinScreen, ColleagueScreen } from './screens/pins'
import { SendingScreen } from './screens/sending'
import { TodayScreen } from './screens/today'
import { Unlock } from './screens/unlock'
import { FirstPin, Welcome } from './screens/welcome'
import { Art } from './ui/art'
import { Empty } from './ui/empty'
import { Button, Skeletons } from './ui/parts'
import { Navigation, Screen } from './ui/screen'
import { Toasts } from './ui/toast'
import { words } from './words/words'

/** A screen that comes in a chunk of its own. */
function Lazy<P extends object>(props: { load: () => Promise<ComponentType<P>>; title: string; with: P }) {
  const [part, setPart] = useState<{ is: ComponentType<P> } | 'failed' | null>(null)
  useEffect(() => {
    props.load().then(
      (is) => setPart({ is }),
      () => setPart('failed'),
    )
  }, [])
  if (part && part !== 'failed') return <part.is {...props.with} />
  const w = words.value.app
  return (
    <Screen title={props.title} parent="/">
      {part === 'failed' ? (
        <Empty art="search" title={w.formMissing} text={w.dataUnchanged} />
      ) : (
        <Skeletons />
      )}
    </Screen>
  )
}

const form = () => import('./screens/form_host').then((module) => module.default)
const help = () => import('./screens/help').then((module) => module.HelpScreen)

function givenBy(text: string | null): { [field: string]: Json } {
  try {
    const given: unknown = JSON.parse(text ?? '{}')
    return typeof given === 'object' && given !== null ? (given as { [field: string]: Json }) : {}
  } catch {
    return {}
  }
}

/** Another address is another form: nothing of the one before stays. */
function formOf(opening: Opening) {
  return <Lazy key={location.hash} load={form} title={words.value.app.name} with={opening} />
}

function Here(props: { me: Me; practice: boolean }) {
  const { path, query } = route.value
  const [first = '', second] = path
  const w = words.value.app
  if (first === '') return <TodayScreen me={props.me} />
  if (first === 'keluarga') return second ? <FamilyScreen key={second} id={second} /> : <FamiliesScreen />
  if (first === 'orang' && second) return <PersonScreen key={second} id={second} />
  if (first === 'dapur') return <KitchenScreen />
  if (first === 'kegiatan') return <ActivitiesScreen />
  if (first === 'kirim') return <SendingScreen />
  if (first === 'isi' && second) {
    return formOf({ kind: second, given: givenBy(query.get('given')) })
  }
  if (first === 'ubah' && second) return formOf({ record: second })
  if (first === 'draf' && second) return formOf({ draft: second })
  if (first === 'lainnya') {
    if (!second) return <MoreScreen me={props.me} practice={props.practice} />
    if (second === 'pin') return <ChangePinScreen />
    if (second === 'teman') return <ColleagueScreen />
    if (second === 'kontak') return <ContactScreen />
    if (second === 'tentang') return <AboutScreen />
    if (second === 'bantuan') return <Lazy load={help} title={words.value.more.help} with={{}} />
  }
  return (
    <Screen title={w.name} parent="/">
      <Empty art="search" title={w.notFound}>
        <Button look="soft" to="/">
          {w.toToday}
        </Button>
      </Empty>
    </Screen>
  )
}

const forms = new Set(['isi', 'ubah', 'draf'])

function Living() {
  const now = life.value
  if (!now && stuck.value) return <Stuck />
  if (!now)
    return (
      <div class="opening centre">
        <Art name="barn" size={7} />
      </div>
    )
  if (now.is === 'elsewhere') return <Elsewhere />
  if (now.is === 'fresh') return <Welcome />
  if (now.is === 'unowned') return <FirstPin name={now.name} />
  if (now.is === 'locked') return <Unlock locked={now} />
  // It is set aside: with a new code she works on at once.
  if (now.is === 'unreadable') return route.value.path[0] === 'masuk' ? <Welcome /> : <Unreadable life={now} />
  if (now.is === 'withdrawn') return <Withdrawn life={now} />
  // A form has the bottom edge for itself: its own button stands there.
  const filling = forms.has(route.value.path[0] ?? '')
  return (
    <div class={filling ? 'filling' : 'framed'}>
      <Here me={now.me} practice={now.practice} />
      {!filling && <Navigation />}
    </div>
  )
}

export function App() {
  return (
    <>
      <Living />
      <Toasts />
    </>
  )
}
