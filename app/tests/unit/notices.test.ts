/**
 * What the core tells of her entries, made whole for a screen.
 *
 * The rule this module protects: *a notice can always be drawn*: one without values or without a day broke the whole
 * page of sending, so that nobody was told of two notes that differ.
 */
import { expect, it } from 'vitest'
import { completed, type CoreNotice } from '../../src/phone/notices'
import { noticeSaid } from '../../src/words/advice'

const notice: CoreNotice = { id: 'n', words: 'contested', reason: null, record: 'r', title: 'Bagus', day: null }

it('has a day and words for what two people saw, for what is held, and for a message', () => {
  const told = completed([notice, { ...notice, words: 'held', day: '2026-11-02' }], '2026-11-28')
  expect(told.map(({ day }) => day)).toEqual(['2026-11-28', '2026-11-02'])
  expect(told.map((one) => noticeSaid(one).title)).toEqual([
    'Ada dua catatan yang berbeda',
    'Satu catatan ditahan kantor',
  ])
  const [message] = completed([{ ...notice, words: 'message', title: 'Rapat besok' }], '2026-11-28')
  expect(noticeSaid(message!).text).toBe('Rapat besok')
})
