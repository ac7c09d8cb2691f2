/** What is stored is opened by a PIN or not at all, and is never thrown away unsent. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CHEAP, DEVICE, DOCUMENT, FakeCore, making, serverKeys, world, type Script } from './fake'
import { fromBase64url, toBase64url, type Bytes } from '../../src/phone/bytes'
import type { Life, Outcome, Phone } from '../../src/phone/contract'
import { Unreadable } from '../../src/phone/crypt'
import { currentName, openDatabase } from '../../src/phone/database'
import { LifeOfPhone, type Made } from '../../src/phone/life'
import { phoneOf } from '../../src/phone/phone'
import { Vault } from '../../src/phone/vault'

const PIN = '482913'
const server = await serverKeys()
const tabs = { take: async () => true, takeOver: async () => undefined }
const nobody: typeof fetch = async () => Promise.reject(new TypeError('offline'))

let alive: LifeOfPhone[] = []

beforeEach(async () => {
  vi.stubGlobal('navigator', {
    onLine: false,
    storage: { estimate: async () => ({ quota: 2 ** 30, usage: 0 }) },
  })
  const open = await indexedDB.databases()
  for (const { name } of open) indexedDB.deleteDatabase(name!)
})

/** The tab is closed; nothing else is told. */
afterEach(async () => {
  for (const life of alive) await life.give()
  alive = []
})

interface Started {
  life: LifeOfPhone
  phone: Phone
  told: string[]
  begun: Life
}

async function start(script: Script = {}, fetcher = nobody, over: Partial<Made> = {}): Promise<Started> {
  for (const before of alive.splice(0)) await before.give()
  const around = world(fetcher)
  const makeVault: Made['makeVault'] = (store) => new Vault(store, () => Date.now(), CHEAP)
  const makeCore = making(Object.assign(script, { parcel_key: server.point }))
  const life = new LifeOfPhone({
    makeCore,
    builtinSchema: async () => DOCUMENT,
    server: 'https://x',
    world: around,
    tabs,
    makeVault,
    ...over,
  })
  alive.push(life)
  return { life, phone: phoneOf(life, around), told: around.told, begun: await life.begin() }
}

function code(outcome: Outcome<object>): string | null {
  return 'refused' in outcome ? outcome.refused.code : null
}

async function opened(script: Script = {}): Promise<Started> {
  const started = await start(script)
  expect(await started.phone.enrol('KODE-1', 'ponsel')).toEqual({ is: 'unowned', name: 'Ibu Karangan' })
  expect(await started.phone.own(PIN)).toMatchObject({ is: 'open', practice: false })
  return started
}

async function save(phone: Phone): Promise<void> {
  const { form } = await phone.blank('household', {})
  await phone.type(form, 'head_name', 'Siti')
  expect(await phone.save(form)).toHaveProperty('saved')
}

test('enrolling, a PIN, a restart, a wrong PIN, the right one', async () => {
  const one = await start()
  expect(one.begun).toEqual({ is: 'fresh' })
  expect(code(await one.phone.enrol('wrong', 'ponsel'))).toBe('core')
  expect(code(await one.phone.own(PIN))).toBe('not_now')
  await one.phone.enrol('KODE-1', 'ponsel')
  // The code is used up: the step of the PIN comes back.
  const two = await start()
  expect(two.begun).toEqual({ is: 'unowned', name: 'Ibu Karangan' })
  expect(code(await two.phone.own('123456'))).toBe('pin_easy')
  expect(await two.phone.own(PIN)).toMatchObject({
    is: 'open',
    me: { author: 'author-1', home: '35.07.16.2013' },
  })
  await save(two.phone)
  const three = await start()
  const owners = [{ author: 'author-1', name: 'Ibu Karangan' }]
  expect(three.begun).toEqual({ is: 'locked', owners, wait_s: 0, tries_left: 10, blocked: false })
  await expect(three.phone.standing()).rejects.toThrow('locked')
  expect(code(await three.phone.unlock('author-1', '111222'))).toBe('pin_wrong')
  expect(await three.phone.life()).toMatchObject({ is: 'locked', tries_left: 9 })
  expect(await three.phone.unlock('author-1', PIN)).toMatchObject({ is: 'open' })
  expect(await three.phone.standing()).toMatchObject({
    saved: 1,
    received: 0,
    unsent: 1,
    space_left_mb: 1024,
  })
})

