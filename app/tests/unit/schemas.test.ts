/** A phone that is not updated still learns new fields; and says in time what threatens her notes. */

import { expect, test } from 'vitest'
import { DOCUMENT, fake, freshName, storeOn } from './fake'
import { text, utf8, type Bytes } from '../../src/phone/bytes'
import type { MakeCore } from '../../src/phone/core'
import { Unreadable } from '../../src/phone/crypt'
import { deviceNotices, type Around } from '../../src/phone/notices'
import { dayOf } from '../../src/phone/persist'
import { Schemas } from '../../src/phone/schemas'

const documentOf = (version: number) =>
  utf8(JSON.stringify({ schema: { version, kinds: [], enumerations: [], flags: {} } }))

/** Notes which version each core was made on; `unreadable` ones it refuses. */
function versions(seen: number[], unreadable: number[] = []): MakeCore {
  return async (rows: Bytes[], document: Bytes) => {
    const { schema } = JSON.parse(text(document)) as { schema: { version: number } }
    seen.push(schema.version)
    if (unreadable.includes(schema.version)) throw new Unreadable('schema')
    return fake(rows)
  }
}

async function schemas(name: string, makeCore: MakeCore): Promise<Schemas> {
  return new Schemas(makeCore, async () => DOCUMENT, await storeOn(name))
}

const serving = (version: number, asked: string[] = []): typeof fetch => {
  return async (path) => {
    asked.push(String(path))
    return new Response(documentOf(version))
  }
}

test('a newer document of the server is kept, and used from the next start on', async () => {
  const [name, seen] = [freshName(), [] as number[]]
  const one = await schemas(name, versions(seen))
  await one.load([])
  expect(await one.renew(4, () => undefined, serving(4))).toBe(true)
  expect((await one.schema()).version).toBe(3)
  const two = await schemas(name, versions(seen))
  await two.load([])
  expect(seen).toEqual([3, 4])
  expect((await two.schema()).version).toBe(4)
})

test('what is held already is not fetched, and an older one or nonsense not kept', async () => {
  const [name, asked] = [freshName(), [] as string[]]
  const one = await schemas(name, versions([]))
  expect(await one.renew(3, () => undefined, serving(3, asked))).toBe(false)
  expect(asked).toEqual([])
  expect(await one.renew(5, () => undefined, serving(2, asked))).toBe(false)
  expect(await one.renew(5, () => undefined, async () => new Response('{}'))).toBe(false)
  expect(asked).toEqual(['/v1/schema'])
  expect((await one.schema()).version).toBe(3)
})

test('a kept document older than the app, or one that it cannot read, gives way to its own', async () => {
  const [name, seen] = [freshName(), [] as number[]]
  const store = await storeOn(name)
  await store.keepSchema(2, documentOf(2))
  await (await schemas(name, versions(seen))).load([])
  await store.keepSchema(9, documentOf(9))
  const two = await schemas(name, versions(seen, [9]))
  await two.load([])
  expect(seen).toEqual([3, 9, 3])
  expect((await two.schema()).version).toBe(3)
})

test('rows that no document helps with are the rows', async () => {
  const [name, seen] = [freshName(), [] as number[]]
  await (await storeOn(name)).keepSchema(9, documentOf(9))
  await expect((await schemas(name, versions(seen, [3, 9]))).load([])).rejects.toThrow(Unreadable)
})

const DAY_S = 86_400
const CALM: Around = {
  day: '2026-11-27',
  now_s: 1_795_737_600,
  unsent_since_s: null,
  backup_at_s: null,
  clock_s: 10,
  left_mb: 900,
}

test('the phone speaks up when something threatens her notes, and not before', () => {
  const said = (about: Partial<Around>) => deviceNotices({ ...CALM, ...about }).map(({ words }) => words)
  const since = (days: number) => ({ unsent_since_s: CALM.now_s - days * DAY_S })
  expect(said({})).toEqual([])
  expect(said(since(6))).toEqual([])
  expect(said(since(7))).toEqual(['long_unsent'])
  expect(said(since(14))).toEqual(['long_unsent', 'backup_due'])
  expect(said({ ...since(20), backup_at_s: CALM.now_s - 2 * DAY_S })).toEqual(['long_unsent'])
  expect(said({ clock_s: -301 })).toEqual(['clock_off'])
  expect(said({ left_mb: 49 })).toEqual(['space_low'])
  expect(said({ left_mb: null, clock_s: null })).toEqual([])
})

test('the same thing is said again only in another week', () => {
  const ids = (now_s: number) => deviceNotices({ ...CALM, now_s, left_mb: 1 }).map(({ id }) => id)
  expect(ids(CALM.now_s)).toEqual(ids(CALM.now_s + 60))
  expect(ids(CALM.now_s)).not.toEqual(ids(CALM.now_s + 7 * DAY_S))
})

test('a day is that of the place where she is', () => {
  expect(dayOf(new Date(2026, 0, 5, 0, 1))).toBe('2026-01-05')
  expect(dayOf(new Date(2026, 11, 31, 23, 59))).toBe('2026-12-31')
})
