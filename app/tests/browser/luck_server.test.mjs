// A server, or somebody in its place, that answers badly.
//
// The rule this module protects: *whatever comes back, nothing is lost, "received" rises by receipts only, and what is
// said is plain*. Afterwards it goes on, and everything is on the server once.

import assert from 'node:assert/strict'
import test from 'node:test'
import * as hands from './hands.mjs'
import { alertSays, serverHas, village } from './village.mjs'
import { isApi, isLost } from './wire.mjs'

const refusal = (status, code, headers = {}) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ code, message: 'Tunggu sebentar. / Wait a little.', retry_after_s: 2 }),
})
const garbage = { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from([0xff, 0, 1, 2, 0xfe, 0x7b]) }
const NO_SIGNAL = 'Tidak ada sinyal'
const BUSY = 'Server sibuk. Akan dicoba lagi sendiri.'

const LUCK = {
  'a Wi-Fi that wants a sign-in': [{ status: 200, body: '<html>Selamat datang di WiFi</html>' }, NO_SIGNAL],
  'a Wi-Fi that leads elsewhere': [{ status: 302, headers: { location: 'http://10.0.0.1/masuk' } }, NO_SIGNAL],
  'bytes that mean nothing': [garbage, NO_SIGNAL],
  'nothing at all': [{ status: 204, headers: {}, body: '' }, NO_SIGNAL],
  'a proxy without a server behind it': [{ status: 502, body: '<html>Bad Gateway</html>' }, NO_SIGNAL],
  'a server without space': [refusal(503, 'unavailable'), BUSY],
  'a server that was asked too often': [refusal(429, 'rate_limited', { 'retry-after': '2' }), BUSY],
  'a server with a fault': [refusal(500, 'internal'), BUSY],
  'an upload that is too large': [refusal(413, 'too_large'), 'Server menolak'],
  'an answer that is cut in its middle': ['cut_reply', NO_SIGNAL],
  'a server that is silent': ['lose', NO_SIGNAL],
}

test('each kind of bad answer is told in plain words, counts nothing, and the next try goes on', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const phone = await enrolled()
  const { page } = phone
  const names = []
  for (const [kind, [fate, words]] of Object.entries(LUCK)) {
    names.push(kind)
    await hands.saveRecipe(page, kind)
    wire.fate = (path) => (isApi(path) ? fate : null)
    await hands.pressSend(page)
    await page.getByRole('status').filter({ hasText: words }).waitFor()
    const now = await hands.counts(page)
    assert.deepEqual(now, { saved: names.length, received: names.length - 1 }, kind)
    await page.getByText('Aman di HP ini. Terkirim saat ada sinyal.').waitFor()
    wire.fate = () => null
    await hands.send(page, names.length)
  }
  await serverHas(server, names)
  assert.deepEqual(phone.errors, [])
})

test('a reply that is lost after the server stored it: once on the server, and counted by its receipt', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const { page } = await enrolled()
  await hands.saveRecipe(page, 'Bubur ikan')
  wire.fate = (path) => (path === '/v1/push' ? 'lose_reply' : null)
  await hands.pressSend(page)
  await page.getByRole('status').filter({ hasText: NO_SIGNAL }).waitFor()
  await serverHas(server, ['Bubur ikan'])
  assert.deepEqual(await hands.counts(page), { saved: 1, received: 0 })
  wire.fate = () => null
  await hands.send(page, 1)
  await serverHas(server, ['Bubur ikan'])
})

test('the server is slow: the page says that it sends, and people save meanwhile', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const { page } = await enrolled()
  await hands.saveRecipe(page, 'Bubur ikan')
  wire.fate = (path) => (isApi(path) ? { delay_ms: 1500 } : null)
  await hands.pressSend(page)
  await page.getByRole('status').filter({ hasText: 'Sedang' }).waitFor()
  await hands.saveRecipe(page, 'Pepes tahu')
  wire.fate = () => null
  await hands.sending(page)
  await page.getByRole('button', { name: 'Kirim sekarang' }).waitFor()
  await hands.send(page, 2)
  await serverHas(server, ['Bubur ikan', 'Pepes tahu'])
})

test('after a stop, and after being asked for patience, phones go on by themselves', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const [patient, cut] = [await enrolled(), await enrolled()]
  await hands.saveRecipe(patient.page, 'Bubur ikan')
  await hands.saveRecipe(cut.page, 'Pepes tahu')
  wire.fate = (path) => (isApi(path) ? refusal(429, 'rate_limited') : null)
  await hands.pressSend(patient.page)
  await patient.page.getByRole('status').filter({ hasText: BUSY }).waitFor()
  await server.kill()
  wire.fate = () => null
  await hands.pressSend(cut.page)
  await cut.page.getByRole('status').filter({ hasText: NO_SIGNAL }).waitFor()
  await server.start()
  await hands.isSent(patient.page, 1)
  await hands.isSent(cut.page, 1)
  await serverHas(server, ['Bubur ikan', 'Pepes tahu'])
})

test('somebody else’s file: a lost answer is told, and brought again it counts once', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const owner = await enrolled()
  const courier = await enrolled()
  wire.fate = isLost
  await hands.saveRecipe(owner.page, 'Bubur ikan')
  await hands.saveRecipe(owner.page, 'Pepes tahu')
  const file = await hands.backupFile(owner.page)
  wire.fate = (path) => (path === '/v1/parcels' ? 'lose_reply' : null)
  await hands.bringFile(courier.page, file)
  await alertSays(courier.page, 'Belum ada sinyal')
  wire.fate = () => null
  await hands.bringFile(courier.page, file)
  await courier.page.getByText('2 catatan teman diterima kantor').waitFor()
  await serverHas(server, ['Bubur ikan', 'Pepes tahu'])
  assert.deepEqual(await hands.counts(owner.page), { saved: 2, received: 0 })
  await hands.send(owner.page, 2)
  await serverHas(server, ['Bubur ikan', 'Pepes tahu'])
})
