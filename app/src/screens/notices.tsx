/**
 * Notices: what concerns her own entries, in plain words.
 *
 * The rule this module protects: *nobody is blamed*: a notice says what is so, that the note is safe, what
 * can be done.
 */
import type { Notice } from '../phone/contract'
import { isLetter } from '../phone/notices'
import { address, given } from '../route'
import { phone, useAsked } from '../state'
import { Icon, type IconName } from '../ui/icon'
import { Button, Card, Section } from '../ui/parts'
import { noticeSaid } from '../words/advice'
import { shortDay } from '../words/format'
import { said, words } from '../words/words'

const icons: Record<Notice['words'], IconName> = {
  held: 'alert',
  contested: 'people',
  decided: 'check',
  message: 'chat',
  question: 'help',
  backup_due: 'save',
  long_unsent: 'upload',
  clock_off: 'clock',
  space_low: 'file',
}

function NoticeCard(props: { notice: Notice; gone: () => void }) {
  const { notice } = props
  const w = words.value
  const { title, text } = noticeSaid(notice)
  const letter = isLetter(notice)
  const dismiss = () => void phone.dismiss(notice.id).then(props.gone)
  return (
    <Card>
      <div class="step">
        <span class={`disc ${notice.words === 'decided' ? 'good' : 'wait'}`}>
          <Icon name={icons[notice.words]} />
        </span>
        <div>
          <h3>{title}</h3>
          <p>{text}</p>
          <p class="small soft">
            {[!letter && notice.title, shortDay(notice.day)].filter(Boolean).join(' · ')}
          </p>
          {notice.reason && (
            <p class="small">
              {w.sending.reason}: <b>{said(notice.reason)}</b>
            </p>
          )}
        </div>
      </div>
      <div class="buttons after">
        {notice.record && !letter && (
          <Button look="soft" to={address('ubah', notice.record)}>
            {w.sending.open}
          </Button>
        )}
        {notice.record && letter && (
          <Button look="soft" to={given('message', { message_type: 'answer', reply_to: notice.record })}>
            {w.sending.answer}
          </Button>
        )}
        <Button look="plain" onPress={dismiss}>
          {w.sending.dismiss}
        </Button>
      </div>
    </Card>
  )
}

export function Notices() {
  const w = words.value.sending
  const asked = useAsked(() => phone.notices(), [])
  if (!asked.value || asked.value.length === 0) return null
  return (
    <Section title={w.notices} count={asked.value.length}>
      <div class="stack">
        {asked.value.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} gone={asked.again} />
        ))}
      </div>
    </Section>
  )
}
