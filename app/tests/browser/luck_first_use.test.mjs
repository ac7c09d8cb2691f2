// A first use that is interrupted, wherever it can be.
//
// The rule this module protects: *whatever was lost on the way, opening the app again goes on from there*, and a code
// whose answer was lost still works.

import assert from 'node:assert/strict'
import test from 'node:test'
import * as hands from './hands.mjs'
import { alertSays, serverHas, village } from './village.mjs'

test('the core does not come: the page says so, and the same press works when there is signal', async (t) => {
  const { wire, handset, invited } = await village(t)
  const { code } = await invited()
  wire.fate = (path) => (path.endsWith('.wasm') ? 'cut_reply' : null)
  const page = await handset().open()
  await hands.giveCode(page, code)
  await alertSays(page, 'sinyal')
  wire.fate = () => null
  await page.getByRole('button', { name: 'Daftarkan HP ini' }).click()
  await hands.choosePin(page)
  await hands.isOpen(page)
})

test('the worker does not come: the page says so, and trying again goes on', async (t) => {
  const { wire, handset } = await village(t)
  wire.fate = (path) => (path.includes('/worker-') ? 'lose' : null)
  const page = await handset().open()
  const again = page.getByRole('button', { name: 'Coba lagi' })
  await again.waitFor()
  wire.fate = () => null
  await again.click()
  await page.getByRole('heading', { name: 'Selamat datang di Lumbung' }).waitFor()
})

test('the app came half: it is whole after the next visit, and opens without signal', async (t) => {
  const { wire, handset } = await village(t)
  const phone = handset()
  wire.fate = (path) => (path.includes('/help-') ? 'lose' : null)
  await phone.open()
  await phone.page.getByRole('button', { name: 'Mulai', exact: true }).waitFor()
  await phone.die()
  wire.fate = () => null
  const page = await phone.open()
  await hands.isInstalled(page)
  wire.cut()
  await phone.die()
  await phone.open()
  await phone.page.getByRole('button', { name: 'Mulai', exact: true }).waitFor()
  assert.deepEqual(phone.errors, [])
})

test('the answer to the code is lost, the battery dies: the same code works', async (t) => {
  const { server, wire, handset, invited } = await village(t)
  const phone = handset()
  const { code } = await invited()
  let page = await phone.open()
  wire.fate = (path) => (path === '/v1/enrol' ? 'lose_reply' : null)
  await hands.giveCode(page, code)
  await alertSays(page, 'Belum ada sinyal')
  await phone.die()
  wire.fate = () => null
  page = await phone.open()
  await hands.enrol(page, code)
  await hands.saveRecipe(page, 'Sayur bayam')
  await hands.send(page, 1)
  await serverHas(server, ['Sayur bayam'])
  assert.equal((await server.api('GET', '/v1/devices')).length, 1)
})

test('the battery dies before the first PIN: it is asked for again, also without signal', async (t) => {
  const { wire, handset, invited } = await village(t)
  const phone = handset()
  const { code } = await invited()
  let page = await phone.open()
  await hands.isInstalled(page)
  await hands.giveCode(page, code)
  await page.getByRole('group', { name: 'Buat PIN 6 angka' }).waitFor()
  wire.cut()
  await phone.die()
  page = await phone.open()
  await hands.choosePin(page)
  await hands.isOpen(page)
})

test('the first village comes in pieces: cut, cut again, killed, and whole at the end', async (t) => {
  const { wire, enrolled, handset, invited } = await village(t)
  const writer = await enrolled()
  const names = ['Bubur', 'Pepes', 'Sayur']
  for (const name of names) await hands.saveRecipe(writer.page, name)
  await hands.send(writer.page, 3)
  const phone = handset()
  const { code } = await invited()
  const page = await phone.open()
  await hands.giveCode(page, code)
  await page.getByRole('group', { name: 'Buat PIN 6 angka' }).waitFor()
  const isVillage = (path) => path.endsWith('/snapshot') || path === '/v1/pull'
  wire.fate = (path) => (isVillage(path) ? 'cut_reply' : null)
  await hands.choosePin(page)
  await hands.isOpen(page)
  await hands.sending(page)
  await page.getByText('Tidak ada sinyal').waitFor()
  await phone.die()
  const again = await phone.open()
  await hands.unlock(again)
  await hands.sending(again)
  await again.getByText('Tidak ada sinyal').waitFor()
  wire.fate = () => null
  await hands.pressSend(again)
  await again.getByText('Tidak ada sinyal').waitFor({ state: 'detached' })
  assert.deepEqual(await hands.shown(again), names)
})
