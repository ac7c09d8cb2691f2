/**
 * What the phone itself has to say to her.
 *
 * The rule this module protects: *said once a week, in time, and only when she can do something about it*.
 */

import type { Notice } from './contract'
import { isClockOff, isSpaceLow } from './persist'

export interface Around {
  day: string
  now_s: number
  unsent_since_s: number | null
  backup_at_s: number | null
  /** The server's clock less ours. */
  clock_s: number | null
  left_mb: number | null
}

const DAY_S = 86_400
const LONG_UNSENT_DAYS = 7
const BACKUP_DAYS = 14

export function deviceNotices(around: Around): Notice[] {
  const { day, now_s, unsent_since_s, backup_at_s, clock_s, left_mb } = around
  const week = Math.floor(now_s / DAY_S / 7)
  const days = unsent_since_s === null ? 0 : Math.floor((now_s - unsent_since_s) / DAY_S)
  const notice = (words: Notice['words'], values: Notice['values']): Notice => {
    return { id: `${words}/${week}`, words, values, reason: null, record: null, title: '', day }
  }
  const out = []
  if (days >= LONG_UNSENT_DAYS) out.push(notice('long_unsent', { days }))
  const isBackedUp = backup_at_s !== null && now_s - backup_at_s < BACKUP_DAYS * DAY_S
  if (days >= BACKUP_DAYS && !isBackedUp) out.push(notice('backup_due', { days }))
  if (clock_s !== null && isClockOff(clock_s))
    out.push(notice('clock_off', { minutes: Math.round(clock_s / 60) }))
  if (left_mb !== null && isSpaceLow(left_mb)) out.push(notice('space_low', { mb: left_mb }))
  return out
}

/** What somebody wrote to her: its title is all of it. */
export function isLetter({ words }: Pick<Notice, 'words'>): boolean {
  return words === 'message' || words === 'question'
}

/** As the core tells it: without values, and without a day when the record is not here. */
export type CoreNotice = Omit<Notice, 'values' | 'day'> & { day: string | null }

export function completed(notices: CoreNotice[], day: string): Notice[] {
  return notices.map((notice) => {
    const values: Notice['values'] = isLetter(notice) ? { text: notice.title } : {}
    return { ...notice, values, day: notice.day ?? day }
  })
}
