/** What the core wants is fetched only when what it changed is on the disk. */

import { expect, test, vi } from 'vitest'
import { freshName, openOn, storeOn, type Script } from './fake'
import { chance } from '../../src/phone/bytes'
import { keyOf } from '../../src/phone/crypt'
import { ask } from '../../src/phone/net'
import type { Open } from '../../src/phone/open'
import type { Store } from '../../src/phone/store'
import { Sync } from '../../src/phone/sync'
import { Triggers, type Clockwork } from '../../src/phone/triggers'

const GET = {
  method: 'GET' as const,
  path: '/v1/challenge',
  headers: [['accept', 'x']] as [string, string][],
}
const POST = {
  method: 'POST' as const,
  path: '/v1/push',
  headers: [['content-type', 'x']] as [string, string][],
}
const NO_SIGNAL = { done: false, end: 'no_signal' as const }

interface Tried {
  sync: Sync
  store: Store
  open: Open
  heard: string[]
  phases: string[]
  bytes: () => number
}

async function syncing(script: Script, fetcher: (store: Store) => typeof fetch): Promise<Tried> {
  const [heard, phases]: [string[], string[]] = [[], []]
  const key = await keyOf(chance(32))
  const store = await storeOn(freshName())
  const open = await openOn(store, key, { ...script, heard })
  let bytes = 0
  const sync = new Sync(open, {
    now_s: () => 1000,
    count: ({ up, down }) => (bytes += up + down),
    phase: (phase) => phases.push(phase),
    fetcher: fetcher(store),
  })
  return { sync, store, open, heard, phases, bytes: () => bytes }
}

const ok =
  (body: string, headers: HeadersInit = {}) =>
  async () =>
    new Response(body, { headers })

test('each step is stored before it is fetched, in order, and the end is reported', async () => {
  const stored: number[] = []
  const tried = await syncing({ wants: [GET, POST] }, (store) => async (path, options) => {
    stored.push(await store.db.count('log'))
    const headers = { 'Lumbung-Schema': '7', date: new Date(1_600_000).toUTCString() }
    return new Response(`${options!.method} ${String(path)}`, { headers })
  })
  const ended = await tried.sync.run()
  expect(stored).toEqual([1, 2])
  expect(tried.heard).toEqual([
    'changed',
    'came 200 GET /v1/challenge',
    'changed',
    'came 200 POST /v1/push',
    'changed',
    // It has a second number, or asks for one.
    'changed',
  ])
  expect(ended).toMatchObject({
    phase: 'idle',
    refusal: null,
    schema: 7,
    clock_s: 600,
    report: { done: true },
  })
  expect(tried.phases).toEqual(['receiving', 'sending'])
  expect(tried.bytes()).toBeGreaterThan(2 * 120)
})

test('what could not be stored is not fetched', async () => {
  let asked = 0
  const tried = await syncing({ wants: [GET] }, () => async () => ((asked += 1), new Response('x')))
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  expect(await tried.sync.run()).toMatchObject({ phase: 'refused', refusal: { code: 'no_space' } })
  expect(asked).toBe(0)
  full.mockRestore()
  expect(await tried.sync.run()).toMatchObject({ phase: 'idle' })
  expect(asked).toBe(1)
})

test('a reply that was lost, a sign-in page and a redirect are no signal', async () => {
  const answers: (typeof fetch)[] = [
    async () => Promise.reject(new TypeError('offline')),
    ok('<html>', { 'content-type': 'text/html; charset=utf-8' }),
    async () => new Response('', { status: 511 }),
  ]
  for (const answer of answers) {
    const tried = await syncing({ wants: [GET], report: NO_SIGNAL }, () => answer)
    expect((await tried.sync.run()).phase).toBe('no_signal')
    expect(tried.heard).toContain('lost')
  }
})

test('an answer that breaks off is brought as far as it came', async () => {
  const broken = () => {
    let pulls = 0
    return new ReadableStream<Uint8Array>({
      pull(control) {
        pulls += 1
        if (pulls > 1) control.error(new Error('cut'))
        else control.enqueue(new TextEncoder().encode('half'))
      },
    })
  }
  const tried = await syncing({ wants: [GET], report: NO_SIGNAL }, () => async () => new Response(broken()))
  expect((await tried.sync.run()).phase).toBe('no_signal')
  expect(tried.heard).toContain('came 200 half cut')
})

