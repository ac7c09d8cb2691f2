/**
 * After saving: a check mark, and what comes next.
 *
 * The rule this module protects: *saved is said when it is on the disk, and sending is never waited for*.
 */

import { useEffect, useRef } from 'preact/hooks'
import type { Id } from '../phone/contract'
import { AdviceCards, type SayAdvice } from './advice'
import type { Desk } from './desk'
import { write_day } from './values'
import { words } from './words'

export interface Done {
  record: Id
  kind: string
  /** `again`: another of the same kind, as the next sale; `member`: somebody of the family just registered. */
  then: 'close' | 'same_family' | 'again' | 'member'
}

interface Next {
  then: Done['then']
  word: 'another_visit' | 'first_member' | 'another_member' | 'another_like_this'
}

/** Of these one seldom comes alone. */
const AGAIN: Next = { then: 'again', word: 'another_like_this' }

/** What is usual after a record of a kind. */
const NEXT: { [kind: string]: Next } = {
  visit: { then: 'same_family', word: 'another_visit' },
  household: { then: 'member', word: 'first_member' },
  member: { then: 'again', word: 'another_member' },
  uppka_sale: AGAIN,
  menu_recipe: AGAIN,
  meal_session: AGAIN,
  education_session: AGAIN,
  kampung_kb_activity: AGAIN,
}

export function SavedScreen({
  desk,
  record,
  say_advice,
  onDone,
}: {
  desk: Desk
  record: Id
  say_advice: SayAdvice
  onDone: (done: Done) => void
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const kind = desk.state.value?.kind ?? ''
  const next_visit = kind === 'visit' ? desk.value('next_visit_date') : null
  const next = NEXT[kind]
  const end = (then: Done['then']) => () => onDone({ record, kind, then })
  return (
    <main class="f-screen f-saved">
      <svg viewBox="0 0 64 64" aria-hidden="true" class="f-mark">
        <circle cx="32" cy="32" r="30" />
        <path d="M18 33l10 10 19-22" />
      </svg>
      <h1 ref={heading} tabIndex={-1}>
        {words().saved}
      </h1>
      <p>{words().saved_hint}</p>
      {typeof next_visit === 'string' && (
        <p class="f-known">
          <span>{words().next_visit}</span>
          <b>{write_day(next_visit)}</b>
        </p>
      )}
      <div class="f-stack">
        {next && (
          <button type="button" class="f-button" onClick={end(next.then)}>
            {words()[next.word]}
          </button>
        )}
      </div>
      <AdviceCards
        advice={(desk.state.value?.advice ?? []).filter(({ weight }) => weight !== 'info')}
        say_advice={say_advice}
      />
      <nav class="f-foot">
        <button type="button" class="f-button f-primary" onClick={end('close')}>
          {words().done}
        </button>
      </nav>
    </main>
  )
}