test('locking drops the core and the key; nothing is answered any more', async () => {
  const before = FakeCore.live
  const { phone } = await opened()
  expect(FakeCore.live).toBe(before + 1)
  expect(await phone.lock()).toMatchObject({ is: 'locked' })
  expect(FakeCore.live).toBe(before)
  await expect(phone.blank('household', {})).rejects.toThrow('locked')
})

test('a colleague gets a PIN of her own, once', async () => {
  const { phone } = await opened()
  expect(await phone.colleagues()).toEqual([{ author: 'author-2', name: 'Ibu Rekaan' }])
  expect(code(await phone.add_owner('author-9', '739164'))).toBe('owner_unknown')
  expect(await phone.add_owner('author-2', '739164')).toMatchObject({ is: 'open' })
  expect(code(await phone.add_owner('author-2', '739164'))).toBe('owner_known')
  expect(await phone.colleagues()).toEqual([])
  await save(phone)
  const later = await start()
  expect(await later.phone.unlock('author-2', '739164')).toMatchObject({ me: { name: 'Ibu Rekaan' } })
  expect((await later.phone.standing()).saved).toBe(1)
})

test('a forgotten PIN: the server opens the escrow, and nothing that was saved is lost', async () => {
  await save((await opened()).phone)
  const asked: { path: string; body: { device: string; code: string; sealed: string } }[] = []
  const fetcher: typeof fetch = async (path, options) => {
    const body = JSON.parse(new TextDecoder().decode(options!.body as Bytes)) as (typeof asked)[0]['body']
    asked.push({ path: String(path), body })
    const opened = (await server.open(fromBase64url(body.sealed)!, 'lumbung pin 1')).slice(16)
    return new Response(
      JSON.stringify({ key: toBase64url(body.code === 'OTHER' ? new Uint8Array(32) : opened) }),
    )
  }
  const later = await start({}, fetcher)
  expect(code(await later.phone.reset_pin('author-1', 'OTHER', '739164'))).toBe('bad_answer')
  expect(await later.phone.reset_pin('author-1', 'KODE-2', '739164')).toMatchObject({ is: 'open' })
  expect(asked[1]).toMatchObject({ path: '/v1/pin/reset', body: { device: DEVICE, code: 'KODE-2' } })
  expect((await later.phone.standing()).saved).toBe(1)
  await later.phone.lock()
  expect(code(await later.phone.unlock('author-1', PIN))).toBe('pin_wrong')
})

test('without signal a PIN is not reset, and the old one goes on', async () => {
  await opened()
  const later = await start()
  expect(code(await later.phone.reset_pin('author-1', 'KODE-2', '739164'))).toBe('no_signal')
  expect(await later.phone.unlock('author-1', PIN)).toMatchObject({ is: 'open' })
})

test('rows that this app cannot read are set aside whole, and the phone can be enrolled anew', async () => {
  await save((await opened()).phone)
  const name = await currentName()
  const makeCore: Made['makeCore'] = async (rows, schema) => {
    if (rows.length > 1) throw new Unreadable('rows')
    return making()(rows, schema)
  }
  const later = await start({}, nobody, { makeCore })
  expect(await later.phone.unlock('author-1', PIN)).toEqual({
    is: 'unreadable',
    why: 'rows',
    set_aside: name,
    unsent: 1,
  })
  expect(await currentName()).not.toBe(name)
  expect(await (await openDatabase(name)).count('log')).toBeGreaterThan(1)
  expect(await later.phone.enrol('KODE-3', 'ponsel')).toMatchObject({ is: 'unowned' })
})

test('what waits in a store that was set aside is sent by whoever enrols next, and stays where it is', async () => {
  await save((await opened({ actor: '3a' })).phone)
  const name = await currentName()
  const garbled = await openDatabase(name)
  await garbled.put('log', new Uint8Array([1]), 1)
  const script: Script = {}
  let asked = 0
  const receipts = async () => {
    asked += 1
    return new Response(JSON.stringify({ receipts: [{ actor: '3a', seq: 1 }], refused: [] }))
  }
  const later = await start(script, nobody)
  expect(await later.phone.unlock('author-1', PIN)).toMatchObject({ is: 'unreadable', unsent: 1 })
  await later.phone.enrol('KODE-3', 'ponsel')
  const next = await start(script, receipts)
  await next.phone.own(PIN)
  expect((await next.phone.backup())?.text).toMatch(/^Cadangan Lumbung/)
  await next.phone.sync()
  await next.phone.sync()
  expect(asked).toBe(1)
  const db = await openDatabase(await currentName())
  expect([await db.count('outbox'), await db.count('inbox')]).toEqual([0, 0])
  expect(await garbled.count('outbox')).toBe(1)
  expect(await next.phone.standing()).toMatchObject({ saved: 0, received: 0 })
  for (const open of [db, garbled]) open.close()
})

