/**
 * The frame of every screen: banners, top bar, standing strip, what is below, and the navigation.
 *
 * The rule this module protects: *where she is, how to go back, and whether her notes are safe* are always
 * in view.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Life } from '../phone/contract'
import { back, go, route } from '../route'
import { life, phone, standing } from '../state'
import { words } from '../words/words'
import { Art } from './art'
import { Icon, type IconName } from './icon'
import { Banner, Link } from './parts'
import { StandingStrip } from './strip'

/** Into another life of the phone: into practice, out of it, or locked. It begins at home. */
export async function enter(next: Promise<Life>): Promise<void> {
  life.value = await next
  go('/', true)
}

function Banners() {
  const w = words.value.app
  const now = life.value
  const [hidden, setHidden] = useState(false)
  const update = standing.value?.update_ready && !hidden
  return (
    <>
      {now?.is === 'open' && now.practice && (
        <Banner
          icon="practice"
          look="practice"
          action={w.endPractice}
          onPress={() => void enter(phone.end_practice())}
        >
          {w.practice}
        </Banner>
      )}
      {update && (
        <Banner
          icon="turn"
          action={w.applyUpdate}
          onPress={() => {
            setHidden(true)
            void phone.apply_update()
          }}
        >
          {w.update}
        </Banner>
      )}
    </>
  )
}

export function Screen(props: {
  title: string
  /** Where back leads when the app was opened here; absent on the five main screens. */
  parent?: string
  /** In place of the title's bar: the large head of Today. */
  hero?: ComponentChildren
  side?: ComponentChildren
  /** The button at the bottom edge. */
  action?: ComponentChildren
  /** Without navigation and strip: before anybody is known. */
  bare?: boolean
  children: ComponentChildren
}) {
  useEffect(() => {
    document.title = `${props.title} · Lumbung`
  }, [props.title])
  const parent = props.parent
  // A main screen keeps its navigation, its button floats; a deeper one gives its button the bottom edge.
  const edge = props.bare || parent !== undefined
  const looks = [
    'screen',
    props.bare && 'bare',
    props.action && 'with-action',
    props.action && edge && 'edge',
  ]
  return (
    <div class={looks.filter(Boolean).join(' ')}>
      {props.hero && <section aria-label={props.title}>{props.hero}</section>}
      <header class="top">
        {!props.bare && <Banners />}
        {!props.hero && (
          <div class={`bar${parent === undefined ? '' : ' has-back'}`}>
            {parent !== undefined && (
              <button
                type="button"
                class="round"
                aria-label={words.value.app.back}
                onClick={() => back(parent)}
              >
                <Icon name="back" />
              </button>
            )}
            <h1>
              <span>{props.title}</span>
            </h1>
            {props.side}
          </div>
        )}
        {!props.bare && <StandingStrip />}
      </header>
      <main class="body">
        {props.children}
        {props.action && <div class={edge ? 'action' : 'action float'}>{props.action}</div>}
      </main>
    </div>
  )
}

const places: {
  to: string
  first: string
  icon: IconName
  word: 'today' | 'families' | 'kitchen' | 'activities' | 'more'
}[] = [
  { to: '/', first: '', icon: 'sun', word: 'today' },
  { to: '/keluarga', first: 'keluarga', icon: 'people', word: 'families' },
  { to: '/dapur', first: 'dapur', icon: 'pot', word: 'kitchen' },
  { to: '/kegiatan', first: 'kegiatan', icon: 'flag', word: 'activities' },
  { to: '/lainnya', first: 'lainnya', icon: 'more', word: 'more' },
]

export function Navigation() {
  const w = words.value.app
  const { path } = route.value
  const first = path[0] === 'orang' ? 'keluarga' : path[0] === 'kirim' ? 'lainnya' : (path[0] ?? '')
  const main = path.length <= 1 && first !== ''
  return (
    <nav class="nav" aria-label={w.navigation}>
      <div class="brand">
        <Art name="barn" size={2.25} />
        {w.name}
      </div>
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <Link to={place.to} replace={main} current={first === place.first}>
              <span class="pill">
                <Icon name={place.icon} size={23} />
              </span>
              {w[place.word]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
