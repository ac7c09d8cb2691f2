/**
 * What runs for a time: a pregnancy, the way to a wedding, a consent.
 *
 * The rule this module protects: *one card for each, and it opens what it shows*.
 */
import type { Person } from '../phone/contract'
import { address, given } from '../route'
import { Icon } from '../ui/icon'
import { Button, Card, Row, Section } from '../ui/parts'
import { daysBetween, fullDay, today } from '../words/format'
import { words } from '../words/words'

const WEEKS = 40
const THIRDS = [13, 27]

export function Pregnancy(props: { person: Person }) {
  const { pregnancy } = props.person
  const w = words.value.person
  if (!pregnancy) return null
  const weeks = pregnancy.weeks
  const isOngoing = pregnancy.status === 'ongoing'
  return (
    <Section title={w.pregnancy}>
      <Card>
        {weeks !== null && (
          <>
            <p>
              <b>{w.weekOf(weeks)}</b>
              {pregnancy.trimester && ` · ${w.trimester(pregnancy.trimester)}`}
            </p>
            <div class="weeks" aria-hidden="true">
              {Array.from({ length: WEEKS }, (_, i) => (
                <i class={`${i < weeks ? 'on' : ''} ${THIRDS.includes(i) ? 'third' : ''}`} />
              ))}
            </div>
          </>
        )}
        {!isOngoing && <p>{w.delivered}</p>}
        {isOngoing && pregnancy.edd && (
          <p>
            {w.edd}: <b>{fullDay(pregnancy.edd)}</b>
          </p>
        )}
        <div class="after">
          <Button look="soft" wide icon="pencil" to={address('ubah', pregnancy.id)}>
            {w.openPregnancy}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

export function Couple(props: { person: Person }) {
  const { couple } = props.person
  const w = words.value.person
  if (!couple) return null
  const ahead = couple.wedding ? daysBetween(today(), couple.wedding) : 0
  return (
    <Section title={w.couple}>
      <Card>
        {couple.wedding && (
          <p>
            {w.wedding}: <b>{fullDay(couple.wedding)}</b>
            {ahead > 1 && ` (${words.value.time.inDays(ahead)})`}
          </p>
        )}
        <div class="after">
          <Button look="soft" wide icon="pencil" to={address('ubah', couple.id)}>
            {w.openCouple}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

export function Consent(props: { person: Person }) {
  const { consent, id } = props.person
  const w = words.value.person
  const look = !consent ? 'watch' : consent.withdrawn ? 'bad' : 'good'
  return (
    <Section title={w.consent}>
      <Card look="flush">
        <Row
          before={
            <span class={`disc ${look === 'good' ? 'good' : 'wait'}`}>
              <Icon name="shield" />
            </span>
          }
          name={!consent ? w.consentNo : consent.withdrawn ? w.consentBack : w.consentYes}
          under={!consent ? w.addConsent : undefined}
          to={consent ? address('ubah', consent.id) : given('consent', { subject_id: id })}
        />
      </Card>
    </Section>
  )
}
