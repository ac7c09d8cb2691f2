/**
 * One person: who she is, when the next visit is, what a good colleague would say, how a child grows, what
 * was seen.
 *
 * The rule this module protects: *first what to do, then what was*.
 */
import { useState } from 'preact/hooks'
import type { Person } from '../phone/contract'
import { GrowthSection } from '../growth/growth_section'
import { address, given } from '../route'
import { phone, useAsked } from '../state'
import { Failed } from '../ui/empty'
import { Icon } from '../ui/icon'
import { Avatar, Button, Card, Link, Marks, Row, Skeletons, Tag } from '../ui/parts'
import { Screen } from '../ui/screen'
import { Sheet } from '../ui/sheet'
import { age, fullDay, nearDay } from '../words/format'
import { words } from '../words/words'
import { AdviceList } from './advice'
import { Consent, Couple, Pregnancy } from './episodes'
import { groupsSaid } from './families'
import { Contested, visitOf } from './family'
import { Visits } from './visits'

function Next(props: { person: Person }) {
  const { due, visits } = props.person
  const w = words.value
  const last = visits[0]
  if (!due && !last) return null
  const late = due?.urgency === 'late'
  return (
    <div class={`next ${late ? 'late' : ''}`}>
      <Icon name={late ? 'clock' : 'calendar'} size={28} />
      <div>
        {due && (
          <>
            <span class="small">{w.person.next}</span>
            <b>{late ? w.time.late(due.days_late) : nearDay(due.day)}</b>
          </>
        )}
        <span class="small">
          {w.person.last}: {last ? nearDay(last.day) : w.time.never}
        </span>
      </div>
    </div>
  )
}

/** What else can be noted about her: by the groups she is in. */
function More(props: { person: Person; close: () => void }) {
  const { person } = props
  const w = words.value.person
  // Both are shown after they ended, and then another one can begin.
  const expects = person.pregnancy?.status === 'ongoing'
  const weds = person.couple !== null && person.couple.outcome === null
  const woman = person.sex === 'female' && person.alive && (person.age?.years ?? 99) >= 12
  return (
    <Sheet title={w.more} onClose={props.close}>
      {() => (
        <Card look="flush">
          <Row before={<Icon name="pencil" />} name={w.edit} to={address('ubah', person.id)} />
          {woman && !expects && (
            <Row
              before={<Icon name="heart" />}
              name={w.addPregnancy}
              to={given('pregnancy', { mother_id: person.id })}
            />
          )}
          {woman && !weds && !expects && (
            <Row
              before={<Icon name="people" />}
              name={w.addCouple}
              to={given('couple', { bride_id: person.id })}
            />
          )}
          <Row
            before={<Icon name="shield" />}
            name={person.consent ? w.consent : w.addConsent}
            to={
              person.consent
                ? address('ubah', person.consent.id)
                : given('consent', { subject_id: person.id })
            }
          />
          <Row before={<Icon name="home" />} name={w.family} to={address('keluarga', person.household)} />
        </Card>
      )}
    </Sheet>
  )
}

function Head(props: { person: Person }) {
  const { person } = props
  const w = words.value
  const sex = person.sex && w.person[person.sex]
  return (
    <div class="who">
      <Avatar name={person.name} group={person.groups[0]} large />
      <div>
        <h2 class="name">{person.name}</h2>
        <p class="soft">
          {[person.age && age(person.age), sex, groupsSaid(person.groups.slice(1))].filter(Boolean).join(' · ')}
        </p>
        <p class="small">
          <Link to={address('keluarga', person.household)} class="text-link">
            {w.families.head(person.head)}
          </Link>
          <span class="soft"> · RT&nbsp;{person.rt}</span>
        </p>
        {person.due && <Marks marks={person.due.marks} />}
        {!person.alive && (
          <span class="marks">
            <Tag>{w.families.died}</Tag>
          </span>
        )}
      </div>
    </div>
  )
}

export function PersonScreen(props: { id: string }) {
  const w = words.value
  const asked = useAsked(() => phone.person(props.id), [props.id])
  const [more, setMore] = useState(false)
  const person = asked.value
  const child = person?.groups.some((group) => group === 'baduta' || group === 'balita') ?? false
  return (
    <Screen
      title={person ? groupsSaid(person.groups.slice(0, 1)) : w.app.families}
      parent={person ? address('keluarga', person.household) : '/keluarga'}
      side={
        person && (
          <button type="button" class="round" aria-label={w.person.more} onClick={() => setMore(true)}>
            <Icon name="more" />
          </button>
        )
      }
      action={
        person?.alive && (
          <Button look="main" icon="calendar" to={visitOf(person)}>
            {w.person.visit}
          </Button>
        )
      }
    >
      {asked.failed && <Failed again={asked.again} />}
      {!person && !asked.failed && <Skeletons heights={[5, 4, 9, 14]} />}
      {person && (
        <>
          <Head person={person} />
          {person.alive && <Next person={person} />}
          <AdviceList advice={person.advice} />
          <Contested fields={person.contested} />
          <Pregnancy person={person} />
          <Couple person={person} />
          {child && <GrowthSection person={person.id} name={person.name} />}
          <Visits visits={person.visits} />
          <Details person={person} />
          <Consent person={person} />
          {more && <More person={person} close={() => setMore(false)} />}
        </>
      )}
    </Screen>
  )
}

function Details(props: { person: Person }) {
  const { mother, birth_day } = props.person
  const w = words.value.person
  if (!mother && !birth_day) return null
  return (
    <Card look="flush">
      {birth_day && <Row before={<Icon name="calendar" />} name={fullDay(birth_day)} under={w.born} />}
      {mother && (
        <Row
          before={<Icon name="heart" />}
          name={mother.name}
          under={w.mother}
          to={address('orang', mother.id)}
        />
      )}
    </Card>
  )
}
