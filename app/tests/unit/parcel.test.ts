/** Only the server opens it. */

import { expect, test } from 'vitest'
import { freshName, serverKeys, storeOn } from './fake'
import { backupName, backupParcels, backupText } from '../../src/phone/backup'
import { chance, fromBase64url, text, toBase64url, unframed, utf8, type Bytes } from '../../src/phone/bytes'
import { carryOutbox, chunks, unsentHere } from '../../src/phone/courier'
import { sealed } from '../../src/phone/parcel'
import { keyOf } from '../../src/phone/crypt'
import type { Store } from '../../src/phone/store'

const { point, open } = await serverKeys()

test('the server opens a parcel, by its own name only', async () => {
  const parcel = await sealed(point, 'lumbung parcel 1', utf8('a change'))
  expect(parcel[0]).toBe(1)
  expect(parcel[1]).toBe(4)
  expect(text(await open(parcel, 'lumbung parcel 1'))).toBe('a change')
  await expect(open(parcel, 'lumbung pin 1')).rejects.toThrow()
  parcel[80]! ^= 1
  await expect(open(parcel, 'lumbung parcel 1')).rejects.toThrow()
})

test('a backup is read as it was written, also when an editor changed its line ends', () => {
  const parcels = [chance(300), chance(1), chance(57)]
  const file = backupText(parcels)
  expect(file.split('\n').slice(0, 2).join()).toMatch(/Cadangan Lumbung.*Lumbung backup/)
  expect(backupParcels(file)).toEqual(parcels)
  expect(backupParcels(`\uFEFF${file.replace(/\n/g, '\r\n')}\r\n`)).toEqual(parcels)
  expect(backupName('2026-11-27')).toBe('lumbung-cadangan-2026-11-27.txt')
})

test('a backup that is cut short, or none, is not carried', () => {
  const file = backupText([chance(300)])
  expect(backupParcels(file.slice(0, -9))).toBeNull()
  expect(backupParcels(file.split('\n').slice(2).join('\n'))).toBeNull()
  expect(backupParcels('')).toBeNull()
  expect(backupParcels(file.replace(/\n$/, '!\n'))).toBeNull()
})

test('base64url goes there and back', () => {
  for (const length of [0, 1, 2, 3, 100]) {
    const bytes = chance(length)
    expect(fromBase64url(toBase64url(bytes))).toEqual(bytes)
  }
  expect(fromBase64url('a')).toBeNull()
  expect(fromBase64url('a=')).toBeNull()
})

const parcel = (seq: number, length = 10) => ({ actor: '7f', seq, bytes: new Uint8Array(length).fill(seq) })

test('chunks stay small, in order, and lose nothing', () => {
  const parcels = [parcel(1, 90), parcel(2, 90), parcel(3, 300), parcel(4, 1)]
  const seqs = chunks(parcels, 200).map((chunk) => chunk.map(({ seq }) => seq))
  expect(seqs).toEqual([[1, 2], [3], [4]])
  expect(chunks([])).toEqual([])
})

async function outbox(...seqs: number[]): Promise<Store> {
  const store = await storeOn(freshName())
  for (const seq of seqs) await store.db.add('outbox', parcel(seq))
  return store
}

/** A server that signs for what it is given up to `last`. */
function receiving(last: number, asked: number[][]): typeof fetch {
  return async (_path, options) => {
    const parcels = unframed(options!.body as Bytes)!
    asked.push(parcels.map((bytes) => bytes[0]!))
    const seq = Math.min(last, Math.max(...parcels.map((bytes) => bytes[0]!)))
    return new Response(JSON.stringify({ receipts: [{ actor: '7f', seq }], refused: [] }), {
      headers: { 'content-type': 'application/json' },
    })
  }
}

test('a parcel waits in the outbox until the receipt is taken, and is not sent twice meanwhile', async () => {
  const store = await outbox(1, 2, 3)
  const asked: number[][] = []
  expect(await carryOutbox(store.db, () => undefined, receiving(2, asked))).toBe(true)
  expect(await unsentHere(store.db)).toBe(1)
  expect(await store.db.count('outbox')).toBe(3)
  expect(await carryOutbox(store.db, () => undefined, receiving(9, asked))).toBe(true)
  expect(asked).toEqual([[1, 2, 3], [3]])
  expect(await store.receipts()).toHaveLength(2)
})

test('a sign-in page, an error and silence are no receipt', async () => {
  const store = await outbox(1)
  const answers: (() => Promise<Response>)[] = [
    async () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    async () => new Response('{"code":"busy","message":"x"}', { status: 503 }),
    async () => new Response('{}'),
    async () => Promise.reject(new TypeError('offline')),
  ]
  for (const answer of answers) expect(await carryOutbox(store.db, () => undefined, answer)).toBe(false)
  expect(await store.receipts()).toEqual([])
  expect(await unsentHere(store.db)).toBe(1)
})

test('what the server signed for leaves the outbox, actor by actor, and nothing else does', async () => {
  const store = await outbox(1, 2, 3)
  await store.db.add('outbox', { ...parcel(1), actor: '80' })
  await store.db.add('inbox', '{"actor":"7f","seq":2}', 5)
  const key = await keyOf(chance(32))
  await store.keep(key, new Uint8Array(), { received: { '7f': 2 }, dropReceipts: [5] })
  const left = (await store.db.getAll('outbox')).map(({ actor, seq }) => `${actor}:${seq}`)
  expect(left).toEqual(['7f:3', '80:1'])
  expect(await store.db.count('inbox')).toBe(0)
})
