// A disk that is full, emptied behind her back, or damaged.
//
// The rule this module protects: *what could not be stored is said at once and stays typed; what cannot be read is set
// aside; what was carried away in time comes back, once*.

import assert from 'node:assert/strict'
import test from 'node:test'
import { emptied, filled, inStore, narrowed } from './disk.mjs'
import * as hands from './hands.mjs'
import { alertSays, serverHas, until, village } from './village.mjs'
import { isLost } from './wire.mjs'

test('a full phone: saving says so, the form is still there, and with space it saves', async (t) => {
  const { server, enrolled } = await village(t)
  const phone = await enrolled()
  await hands.isInstalled(phone.page)
  const quota = await narrowed(phone)
  const { page } = phone
  await page.goto(server.origin)
  await hands.unlock(page)
  await hands.startRecipe(page, 'Bubur ikan')
  await filled(page)
  await hands.pressSave(page)
  await alertSays(page, 'Penyimpanan HP penuh')
  assert.equal(await page.locator('#q-name').inputValue(), 'Bubur ikan')
  await page.locator('#q-name').fill('Bubur ikan asin')
  await hands.pressSave(page)
  await page.getByRole('button', { name: 'Simpan', exact: true }).waitFor()
  await alertSays(page, 'Penyimpanan HP penuh')
  await quota.widened()
  await hands.pressSave(page)
  await hands.isSaved(page)
  await hands.saveRecipe(page, 'Pepes tahu')
  await hands.send(page, 2)
  await serverHas(server, ['Bubur ikan asin', 'Pepes tahu'])
})

test('a full phone cannot count a try of the PIN: it says why, and opens when there is space', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const phone = await enrolled()
  await hands.isInstalled(phone.page)
  wire.fate = isLost
  await hands.saveRecipe(phone.page, 'Bubur ikan')
  const quota = await narrowed(phone)
  const { page } = phone
  await page.goto(server.origin)
  await page.getByRole('group', { name: 'Masukkan PIN' }).waitFor()
  await filled(page)
  await hands.typePin(page)
  await alertSays(page, 'HP penuh')
  await quota.widened()
  wire.fate = () => null
  await hands.unlock(page)
  await hands.send(page, 1)
  await serverHas(server, ['Bubur ikan'])
})

test('the browser threw everything away: the phone is fresh, enrols as another, and gets what it had sent', async (t) => {
  const { server, wire, enrolled, handset } = await village(t)
  const phone = await enrolled()
  await hands.saveRecipe(phone.page, 'Bubur ikan')
  await hands.send(phone.page, 1)
  wire.fate = isLost
  await hands.saveRecipe(phone.page, 'Pepes tahu')
  const file = await hands.backupFile(phone.page)
  await emptied(phone.page)
  await phone.die()
  wire.fate = () => null

  const page = await phone.open()
  await page.getByRole('heading', { name: 'Selamat datang di Lumbung' }).waitFor()
  await hands.enrol(page, await server.invite(phone.person))
  await hands.send(page, 0)
  assert.deepEqual(await hands.shown(page), ['Bubur ikan'])

  const courier = await enrolled()
  await hands.bringFile(courier.page, file)
  await courier.page.getByText('1 catatan teman diterima kantor').waitFor()
  await hands.bringFile(courier.page, file)
  await serverHas(server, ['Bubur ikan', 'Pepes tahu'])
  await hands.sendAll(page)
  assert.deepEqual(await hands.shown(page), ['Bubur ikan', 'Pepes tahu'])
  assert.equal((await server.api('GET', '/v1/devices')).length, 3)
})

test('a damaged store is set aside and said so, never deleted; what waits in it is sent, and the phone can be enrolled anew', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const phone = await enrolled()
  let { page } = phone
  await hands.saveRecipe(page, 'Bubur ikan')
  await hands.send(page, 1)
  wire.cut()
  await hands.saveRecipe(page, 'Pepes tahu')
  await hands.lock(page)
  const before = await inStore(page, 'lumbung', 'log', 'garble')
  await hands.typePin(page)
  await page.getByRole('heading', { name: 'Catatan di HP ini tidak bisa dibaca' }).waitFor()
  await page.getByText('Disimpan sebagai: lumbung').waitFor()
  await page.reload()
  await page.getByText('1 catatan yang belum terkirim tetap dikirim').waitFor()
  wire.mend()
  await page.reload()
  await until(async () => (await hands.recipes(server)).includes('Pepes tahu'))
  await page.getByText('belum terkirim').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Saya punya kode baru' }).click()
  await hands.enrol(page, await server.invite(phone.person))
  await hands.sendAll(page)
  assert.deepEqual(await hands.shown(page), ['Bubur ikan', 'Pepes tahu'])
  await phone.die()
  page = await phone.open()
  await hands.unlock(page)
  assert.equal(await inStore(page, 'lumbung', 'log', 'count'), before)
  assert.equal(await inStore(page, 'lumbung', 'outbox', 'count'), 1)
  assert.equal(await inStore(page, 'lumbung-2', 'outbox', 'count'), 0)
  assert.deepEqual(phone.errors, [])
})
