/**
 * Today: who is waiting for her, how the week goes, what she left unfinished.
 *
 * The rule this module protects: *the most urgent visit is one thumb away*.
 */
import { useState } from 'preact/hooks'
import type { Due, Me, Today, Urgency } from '../phone/contract'
import { address, given } from '../route'
import { phone, standing, useAsked, usePainted } from '../state'
import { Art } from '../ui/art'
import { Empty, Failed } from '../ui/empty'
import { Icon } from '../ui/icon'
import { Avatar, Button, Card, Link, Marks, Row, Section, Skeletons } from '../ui/parts'
import { Screen } from '../ui/screen'
import { longDay, nearDay } from '../words/format'
import { words } from '../words/words'
import { Drafts } from './drafts'
import { Reminder } from './reminder'

const SHOWN = 12
/** As many as the first screen holds. */
const SHOWN_FIRST = 5

function greeting(hour: number): string {
  const w = words.value.today
  return hour < 11 ? w.morning : hour < 15 ? w.noon : hour < 18 ? w.afternoon : w.evening
}

export function Ring(props: { done: number; of: number }) {
  const part = props.of === 0 ? 1 : Math.min(1, props.done / props.of)
  const round = 2 * Math.PI * 30
  return (
    <span class="ring" aria-hidden="true">
      <svg viewBox="0 0 72 72" width="100%" height="100%">
        <circle cx="36" cy="36" r="30" fill="none" stroke="#f3ecdd" stroke-width="9" />
        <circle
          cx="36"
          cy="36"
          r="30"
          fill="none"
          stroke="#0f6b4f"
          stroke-width="9"
          stroke-linecap="round"
          stroke-dasharray={`${part * round} ${round}`}
          transform="rotate(-90 36 36)"
          opacity={part === 0 ? 0 : 1}
        />
      </svg>
      <b>{props.done}</b>
    </span>
  )
}

function Week(props: { today: Today }) {
  const w = words.value.today
  const { done_this_week: done, owed_this_week: owed } = props.today
  return (
    <Card>
      <div class="week">
        <Ring done={done} of={owed} />
        <div>
          <h2 class="small soft">{w.week}</h2>
          <p class="big">{w.progress(done, owed)}</p>
          <p class="small soft">{done >= owed ? w.weekDone : w.weekLeft(owed - done)}</p>
        </div>
      </div>
    </Card>
  )
}

export function dueSaid(due: { urgency: Urgency; day: string; days_late: number }) {
  const w = words.value.time
  if (due.urgency === 'late') return <span class="late-ink">{w.late(due.days_late)}</span>
  return <span class={due.urgency === 'due' ? 'due-ink' : 'soon-ink'}>{nearDay(due.day)}</span>
}

function DueRow(props: { due: Due }) {
  const { due } = props
  return (
    <Row
      to={address('orang', due.person)}
      before={<Avatar name={due.name} group={due.group} />}
      name={due.name}
      lead={dueSaid(due)}
      under={`${words.value.groups[due.group]} · RT\u00a0${due.rt}`}
      marks={<Marks marks={due.marks} />}
    />
  )
}

function DueList(props: { title: string; look: string; due: Due[] }) {
  const [all, setAll] = useState(false)
  const painted = usePainted()
  if (props.due.length === 0) return null
  const shown = all ? props.due : props.due.slice(0, painted ? SHOWN : SHOWN_FIRST)
  return (
    <Section title={props.title} count={props.due.length} look={props.look}>
      <Card look="flush">
        {shown.map((due) => (
          <DueRow key={due.person} due={due} />
        ))}
        {shown.length < props.due.length && (
          <Row
            name={words.value.today.moreDue(props.due.length - shown.length)}
            onPress={() => setAll(true)}
          />
        )}
      </Card>
    </Section>
  )
}

export function TodayScreen(props: { me: Me }) {
  const w = words.value
  const today = useAsked(() => phone.today(), [])
  const now = today.value
  const notices = standing.value?.notices ?? 0
  // Nothing is owed because nobody is registered yet: that is no rest earned.
  const isNew = standing.value?.records === 0
  const of = (urgency: Urgency) => now?.due.filter((due) => due.urgency === urgency) ?? []
  const place = props.me.places.find(({ area }) => area === props.me.home) ?? props.me.places[0]
  return (
    <Screen
      title={w.app.today}
      hero={
        <div class="hero">
          <div class="greeting">
            <div>
              <p>{greeting(new Date().getHours())},</p>
              <h1>{props.me.name}</h1>
            </div>
            <span class="medal">
              <Art name="barn" size={2.5} />
            </span>
          </div>
          <p class="small">{now ? longDay(now.day) : '\u00a0'}</p>
          <p class="small">{place?.name}</p>
          {now && now.owed_this_week > 0 && <Week today={now} />}
        </div>
      }
    >
      <nav class="quick" aria-label={w.today.add}>
        <Link to="/keluarga?pilih=kunjungan">
          <Icon name="calendar" size={26} />
          {w.today.visit}
        </Link>
        <Link to="/isi/household">
          <Icon name="home" size={26} />
          {w.today.family}
        </Link>
        <Link to="/isi/meal_session">
          <Icon name="pot" size={26} />
          {w.today.session}
        </Link>
      </nav>
      <Reminder />
      {notices > 0 && (
        <Card look="flush">
          <Row
            to="/kirim"
            before={
              <span class="disc wait" style="width:2.75rem;height:2.75rem">
                <Icon name="bell" />
              </span>
            }
            name={w.today.notices(notices)}
          />
        </Card>
      )}
      <Drafts />
      {today.failed && <Failed again={today.again} />}
      {!now && !today.failed && <Skeletons />}
      {now && (
        <>
          <DueList title={w.today.late} look="late" due={of('late')} />
          <DueList title={w.today.due} look="due" due={of('due')} />
          <DueList title={w.today.soon} look="" due={of('soon')} />
          {now.due.length === 0 && (isNew ? <First /> : <Empty art="rest" title={w.today.empty} text={w.today.emptyText} />)}
          {now.kitchens.length > 0 && <Kitchens today={now} />}
        </>
      )}
    </Screen>
  )
}

function First() {
  const w = words.value.families
  return (
    <Empty art="family" title={w.none} text={w.noneText}>
      <Button look="soft" icon="plus" to="/isi/household">
        {w.add}
      </Button>
    </Empty>
  )
}

function Kitchens(props: { today: Today }) {
  const w = words.value
  return (
    <Section title={w.today.kitchens}>
      <Card look="flush">
        {props.today.kitchens.map((kitchen) => (
          <Row
            key={kitchen.id}
            to={given('meal_session', { kitchen_id: kitchen.id })}
            before={
              <span class="avatar home">
                <Icon name="pot" size={22} />
              </span>
            }
            name={kitchen.name}
            under={`${w.kitchen.thisWeek(kitchen.sessions_this_week)} · ${
              kitchen.last_session ? w.kitchen.last(nearDay(kitchen.last_session)) : w.kitchen.neverCooked
            }`}
          />
        ))}
      </Card>
    </Section>
  )
}
