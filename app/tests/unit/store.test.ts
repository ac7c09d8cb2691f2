/** Saved means on the disk, whole. */

import { afterEach, expect, test, vi } from 'vitest'
import { fake, freshName, openOn, row, storeOn } from './fake'
import { chance, joined, text, utf8, type Bytes } from '../../src/phone/bytes'
import { keyOf, Unreadable } from '../../src/phone/crypt'
import { setAside } from '../../src/phone/aside'
import { currentName, openDatabase } from '../../src/phone/database'
import { Forms } from '../../src/phone/forms'
import { Closed, type Open } from '../../src/phone/open'
import { pieces } from '../../src/phone/pieces'
import type { Store } from '../../src/phone/store'
import { openDB } from 'idb'

afterEach(() => vi.restoreAllMocks())

const key = await keyOf(chance(32))

async function readAgain(name: string): Promise<Bytes[]> {
  return (await storeOn(name)).read(key)
}

async function rowsOf(name: string): Promise<string> {
  return text(joined(await readAgain(name)))
}

function desk(also = async () => ({})) {
  return { home: '35.07.16.2013', day: () => '2026-11-27', now_s: () => 1, also }
}

async function opened(name: string): Promise<{ store: Store; open: Open }> {
  const store = await storeOn(name)
  return { store, open: await openOn(store, key) }
}

/** A store with these rows, one kept after the other. */
async function kept(...rows: Bytes[]): Promise<{ name: string; store: Store }> {
  const name = freshName()
  const store = await storeOn(name)
  await store.read(key)
  for (const one of rows) await store.keep(key, one)
  return { name, store }
}

test('what was kept is there after a kill, in its order, without any folding', async () => {
  const { name, store } = await kept(row('a', 'Siti Karangan'), row('a', '2'))
  expect(await readAgain(name)).toEqual([row('a', 'Siti Karangan'), row('a', '2')])
  const [entry] = await store.db.getAll('log')
  expect(text(entry!)).not.toContain('Siti')
})

test('saving is one transaction: the row, the parcel and the end of the draft', async () => {
  const name = freshName()
  const { store, open } = await opened(name)
  const parcel = { actor: '7f', seq: 1, bytes: utf8('sealed') }
  const forms = new Forms(
    open,
    desk(async () => ({ parcel })),
  )
  const { form } = await forms.blank('household', {})
  await forms.type(form, 'head_name', 'Siti')
  expect(await store.db.count('draft')).toBe(1)
  expect(await forms.save(form, 'author')).toEqual({ saved: { dot: '7f:1', record: 'record-1' } })
  expect(await rowsOf(name)).toContain('head_name=Siti')
  expect(await store.db.count('draft')).toBe(0)
  expect(await store.db.getAll('outbox')).toEqual([parcel])
})

test('a save that fails leaves nothing half: neither row nor parcel, and the form is still open', async () => {
  const name = freshName()
  const { store, open } = await opened(name)
  let bytes: unknown = () => 'not storable'
  const forms = new Forms(
    open,
    desk(async () => ({ parcel: { actor: '7f', seq: 1, bytes: bytes as Bytes } })),
  )
  const { form } = await forms.blank('household', {})
  await forms.type(form, 'head_name', 'Siti')
  expect(await forms.save(form, 'author')).toMatchObject({ refused: { code: 'store' } })
  expect(await store.db.count('log')).toBe(0)
  expect(await store.db.count('outbox')).toBe(0)
  expect(await store.db.count('draft')).toBe(1)
  expect(await open.ask((core) => core.counts().saved)).toBe(0)
  bytes = utf8('sealed')
  expect(await forms.save(form, 'author')).toMatchObject({ saved: { dot: '7f:1' } })
  expect(await rowsOf(name)).toContain('head_name=Siti')
})

test('when the disk cannot be read again after a failed save, the phone stays closed', async () => {
  const name = freshName()
  const { store, open } = await opened(name)
  const forms = new Forms(
    open,
    desk(async () => {
      await store.db.add('log', chance(40), 1)
      throw new Error('killed')
    }),
  )
  const { form } = await forms.blank('household', {})
  expect(await forms.save(form, 'author')).toMatchObject({ refused: { code: 'store' } })
  await expect(open.ask((core) => core.counts())).rejects.toThrow(Closed)
  expect(await store.db.count('log')).toBe(1)
})

test('a full phone is named as such', async () => {
  const { open } = await opened(freshName())
  const forms = new Forms(
    open,
    desk(async () => {
      throw new DOMException('full', 'QuotaExceededError')
    }),
  )
  const { form } = await forms.blank('household', {})
  expect(await forms.save(form, 'author')).toMatchObject({ refused: { code: 'no_space' } })
})

