/**
 * A gentle word when the phone was not connected for days.
 *
 * The rule this module protects: *it reminds only of what can be lost*: with nothing unsent it says nothing.
 */
import { standing } from '../state'
import { Button, Card } from '../ui/parts'
import { words } from '../words/words'

const AFTER_DAYS = 3

/** `here`: on the page that sends, where a button leading there would lead nowhere. */
export function Reminder(props: { here?: boolean }) {
  const now = standing.value
  if (!now || now.unsent === 0 || now.unsent_since_s === null) return null
  const days = Math.floor((Date.now() / 1000 - now.unsent_since_s) / 86_400)
  if (days < AFTER_DAYS) return null
  const w = words.value.sending
  return (
    <Card look="watch">
      <div class="stack tight">
        <b>{w.reminder(days)}</b>
        <p class="soft">{w.reminderText}</p>
        {!props.here && (
          <Button look="soft" icon="upload" to="/kirim">
            {w.title}
          </Button>
        )}
      </div>
    </Card>
  )
}
