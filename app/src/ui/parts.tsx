/**
 * The parts of which screens are made: links, buttons, cards, rows, chips, avatars, banners.
 *
 * The rule this module protects: *a link goes somewhere, a button does something*, and both say so to
 * everybody.
 */
import type { ComponentChildren, TargetedMouseEvent } from 'preact'
import type { TargetGroup } from '../phone/contract'
import { go } from '../route'
import { words } from '../words/words'
import { Icon, type IconName } from './icon'

type Children = { children?: ComponentChildren }

export function Link(
  props: Children & { to: string; class?: string; replace?: boolean; label?: string; current?: boolean },
) {
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(props.to, props.replace)
  }
  return (
    <a
      href={'#' + props.to}
      class={props.class}
      aria-label={props.label}
      aria-current={props.current ? 'page' : undefined}
      onClick={follow}
    >
      {props.children}
    </a>
  )
}

type Look = 'main' | 'soft' | 'plain' | 'danger' | 'normal'

export function Button(
  props: Children & {
    look?: Look
    icon?: IconName
    wide?: boolean
    /** Where it leads: then it is a link that looks like a button. */
    to?: string
    busy?: boolean
    disabled?: boolean
    submit?: boolean
    onPress?: () => void
  },
) {
  const look = `button ${props.look ?? 'normal'}${props.wide ? ' wide' : ''}`
  const inside = (
    <>
      {props.icon && <Icon name={props.icon} size={22} />}
      <span>{props.children}</span>
    </>
  )
  if (props.to !== undefined)
    return (
      <Link to={props.to} class={look}>
        {inside}
      </Link>
    )
  return (
    <button
      type={props.submit ? 'submit' : 'button'}
      class={look}
      disabled={props.disabled || props.busy}
      aria-busy={props.busy ? 'true' : undefined}
      onClick={props.onPress}
    >
      {inside}
    </button>
  )
}

export function Card(props: Children & { look?: 'flush' | 'danger' | 'watch' | 'good'; class?: string }) {
  return <div class={`card ${props.look ?? ''} ${props.class ?? ''}`}>{props.children}</div>
}

export function Section(
  props: Children & { title: ComponentChildren; count?: number; look?: string; level?: 2 | 3 },
) {
  const Heading = props.level === 3 ? 'h3' : 'h2'
  return (
    <section class="section">
      <Heading class="label">
        {props.title}
        {props.count !== undefined && <span class={`count ${props.look ?? ''}`}>{props.count}</span>}
      </Heading>
      {props.children}
    </section>
  )
}

/** One line of a list: a name, and under it first what matters most (`lead`), then the rest. */
export function Row(props: {
  before?: ComponentChildren
  name: ComponentChildren
  under?: ComponentChildren
  marks?: ComponentChildren
  lead?: ComponentChildren
  /** Without an arrow: another button stands beside it. */
  quiet?: boolean
  to?: string
  onPress?: () => void
}) {
  const inside = (
    <>
      {props.before}
      <span class="main-text">
        <span class="name">{props.name}</span>
        {(props.lead || props.under) && (
          <span class="under">
            {props.lead}
            {props.lead && props.under && ' · '}
            {props.under}
          </span>
        )}
        {props.marks}
      </span>
      {!props.quiet && (props.to !== undefined || props.onPress) && (
        <Icon name="chevron" size={18} class="chevron" />
      )}
    </>
  )
  if (props.to !== undefined)
    return (
      <Link to={props.to} class="row">
        {inside}
      </Link>
    )
  if (props.onPress)
    return (
      <button type="button" class="row" onClick={props.onPress}>
        {inside}
      </button>
    )
  return <div class="row">{inside}</div>
}

export function Tag(props: Children & { look?: 'good' | 'watch' | 'bad'; icon?: IconName }) {
  return (
    <span class={`tag ${props.look ?? ''}`}>
      {props.icon && <Icon name={props.icon} size={14} />}
      {props.children}
    </span>
  )
}

const worrying = new Set(['not_gaining', 'referral_open', 'never_visited'])

export function Marks(props: { marks: string[] }) {
  const said = props.marks.filter((mark) => words.value.marks[mark])
  if (said.length === 0) return null
  return (
    <span class="marks">
      {said.map((mark) => (
        <Tag look={worrying.has(mark) ? 'watch' : undefined}>{words.value.marks[mark]}</Tag>
      ))}
    </span>
  )
}

/** Of a record: that it still lies on this phone only, that two people saw it differently. */
export function StateTags(props: { of: { unsent: boolean; contested: boolean } }) {
  const { unsent, contested } = props.of
  const w = words.value.app
  if (!unsent && !contested) return null
  return (
    <span class="marks">
      {unsent && (
        <Tag look="watch" icon="upload">
          {w.unsent}
        </Tag>
      )}
      {contested && (
        <Tag look="watch" icon="people">
          {w.contested}
        </Tag>
      )}
    </span>
  )
}

export function initials(name: string): string {
  const parts = name
    .trim()
    .split(/\s+/)
    .filter((part) => /^\p{L}/u.test(part))
  const first = parts[0]?.[0] ?? '?'
  const second = parts.length > 1 ? (parts[parts.length - 1]?.[0] ?? '') : ''
  return (first + second).toUpperCase()
}

export function Avatar(props: { name: string; group?: TargetGroup; large?: boolean }) {
  return (
    <span class={`avatar ${props.group ?? 'other'}${props.large ? ' large' : ''}`} aria-hidden="true">
      {initials(props.name)}
    </span>
  )
}

export function HomeAvatar(props: { risk: boolean | null; large?: boolean }) {
  return (
    <span class={`avatar home${props.risk ? ' risk' : ''}${props.large ? ' large' : ''}`} aria-hidden="true">
      <Icon name="home" size={props.large ? 30 : 22} />
    </span>
  )
}

export function Banner(
  props: Children & { icon: IconName; look?: 'practice'; action: string; onPress: () => void },
) {
  return (
    <div class={`banner ${props.look ?? ''}`}>
      <Icon name={props.icon} size={20} />
      <span>{props.children}</span>
      <button type="button" onClick={props.onPress}>
        {props.action}
      </button>
    </div>
  )
}

export function Skeletons(props: { heights?: number[] }) {
  return (
    <div class="stack" role="status">
      <span class="hidden-but-said">{words.value.app.loading}</span>
      {(props.heights ?? [4.5, 4.5, 4.5, 4.5]).map((rem) => (
        <div class="skeleton" style={{ height: `${rem}rem` }} />
      ))}
    </div>
  )
}