test('another tab that wrote under the same number is noticed', async () => {
  const name = freshName()
  const [one, two] = [await storeOn(name), await storeOn(name)]
  await Promise.all([one.read(key), two.read(key)])
  await one.keep(key, row('a', '1'))
  await expect(
    two.keep(key, row('a', '2'), { parcel: { actor: '7f', seq: 1, bytes: utf8('x') } }),
  ).rejects.toThrow()
  expect(await readAgain(name)).toEqual([row('a', '1')])
  expect(await one.db.count('outbox')).toBe(0)
})

test('folding puts everything in the place of the log, and saving goes on behind it', async () => {
  const { name, store } = await kept(...Array.from({ length: 301 }, (_, i) => row('a', String(i))))
  expect(store.isLong).toBe(true)
  await store.compact(key, row('a', '300'))
  expect(store.isLong).toBe(false)
  await store.keep(key, row('b', '1'))
  const again = await storeOn(name)
  expect(await again.read(key)).toEqual([row('a', '300'), row('b', '1')])
  expect(await again.db.count('log')).toBe(1)
  await again.compact(key, joined([row('a', '300'), row('b', '1')]))
  expect(await readAgain(name)).toEqual([joined([row('a', '300'), row('b', '1')])])
})

test('folding that is cut short leaves snapshot and log as they were', async () => {
  const { name, store } = await kept(row('a', '1'))
  await store.compact(key, row('a', '1'))
  await store.keep(key, row('a', '2'))
  const put = IDBObjectStore.prototype.put
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, at) {
    if (at === 'fold') throw new DOMException('killed', 'AbortError')
    return put.call(this, value, at)
  })
  await expect(store.compact(key, row('a', '2'))).rejects.toThrow('killed')
  vi.restoreAllMocks()
  expect(await readAgain(name)).toEqual([row('a', '1'), row('a', '2')])
  await store.keep(key, row('a', '3'))
  expect(await readAgain(name)).toEqual([row('a', '1'), row('a', '2'), row('a', '3')])
})

test('damage, a hole and a stranger are not read', async () => {
  const { name, store } = await kept(row('a', '1'), row('a', '2'), row('a', '3'))
  await expect((await storeOn(name)).read(await keyOf(chance(32)))).rejects.toThrow(Unreadable)
  const [first, second] = await store.db.getAll('log')
  await store.db.put('log', first!, 2)
  await expect((await storeOn(name)).read(key)).rejects.toThrow(Unreadable)
  await store.db.put('log', second!, 2)
  expect((await readAgain(name)).length).toBe(3)
  await store.db.delete('log', 2)
  await expect((await storeOn(name)).read(key)).rejects.toThrow(Unreadable)
})

test('a store of a newer app is not opened, and the next name is another', async () => {
  const name = freshName()
  ;(await openDB(name, 99)).close()
  await expect(openDatabase(name)).rejects.toThrow(Unreadable)
  const before = await currentName()
  expect(await setAside()).toBe(before)
  expect(await currentName()).not.toBe(before)
})

test('a piece ends where a row ends', () => {
  const rows = [row('a', '1'.repeat(50)), row('b', '2'.repeat(60)), row('c', '3')]
  expect(pieces(joined(rows), 80)).toEqual([rows[0], joined([rows[1]!, rows[2]!])])
  expect(pieces(joined(rows), 10)).toEqual(rows)
  expect(pieces(new Uint8Array())).toEqual([])
  expect(() => pieces(joined(rows).slice(0, -1))).toThrow(RangeError)
  // Two bytes of length: 200 = 0xc8 0x01; and a row that went.
  const long = joined([new Uint8Array([1, 1, 65, 1, 0xc8, 1]), new Uint8Array(200)])
  const gone = new Uint8Array([1, 1, 66, 0])
  expect(pieces(joined([long, gone]), 100)).toEqual([long, gone])
})

test('drafts are sealed, and outlive the app', async () => {
  const name = freshName()
  const { store, open } = await opened(name)
  const forms = new Forms(open, desk())
  const { form } = await forms.blank('household', {})
  await forms.type(form, 'head_name', 'Siti')
  expect(text((await store.db.getAll('draft'))[0]!)).not.toContain('Siti')
  const later = new Forms((await opened(name)).open, desk())
  const [draft] = await later.drafts()
  expect(draft).toMatchObject({ kind: 'household', record: null, at_s: 1 })
  const resumed = await later.resume(draft!.draft)
  expect(resumed.fields).toEqual(['head_name=Siti'])
  expect(await later.drafts()).toEqual([])
  await later.leave(resumed.form, false)
  expect(await store.db.count('draft')).toBe(0)
})

test('the rows of the fake are rows', () => {
  const core = fake([row('change/1', 'x')])
  core.put('a', 'b')
  expect(core.changed()).toEqual(row('a', 'b'))
  expect(pieces(core.everything(), 1).length).toBe(2)
})