test('withdrawn with nothing unsent it is wiped; with something it waits until that is received', async () => {
  const script: Script = {}
  const { phone, told } = await opened(script)
  const name = await currentName()
  await save(phone)
  script.report = { revoked: true, done: false, end: 'refused' }
  await phone.sync()
  expect(await phone.life()).toEqual({ is: 'withdrawn', unsent: 1 })
  expect(told).toContain('life')
  expect((await phone.backup())?.text).toMatch(/^Cadangan Lumbung/)
  const silent = await start()
  await silent.phone.sync()
  expect(await silent.phone.life()).toEqual({ is: 'withdrawn', unsent: 1 })
  expect((await silent.phone.backup())?.text).toMatch(/^Cadangan Lumbung/)
  const receipt = JSON.stringify({ receipts: [{ actor: '7f', seq: 1 }], refused: [] })
  const later = await start({}, async () => new Response(receipt))
  expect(later.begun).toEqual({ is: 'withdrawn', unsent: 1 })
  await later.phone.sync()
  expect(await later.phone.life()).toEqual({ is: 'withdrawn', unsent: 0 })
  expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name)
})

test('what the service worker brought is taken at unlock, and its parcels go', async () => {
  const { phone } = await opened()
  await save(phone)
  await save(phone)
  const db = await openDatabase(await currentName())
  expect(await db.count('outbox')).toBe(2)
  await db.add('inbox', JSON.stringify({ actor: '7f', seq: 1 }))
  db.close()
  const later = await start()
  await later.phone.unlock('author-1', PIN)
  expect(await later.phone.standing()).toMatchObject({ saved: 2, received: 1 })
  const after = await openDatabase(await currentName())
  expect([await after.count('outbox'), await after.count('inbox')]).toEqual([1, 0])
  after.close()
})

test('the service worker is asked only when the app itself cannot send', async () => {
  const asked = (told: string[]) => told.filter((said) => said.includes('register_sync')).length
  const { life, phone, told } = await opened()
  life.asleep()
  await phone.standing()
  expect(asked(told)).toBe(0)
  await save(phone)
  expect(asked(told)).toBe(1)
  vi.stubGlobal('navigator', { onLine: true, storage: {} })
  await save(phone)
  expect(asked(told)).toBe(1)
  await phone.lock()
  expect(asked(told)).toBe(2)
})

test('practice leaves no trace and sends nothing', async () => {
  const started = await start()
  expect(await started.phone.practise()).toMatchObject({ is: 'open', practice: true })
  const before = (await started.phone.standing()).saved
  await save(started.phone)
  await started.phone.sync()
  expect(await started.phone.standing()).toMatchObject({ saved: before + 1, refusal: { code: 'practice' } })
  expect(await started.phone.backup()).toBeNull()
  expect(await started.phone.end_practice()).toEqual({ is: 'fresh' })
  const db = await openDatabase(await currentName())
  expect([await db.count('log'), await db.count('outbox'), await db.count('draft')]).toEqual([0, 0, 0])
  db.close()
})

test('locking during practice locks what is behind it too', async () => {
  const { phone } = await opened()
  expect(await phone.practise()).toMatchObject({ practice: true })
  expect(await phone.lock()).toMatchObject({ is: 'locked' })
  await phone.unlock('author-1', PIN)
  await phone.practise()
  expect(await phone.end_practice()).toMatchObject({ is: 'open', practice: false })
})

test('another tab gets the phone only when this one has closed it', async () => {
  const { life, phone } = await opened()
  await life.give()
  expect(await phone.life()).toEqual({ is: 'elsewhere' })
  await expect(phone.standing()).rejects.toThrow()
  expect(await phone.take_over()).toMatchObject({ is: 'locked' })
})

test('a new app comes when no form is open', async () => {
  const { phone, told } = await opened()
  const applied = () => told.includes('{"please":"apply_update"}')
  const { form } = await phone.blank('household', {})
  await phone.apply_update()
  expect(applied()).toBe(false)
  await phone.leave(form, true)
  expect(applied()).toBe(true)
})
