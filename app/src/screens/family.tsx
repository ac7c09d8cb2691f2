/**
 * One family: who lives there, what is owed, what two people saw differently, what can be done.
 *
 * The rule this module protects: *a disagreement is shown as two true notes*, never as somebody's mistake.
 */
import { useState } from 'preact/hooks'
import type { Family, Json, Person, PersonRow } from '../phone/contract'
import { address, given } from '../route'
import { phone, useAsked } from '../state'
import { Empty, Failed } from '../ui/empty'
import { Icon } from '../ui/icon'
import { Avatar, Button, Card, HomeAvatar, Marks, Row, Section, Skeletons, Tag } from '../ui/parts'
import { Screen } from '../ui/screen'
import { Sheet } from '../ui/sheet'
import { age } from '../words/format'
import { said, words } from '../words/words'
import { groupsSaid } from './families'
import { dueSaid } from './today'

/** What a visit needs to know of whom it is about. */
export function visitOf(person: { id: string; household: string; groups: PersonRow['groups'] }): string {
  return given('visit', {
    household_id: person.household,
    subject_id: person.id,
    target_group: person.groups[0],
  })
}

/** The pregnancy or the way to a wedding that a visit belongs to: she is not asked for what the phone knows. */
export function episodeOf(person: Pick<Person, 'pregnancy' | 'couple'>, group: Json | undefined): { [field: string]: Json } {
  const { pregnancy, couple } = person
  if ((group === 'pregnant' || group === 'postpartum') && pregnancy) return { pregnancy_id: pregnancy.id }
  if (group === 'catin' && couple) return { couple_id: couple.id }
  return {}
}

function Member(props: { person: PersonRow; to: string }) {
  const { person } = props
  const w = words.value
  const under = [
    person.age && age(person.age),
    groupsSaid(person.groups.filter((group) => group !== 'other')),
  ]
  return (
    <Row
      to={props.to}
      before={<Avatar name={person.name} group={person.groups[0]} />}
      name={person.name}
      lead={person.due && person.due.urgency !== 'later' ? <>{w.person.visitIs} {dueSaid(person.due)}</> : undefined}
      under={under.filter(Boolean).join(' · ')}
      marks={
        person.alive ? undefined : (
          <span class="marks">
            <Tag>{w.families.died}</Tag>
          </span>
        )
      }
    />
  )
}

function Screening(props: { family: Family }) {
  const { family } = props
  const w = words.value.families
  const look = family.at_risk === null ? undefined : family.at_risk ? 'watch' : 'good'
  const factors = family.screening?.factors ?? []
  return (
    <Section title={w.screening}>
      <Card>
        <div class="stack tight">
          <span>
            <Tag look={look}>
              {family.at_risk === null ? w.unknownRisk : family.at_risk ? w.atRisk : w.notAtRisk}
            </Tag>
          </span>
          {factors.length > 0 && (
            <>
              <p class="small soft">{w.factors}</p>
              <ul class="dotted">
                {factors.map((factor) => (
                  <li>{said(factor)}</li>
                ))}
              </ul>
            </>
          )}
          {family.screening_due && (
            <>
              <p>{w.screeningDue}</p>
              <Button look="soft" icon="check" to={given('risk_screening', { household_id: family.id })}>
                {w.screen}
              </Button>
            </>
          )}
        </div>
      </Card>
    </Section>
  )
}

export function Contested(props: { fields: string[] }) {
  const w = words.value.families
  if (props.fields.length === 0) return null
  return (
    <Card look="watch">
      <div class="verdict">
        <Icon name="people" />
        <div>
          <b>{w.contested}</b>
          <p class="small soft">{w.contestedText}</p>
        </div>
      </div>
    </Card>
  )
}

type Asking = 'visit' | 'more' | null

function Sheets(props: { family: Family; asking: Asking; close: () => void }) {
  const { family } = props
  const w = words.value.families
  if (props.asking === 'visit') {
    const people = family.members.filter((person) => person.alive)
    return (
      <Sheet title={w.visitWhom} onClose={props.close}>
        {() => (
          <Card look="flush">
            {people.map((person) => (
              <Member person={person} to={visitOf(person)} />
            ))}
          </Card>
        )}
      </Sheet>
    )
  }
  return (
    <Sheet title={w.actions} onClose={props.close}>
      {() => (
        <Card look="flush">
          <Row before={<Icon name="pencil" />} name={w.edit} to={address('ubah', family.id)} />
          <Row
            before={<Icon name="plus" />}
            name={w.addMember}
            to={given('member', { household_id: family.id })}
          />
          <Row
            before={<Icon name="check" />}
            name={w.screening}
            to={
              family.screening && !family.screening_due
                ? address('ubah', family.screening.id)
                : given('risk_screening', { household_id: family.id })
            }
          />
          <Row
            before={<Icon name="move" />}
            name={w.move}
            to={given('transfer', { household_id: family.id })}
          />
        </Card>
      )}
    </Sheet>
  )
}

export function FamilyScreen(props: { id: string }) {
  const w = words.value
  const asked = useAsked(() => phone.family(props.id), [props.id])
  const [asking, setAsking] = useState<Asking>(null)
  const family = asked.value
  return (
    <Screen
      title={w.app.families}
      parent="/keluarga"
      side={
        family && (
          <>
            {family.phone && (
              <a class="round" href={`tel:${family.phone}`} aria-label={`${w.families.call} ${family.phone}`}>
                <Icon name="phone" />
              </a>
            )}
            <button
              type="button"
              class="round"
              aria-label={w.families.actions}
              onClick={() => setAsking('more')}
            >
              <Icon name="more" />
            </button>
          </>
        )
      }
      action={
        family &&
        family.members.length > 0 && (
          <Button look="main" icon="calendar" onPress={() => setAsking('visit')}>
            {w.families.visit}
          </Button>
        )
      }
    >
      {asked.failed && <Failed again={asked.again} />}
      {!family && !asked.failed && <Skeletons heights={[5, 12, 8]} />}
      {family && (
        <>
          <div class="who">
            <HomeAvatar risk={family.at_risk} large />
            <div>
              <h2 class="name">{w.families.head(family.head)}</h2>
              <p class="soft">
                {[`RT\u00a0${family.rt}${family.rw && ` / RW ${family.rw}`}`, family.hamlet]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {family.address && <p class="small soft">{family.address}</p>}
              <Marks marks={family.marks} />
            </div>
          </div>
          <Contested fields={family.contested} />
          <Section title={w.families.members} count={family.members.length}>
            {family.members.length === 0 ? (
              <Empty art="family" title={w.families.noMembers} level={3} />
            ) : (
              <Card look="flush">
                {family.members.map((one) => (
                  <Member key={one.id} person={one} to={address('orang', one.id)} />
                ))}
              </Card>
            )}
            <div class="after">
              <Button wide icon="plus" to={given('member', { household_id: family.id })}>
                {w.families.addMember}
              </Button>
            </div>
          </Section>
          <Screening family={family} />
          {asking && <Sheets family={family} asking={asking} close={() => setAsking(null)} />}
        </>
      )}
    </Screen>
  )
}
