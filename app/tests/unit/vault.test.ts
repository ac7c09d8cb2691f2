/** A wrong PIN costs time, never data. */

import { expect, test } from 'vitest'
import { CHEAP, freshName, storeOn } from './fake'
import { chance, utf8, type Bytes } from '../../src/phone/bytes'
import { seal, unseal, Unreadable } from '../../src/phone/crypt'
import { isRefusal } from '../../src/phone/refusals'
import type { Store } from '../../src/phone/store'
import { Vault, weakness } from '../../src/phone/vault'

const SITI = { author: 'author-1', name: 'Siti Karangan' }
const RINA = { author: 'author-2', name: 'Rina Rekaan' }
const PIN = '482913'

class Clock {
  ms = 1_795_737_600_000
}

async function vaultOn(name: string, clock = new Clock()): Promise<{ vault: Vault; store: Store }> {
  const store = await storeOn(name)
  return { store, vault: new Vault(store, () => clock.ms, CHEAP) }
}

async function owned(name: string, clock?: Clock): Promise<{ vault: Vault; store: Store; secret: Bytes }> {
  const made = await vaultOn(name, clock)
  const key = await made.vault.make()
  expect(await made.vault.own(key, SITI, PIN)).toBeNull()
  return { ...made, secret: await seal(key, 'place', utf8('a note')) }
}

async function opens(key: unknown, secret: Bytes): Promise<boolean> {
  return !isRefusal(key) && (await unseal(key as CryptoKey, 'place', secret).then(() => true))
}

function code(outcome: unknown): string | null {
  return isRefusal(outcome) ? outcome.refused.code : null
}

test('the right PIN opens what was sealed, also after the app was killed; a wrong one does not', async () => {
  const name = freshName()
  const { secret } = await owned(name)
  const { vault } = await vaultOn(name)
  expect(code(await vault.unlock(SITI.author, '482914'))).toBe('pin_wrong')
  expect(await opens(await vault.unlock(SITI.author, PIN), secret)).toBe(true)
  expect((await vault.locks()).tries_left).toBe(10)
})

test('before the first PIN the device alone opens it, and not afterwards', async () => {
  const name = freshName()
  const { vault } = await vaultOn(name)
  expect(await vault.is()).toBe('none')
  const secret = await seal(await vault.make(), 'place', utf8('a note'))
  const later = (await vaultOn(name)).vault
  expect(await later.is()).toBe('bare')
  const key = await later.openBare()
  expect(await opens(key, secret)).toBe(true)
  await later.own(key, SITI, PIN)
  expect(await later.is()).toBe('owned')
  await expect(later.openBare()).rejects.toThrow(Unreadable)
})

test('waits grow, a kill gives no try back, and after ten wrong only a code helps', async () => {
  const [name, clock] = [freshName(), new Clock()]
  const { secret } = await owned(name, clock)
  const waits = []
  for (let i = 0; i < 10; i += 1) {
    const { vault } = await vaultOn(name, clock)
    const { wait_s } = await vault.locks()
    waits.push(wait_s)
    if (wait_s > 0) expect(code(await vault.unlock(SITI.author, PIN))).toBe('pin_wait')
    clock.ms += wait_s * 1000
    expect(code(await vault.unlock(SITI.author, '000001'))).toBe(i < 9 ? 'pin_wrong' : 'pin_blocked')
  }
  expect(waits).toEqual([0, 0, 0, 0, 30, 60, 300, 900, 1800, 3600])
  const { vault } = await vaultOn(name, clock)
  expect(code(await vault.unlock(SITI.author, PIN))).toBe('pin_blocked')
  expect(await vault.locks()).toMatchObject({ blocked: true, tries_left: 0 })
  // The key that the server gives back opens everything, under a new PIN.
  const raw = await escrowed(vault, name)
  expect(await vault.reset(raw, SITI.author, '739164')).toBeNull()
  expect(await opens(await vault.unlock(SITI.author, '739164'), secret)).toBe(true)
  expect(code(await vault.unlock(SITI.author, PIN))).toBe('pin_wrong')
})