test('a busy server is waited for as long as it asks; a refusal and a doubt are said in both languages', async () => {
  const ended = async (report: Script['report']) => (await syncing({ report }, () => ok(''))).sync.run()
  expect(await ended({ done: false, end: 'wait', wait_s: 90 })).toMatchObject({
    phase: 'waiting',
    wait_s: 90,
  })
  const refused = { code: 'device_revoked', message: { id: 'Dicabut', en: 'Revoked' } }
  expect(await ended({ done: false, end: 'refused', refused })).toMatchObject({
    phase: 'refused',
    refusal: refused,
  })
  expect(await ended({ done: false, end: 'doubt' })).toMatchObject({
    phase: 'refused',
    refusal: { code: 'doubt' },
  })
  expect(await ended({ done: false, end: 'bad_answer' })).toMatchObject({ phase: 'no_signal', refusal: null })
})

test('two syncs are one, and people save in between', async () => {
  let release!: () => void
  const held = new Promise<void>((resolve) => (release = resolve))
  const tried = await syncing({ wants: [GET] }, () => async () => (await held, new Response('x')))
  const [one, two] = [tried.sync.run(), tried.sync.run()]
  expect(tried.sync.isRunning).toBe(true)
  await tried.open.change((core) => core.save(core.blank('household', '', {}), 'author', 1))
  expect(await tried.open.ask((core) => core.counts().saved)).toBe(1)
  release()
  expect(await one).toBe(await two)
  expect(tried.heard.filter((said) => said.startsWith('came'))).toHaveLength(1)
  expect(tried.sync.isRunning).toBe(false)
})

test('what the line did to an answer is not told to the core, and a large one shows how far it is', async () => {
  const [whole, seen, headers] = [200_000, [] as number[], [] as string[]]
  const body = () => {
    let pulls = 0
    return new ReadableStream<Uint8Array>({
      pull(control) {
        pulls += 1
        if (pulls > 2) control.close()
        else control.enqueue(new Uint8Array(whole / 2))
      },
    })
  }
  const line = { 'content-encoding': 'gzip', 'content-length': String(whole), etag: '"x"' }
  const answer = await ask(
    { ...GET, body: null },
    () => undefined,
    async () => new Response(body(), { headers: line }),
    (percent) => seen.push(percent),
  )
  headers.push(...answer!.headers.map(([name]) => name))
  expect(headers).toEqual(['etag'])
  expect(seen).toEqual([0, 50, 99])
})

test('a sync takes out of the outbox what the core has receipts for', async () => {
  const tried = await syncing({ wants: [GET] }, () => ok('x'))
  for (const seq of [1, 2]) await tried.store.db.add('outbox', { actor: '7f', seq, bytes: new Uint8Array() })
  await tried.open.change((core) => core.takeReceipt('{"actor":"7f","seq":1}', 1))
  await tried.sync.run()
  expect((await tried.store.db.getAll('outbox')).map(({ seq }) => seq)).toEqual([2])
})

class FakeClock implements Clockwork {
  at_ms = 0
  work: (() => void) | null = null
  due_ms = 0
  now_ms = () => this.at_ms
  random = () => 0.5
  after(ms: number, work: () => void) {
    this.work = work
    return (this.due_ms = this.at_ms + ms)
  }
  cancel() {
    this.work = null
  }
}

test('failures are tried again later and later, success after an hour, and patience is kept', () => {
  const clock = new FakeClock()
  let syncs = 0
  const triggers = new Triggers(() => (syncs += 1), clock)
  const waits = [1, 2, 3].map(() => (triggers.ended('badly', null), clock.due_ms))
  expect(waits).toEqual([15_000, 30_000, 60_000])
  triggers.now()
  expect(clock.due_ms).toBe(0)
  clock.work!()
  expect(syncs).toBe(1)
  triggers.ended('well', null)
  expect(clock.due_ms).toBe(3_600_000)
  triggers.saved()
  expect(clock.due_ms).toBe(20_000)
  // More is saved: the first one's twenty seconds stand.
  clock.at_ms = 5000
  triggers.saved()
  expect(clock.due_ms).toBe(20_000)
  triggers.ended('badly', 300)
  triggers.now()
  expect(clock.due_ms).toBe(305_000)
  triggers.stop()
  expect(clock.work).toBeNull()
})
