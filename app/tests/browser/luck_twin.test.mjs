// A battery that dies at any moment, and a phone that came back from last month's copy.
//
// The rule this module protects: *what was said to be saved is there, and is on the server exactly once*, whenever the
// battery died and however many phones believe to be this one.

import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import test from 'node:test'
import * as hands from './hands.mjs'
import { serverHas, village } from './village.mjs'
import { isLost } from './wire.mjs'

const later = (ms) => new Promise((done) => setTimeout(done, ms))

test('the battery dies while saving: what was said to be saved is there, the rest is still typed', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const phone = await enrolled()
  await hands.isInstalled(phone.page)
  wire.fate = isLost
  let there = []
  for (const delay_ms of [0, 10, 25, 60, 160]) {
    const name = `Resep ${delay_ms}`
    await hands.startRecipe(phone.page, name)
    await hands.pressSave(phone.page)
    await later(delay_ms)
    const said = await phone.page.getByRole('heading', { name: 'Tersimpan di HP' }).isVisible()
    await phone.die()
    const page = await phone.open()
    await hands.unlock(page)
    const shown = await hands.shown(page)
    if (said) assert.ok(shown.includes(name), `${name} was said to be saved`)
    for (const before of there) assert.ok(shown.includes(before), `${before} was there`)
    there = shown
    assert.deepEqual(await hands.counts(page), { saved: there.length, received: 0 })
  }
  assert.ok(there.length > 0)
  wire.fate = () => null
  await hands.send(phone.page, there.length)
  await serverHas(server, there)
  assert.deepEqual(phone.errors, [])
})

test('the battery dies while sending: all of it on the server once, and counted', async (t) => {
  const { server, enrolled } = await village(t)
  const phone = await enrolled()
  await hands.isInstalled(phone.page)
  const names = []
  for (const delay_ms of [0, 25, 90]) {
    names.push(`Resep ${delay_ms}`)
    await hands.saveRecipe(phone.page, names.at(-1))
    await hands.pressSend(phone.page)
    await later(delay_ms)
    await phone.die()
    await hands.unlock(await phone.open())
  }
  await hands.send(phone.page, names.length)
  await serverHas(server, names)
  assert.deepEqual(await hands.shown(phone.page), names.sort())
})

test('the battery dies while the store is laid out and the code is used: the same code goes on', async (t) => {
  const { server, handset, invited } = await village(t)
  const phone = handset()
  const { code } = await invited()
  for (const delay_ms of [0, 30, 80, 150]) {
    const page = await phone.open()
    if (!(await isWelcome(page))) break
    await hands.giveCode(page, code)
    await later(delay_ms)
    await phone.die()
  }
  if (!phone.context) await phone.open()
  const { page } = phone
  if (await isWelcome(page)) await hands.giveCode(page, code)
  await hands.choosePin(page)
  await hands.isOpen(page)
  await hands.saveRecipe(page, 'Bubur ikan')
  await hands.send(page, 1)
  await serverHas(server, ['Bubur ikan'])
  assert.equal((await server.api('GET', '/v1/devices')).length, 1)
})

/** Otherwise the code was used, and the first PIN is asked for. */
async function isWelcome(page) {
  const heading = page.getByRole('heading', { name: /Selamat datang|Buat PIN/ }).first()
  await heading.waitFor()
  return (await heading.innerText()).includes('Selamat')
}

test('a copy of last month, made when all was sent, beside the phone itself: nothing lost, nothing doubled, both end the same', async (t) => {
  const here = await village(t)
  const original = await withOneSent(here)
  await original.close()
  const copy = copyOf(original, here)
  await bothGoOn(here, original, copy, ['Sebelum disalin, terkirim'])
})

test('a copy made while something was unsent: nothing lost, nothing doubled, both end the same', async (t) => {
  const here = await village(t)
  const original = await withOneSent(here)
  here.wire.fate = isLost
  await hands.saveRecipe(original.page, 'Sebelum disalin, belum terkirim')
  await original.close()
  const copy = copyOf(original, here)
  await bothGoOn(here, original, copy, ['Sebelum disalin, terkirim', 'Sebelum disalin, belum terkirim'])
})

async function withOneSent({ enrolled }) {
  const phone = await enrolled()
  await hands.isInstalled(phone.page)
  await hands.saveRecipe(phone.page, 'Sebelum disalin, terkirim')
  await hands.send(phone.page, 1)
  return phone
}

function copyOf(original, { handset }) {
  const copy = handset()
  cpSync(original.folder, copy.folder, { recursive: true })
  return copy
}

/** Each writes without signal and sends, the copy last; then the original once more. Both end with all of it. */
async function bothGoOn({ server, wire }, original, copy, before) {
  const alone = async (phone, ...names) => {
    wire.fate = isLost
    await hands.unlock(await phone.open())
    for (const name of names) await hands.saveRecipe(phone.page, name)
    wire.fate = () => null
  }
  await alone(original, 'HP asli satu', 'HP asli dua')
  await hands.send(original.page, before.length + 2)
  await alone(copy, 'HP salinan satu', 'HP salinan dua')
  await hands.sendAll(copy.page)
  const names = [...before, 'HP asli satu', 'HP asli dua', 'HP salinan satu', 'HP salinan dua']
  await serverHas(server, names)

  await hands.saveRecipe(original.page, 'HP asli sesudahnya')
  await hands.sendAll(original.page)
  await hands.sendAll(copy.page)
  names.push('HP asli sesudahnya')
  await serverHas(server, names)
  assert.deepEqual(await hands.shown(original.page), names.sort())
  assert.deepEqual(await hands.shown(copy.page), names)
}