/** What a server would give back: the key as it was when it was sealed to it. */
async function escrowed(vault: Vault, name: string): Promise<Bytes> {
  const { store } = await vaultOn(name)
  const ring = (await store.fact<{ owners: { key: Bytes }[] }>('ring'))!
  const tries = await store.fact('tries')
  await store.note({ tries: undefined })
  const key = await vault.unlock(SITI.author, PIN)
  await store.note({ tries, ring })
  let raw: Bytes | null = null
  await vault.keepEscrow(key as CryptoKey, async (bytes) => (raw = bytes))
  return raw!
}

test('a try is counted before it is made', async () => {
  const name = freshName()
  const { vault, store } = await owned(name)
  const ring = (await store.fact<{ owners: { key: Bytes }[] }>('ring'))!
  ring.owners[0]!.key[20]! ^= 1
  await store.note({ ring })
  await expect(vault.unlock(SITI.author, PIN)).rejects.toThrow(Unreadable)
  expect((await (await vaultOn(name)).vault.locks()).tries_left).toBe(9)
})

test('a clock that was set back does not lock her out longer than the wait itself', async () => {
  const [name, clock] = [freshName(), new Clock()]
  const { vault } = await owned(name, clock)
  for (let i = 0; i < 4; i += 1) await vault.unlock(SITI.author, '000001')
  clock.ms -= 86_400_000
  expect((await vault.locks()).wait_s).toBe(30)
})

test('two owners open the same, each with her own PIN, and names are sealed', async () => {
  const name = freshName()
  const { vault, store, secret } = await owned(name)
  const key = (await vault.unlock(SITI.author, PIN)) as CryptoKey
  expect(await vault.own(key, RINA, '917354')).toBeNull()
  expect((await vault.locks()).owners).toEqual([SITI, RINA])
  expect(await opens(await vault.unlock(RINA.author, '917354'), secret)).toBe(true)
  expect(code(await vault.unlock(RINA.author, PIN))).toBe('pin_wrong')
  expect(JSON.stringify(await store.fact('ring'))).not.toContain('Rina')
  expect(code(await vault.change(RINA.author, PIN, '604827'))).toBe('pin_wrong')
  expect(await vault.change(RINA.author, '917354', '604827')).toBeNull()
  expect(await opens(await vault.unlock(RINA.author, '604827'), secret)).toBe(true)
  expect(await opens(await vault.unlock(SITI.author, PIN), secret)).toBe(true)
})

test('another key than ours is refused at a reset, and nothing changes', async () => {
  const name = freshName()
  const { vault, secret } = await owned(name)
  await expect(vault.reset(chance(32), SITI.author, '739164')).rejects.toThrow(Unreadable)
  expect(await opens(await vault.unlock(SITI.author, PIN), secret)).toBe(true)
})

test('the key cannot be taken out of what is unlocked, nor a ring be moved to another store', async () => {
  const { vault, store } = await owned(freshName())
  const key = (await vault.unlock(SITI.author, PIN)) as CryptoKey
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  const other = await vaultOn(freshName())
  await other.store.note({ ring: await store.fact('ring') })
  await expect(other.vault.unlock(SITI.author, PIN)).rejects.toThrow(Unreadable)
})

test('PINs that anybody would try are refused kindly', () => {
  for (const pin of ['123456', '654321', '000000', '777777', '121212', '123123', '890123']) {
    expect(code(weakness(pin)), pin).toBe('pin_easy')
  }
  for (const pin of ['12345', '1234567', '12a456', '']) expect(code(weakness(pin)), pin).toBe('pin_form')
  for (const pin of [PIN, '112358', '100000', '135790']) expect(weakness(pin), pin).toBeNull()
})
