// A PIN that does not match, and clocks that lie.
//
// The rule this module protects: *a wrong PIN costs time and a wrong clock costs nothing*: the notes are there afterwards,
// and are sent once.

import assert from 'node:assert/strict'
import test from 'node:test'
import { appWithClock, Clock } from './clock.mjs'
import * as hands from './hands.mjs'
import { alertSays, serverHas, village } from './village.mjs'
import { isApi } from './wire.mjs'

const YEAR_MS = 365 * 86_400_000
const MONTH_MS = 30 * 86_400_000
const WAITS = [0, 0, 0, '30 detik', '1 menit', '5 menit', '15 menit', '30 menit', '1 jam']
const WAITS_S = [0, 0, 0, 30, 60, 300, 900, 1800, 3600]
const BLOCKED = 'HP ini terkunci'

/** The sheet of the code is asked to go by the answer and by the screen that goes: twice, before the browser has stepped. */
const stepBackSlowly = () => {
  const back = history.back.bind(history)
  history.back = () => void setTimeout(back, 100)
}

const sheetIsGone = () =>
  new Promise((gone) => {
    const look = () => (!history.state?.layers ? gone() : setTimeout(look, 10))
    look()
  })

async function clocked(t) {
  const here = await village(t, { app: appWithClock(t) })
  const clock = new Clock(here.wire)
  /** What happens to requests of the API; `null`: nothing. */
  const api = (fate) => (here.wire.fate = (path) => clock.fate(path) ?? (fate && isApi(path) ? fate : null))
  return { ...here, clock, api }
}

test('ten wrong PINs: longer and longer waits, a block that outlives reload and death, a code that ends it', async (t) => {
  const { server, api, clock, enrolled } = await clocked(t)
  const phone = await enrolled(clock.settings)
  let { page } = phone
  api('lose')
  await hands.saveRecipe(page, 'Bubur ikan')
  await hands.lock(page)
  for (let wrong = 1; wrong <= 9; wrong += 1) {
    await hands.typePin(page, '111222')
    const wait = WAITS[wrong - 1]
    await alertSays(page, wait ? `Tunggu` : wrong > 5 ? 'PIN salah' : 'PIN belum cocok')
    if (wait === 0) continue
    if (wrong === 5) {
      // Dying gives no try back and takes no wait away.
      await phone.die()
      page = await phone.open()
      await alertSays(page, 'Tunggu')
    }
    assert.equal(await page.locator('.pin .keys button:enabled').count(), 0)
    await clock.move(page, clock.off_ms + (WAITS_S[wrong - 1] + 5) * 1000)
  }
  await hands.typePin(page, '111222')
  await page.getByRole('heading', { name: BLOCKED }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: BLOCKED }).waitFor()
  await phone.die()
  page = await phone.open()
  await page.getByRole('heading', { name: BLOCKED }).waitFor()

  api(null)
  await page.evaluate(stepBackSlowly)
  await page.getByRole('button', { name: 'Saya punya kode' }).click()
  await page.getByLabel('Kode bagian 1 dari 4').fill(await server.pinCode(phone.person))
  await page.getByRole('button', { name: 'Lanjut' }).click()
  await hands.choosePin(page, '592038')
  await hands.isOpen(page)
  await page.evaluate(sheetIsGone)
  await hands.isSent(page, 1)
  await hands.lock(page)
  await hands.unlock(page, '592038')
  assert.deepEqual(await hands.shown(page), ['Bubur ikan'])
  await serverHas(server, ['Bubur ikan'])
})

test('back to 1970, a year ahead, and right again: all of it is received, once', async (t) => {
  const { server, clock, enrolled } = await clocked(t)
  const phone = await enrolled(clock.settings)
  await hands.saveRecipe(phone.page, 'Hari ini')
  await hands.send(phone.page, 1)
  const visits = { 'Tahun 1970': -Date.now() + 86_400_000, 'Tahun depan': YEAR_MS, 'Hari ini lagi': 0 }
  const names = ['Hari ini']
  for (const [name, ms] of Object.entries(visits)) {
    await phone.close()
    clock.off_ms = ms
    const page = await phone.open()
    await hands.unlock(page)
    await hands.saveRecipe(page, name)
    names.push(name)
    await hands.send(page, names.length)
    await serverHas(server, names)
  }
  await phone.page.getByRole('heading', { name: 'Jam HP tidak tepat' }).waitFor({ state: 'detached' })
  const other = await enrolled()
  await hands.sendAll(other.page)
  assert.deepEqual(await hands.shown(other.page), names.sort())
})

test('a clock that is mended after the server asked for patience does not make the phone hammer it', async (t) => {
  const { wire, clock, api, enrolled } = await clocked(t)
  clock.off_ms = MONTH_MS
  const { page } = await enrolled(clock.settings)
  await hands.saveRecipe(page, 'Bubur ikan')
  const body = '{"code":"rate_limited","message":"Tunggu. / Wait.","retry_after_s":3}'
  api({ status: 429, headers: { 'content-type': 'application/json' }, body })
  await hands.pressSend(page)
  await page.getByRole('status').filter({ hasText: 'Server sibuk' }).waitFor()
  await clock.move(page, 0)
  api(null)
  await hands.send(page, 1)
  wire.asked()
  await page.waitForTimeout(1000)
  assert.deepEqual(wire.asked(), [])
})
