/**
 * The truth about sending: what is saved, what was received, what waits and why.
 *
 * The rule this module protects: *"received" is said of receipts only*. Everything here is the phone's own
 * standing; nothing is hoped.
 */
import { useState } from 'preact/hooks'
import type { Standing } from '../phone/contract'
import { life, phone, standing } from '../state'
import { Empty } from '../ui/empty'
import { Icon, type IconName } from '../ui/icon'
import { Button, Card, Section, Skeletons } from '../ui/parts'
import { Screen } from '../ui/screen'
import { bytes, clock, count, dayOf, nearDay, sinceDay } from '../words/format'
import { said, words } from '../words/words'
import { Files } from './files'
import { Notices } from './notices'
import { Reminder } from './reminder'

function Verdict(props: { now: Standing }) {
  const { now } = props
  const w = words.value.sending
  const bad = now.phase === 'refused'
  const look = bad ? 'bad' : now.unsent > 0 ? 'wait' : 'good'
  const icon: IconName = bad
    ? 'alert'
    : now.phase === 'no_signal'
      ? 'noSignal'
      : now.unsent > 0
        ? 'upload'
        : 'checks'
  return (
    <Card>
      <div class="verdict">
        <span class={`disc ${look}`}>
          <Icon name={icon} size={28} />
        </span>
        <div>
          <h2>{now.unsent === 0 ? w.allDone : w.someLeft(count(now.unsent))}</h2>
          {now.unsent_since_s !== null && <p class="soft">{w.since(sinceDay(now.unsent_since_s))}</p>}
          {now.unsent > 0 && <p class="small soft">{w.safe}</p>}
        </div>
      </div>
      {now.phase !== 'idle' && (
        <p class="after" role="status">
          <b>{w.phase[now.phase]}</b>
        </p>
      )}
      {now.refusal && (
        <p class="error after" role="alert">
          {said(now.refusal.message)}
        </p>
      )}
      {now.progress !== null && (
        <div class="after">
          <p class="small soft">
            {w.progress}: {now.progress} %
          </p>
          <div
            class="meter"
            role="progressbar"
            aria-label={w.progress}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={now.progress}
          >
            <i style={{ width: `${now.progress}%` }} />
          </div>
        </div>
      )}
    </Card>
  )
}

function Numbers(props: { now: Standing }) {
  const { now } = props
  const w = words.value.sending
  const last = now.synced_at_s
  const facts: [string, string][] = [
    [w.last, last === null ? w.never : `${nearDay(dayOf(last))}, ${clock(last)}`],
    [w.month, bytes(now.bytes_this_month)],
    [w.records, count(now.records)],
    [w.persisted, now.persisted ? w.persistedYes : w.persistedNo],
  ]
  if (now.space_left_mb !== null) facts.push([w.space, bytes(now.space_left_mb * 1_000_000)])
  return (
    <Section title={w.numbers}>
      <Card>
        <dl class="facts">
          {facts.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      </Card>
    </Section>
  )
}

export function SendingScreen() {
  const w = words.value.sending
  const now = standing.value
  const [asked, setAsked] = useState(false)
  const busy = asked || now?.phase === 'sending' || now?.phase === 'receiving'
  const send = async () => {
    setAsked(true)
    try {
      await phone.sync()
      standing.value = await phone.standing()
    } catch {
      // Locked or withdrawn meanwhile: the phone has told, and another screen stands here.
    } finally {
      setAsked(false)
    }
  }
  if (life.value?.is === 'open' && life.value.practice) {
    return (
      <Screen title={w.title} parent="/">
        <Empty art="book" title={words.value.app.practice} text={words.value.more.practiceText} />
        <Notices />
      </Screen>
    )
  }
  return (
    <Screen
      title={w.title}
      parent="/"
      action={
        <Button look="main" icon="upload" busy={busy} onPress={() => void send()}>
          {now?.phase === 'receiving' ? w.receiving : busy ? w.busy : w.now}
        </Button>
      }
    >
      {!now && <Skeletons />}
      {now && (
        <>
          <Verdict now={now} />
          <div class="counts">
            <Card>
              <span class="small soft">{w.saved}</span>
              <b>{count(now.saved)}</b>
            </Card>
            <Card>
              <span class="small soft">{w.received}</span>
              <b>{count(now.received)}</b>
            </Card>
          </div>
          <Reminder here />
          <Notices />
          <Files />
          <Numbers now={now} />
        </>
      )}
    </Screen>
  )
}
