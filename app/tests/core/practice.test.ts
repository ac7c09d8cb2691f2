/** The real core, in the invented village of practice. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { initSync } from 'core/app_core.js'
import { beforeAll, expect, test, vi } from 'vitest'
import { world } from '../unit/fake'
import { makeCore } from '../../src/phone/core'
import { practising, spoken } from '../../src/phone/practice'
import type { Session } from '../../src/phone/session'
import type { TargetGroup } from '../../src/phone/contract'

const made = (file: string) => new Uint8Array(readFileSync(resolve(__dirname, '../../../target/wasm', file)))
let session: Session

beforeAll(async () => {
  vi.stubGlobal('navigator', { onLine: true, storage: {} })
  initSync({ module: made('app_core_bg.wasm') })
  session = await practising(makeCore, async () => made('schema.json'), world(), 'Sri')
})

test('eight families of every group live there, and somebody is due', async () => {
  const day = session.ledger.day()
  const families = await session.open.ask((core) => core.families({}, day))
  expect(families).toHaveLength(8)
  const groups = new Set(families.flatMap((family) => family.groups))
  const wanted: TargetGroup[] = ['catin', 'pregnant', 'postpartum', 'baduta', 'balita']
  for (const group of wanted) expect([...groups], group).toContain(group)
  const today = await session.open.ask((core) => core.today(day, session.authors))
  expect(today.due.length).toBeGreaterThan(0)
  expect(today.kitchens).toMatchObject([{ name: 'DASHAT Contoh' }])
})

test('a form is filled in, put aside, taken up and saved, as on a real phone', async () => {
  const before = (await session.ledger.standing()).saved
  const { form } = await session.forms.blank('household', {})
  await session.forms.type(form, 'head_name', 'Damar Rekaan')
  await session.forms.leave(form, true)
  const [draft] = await session.forms.drafts()
  const again = await session.forms.resume(draft!.draft)
  expect(again.fields.find(({ name }) => name === 'head_name')).toMatchObject({
    value: 'Damar Rekaan',
    source: 'typed',
  })
  expect(await session.forms.save(again.form, session.me.author)).toHaveProperty('saved.record')
  expect((await session.ledger.standing()).saved).toBe(before + 1)
  const hits = await session.open.ask((core) => core.search('damar', session.ledger.day()))
  expect(hits[0]).toMatchObject({ is: 'family', name: 'Damar Rekaan' })
  expect(await session.forms.drafts()).toEqual([])
})

test('a core that is closed and opened from everything it has goes on', async () => {
  const { counts, everything } = await session.open.ask((core) => {
    return { counts: core.counts(), everything: core.everything() }
  })
  const core = await makeCore([everything], made('schema.json'))
  expect(core.counts()).toEqual(counts)
  expect(core.changed()).toHaveLength(0)
  await expect(makeCore([everything.slice(0, -1)], made('schema.json'))).rejects.toThrow('rows')
  await expect(makeCore([], new Uint8Array([1]))).rejects.toThrow('schema')
})

test('moments and people are put in wherever they stand', () => {
  const known = new Map([['siti', 'id-1']])
  const now_ms = new Date(2026, 10, 27, 12).getTime()
  const invented = {
    a: ['@siti', 'day-1', 'month-27'],
    '@siti': { b: 'day+4', c: 5, d: null },
    e: 'holiday-1',
  }
  expect(spoken(invented, known, now_ms)).toEqual({
    a: ['id-1', '2026-11-26', '2026-10'],
    'id-1': { b: '2026-12-01', c: 5, d: null },
    e: 'holiday-1',
  })
  expect(() => spoken('@nobody', known, now_ms)).toThrow('@nobody')
})
