// Two windows, a new version, and work that goes on while nobody looks.
//
// The rule this module protects: *one window writes, a new app waits for the form, and what is sealed is delivered by
// whoever is awake*: nothing is lost and no number is used twice.

import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as hands from './hands.mjs'
import { copyOfApp, serverHas, until, village } from './village.mjs'
import { isLost } from './wire.mjs'

const ELSEWHERE = 'Lumbung terbuka di tempat lain'
const isElsewhere = (page) => page.getByRole('heading', { name: ELSEWHERE }).waitFor()
const take = (page) => page.getByRole('button', { name: 'Pakai di sini' }).click()

async function secondTab(phone) {
  const page = await phone.context.newPage()
  page.setDefaultTimeout(30_000)
  phone.watch(page)
  await page.goto(phone.origin)
  return page
}

test('two windows: the second says so, takes over, and what was typed in the first is a draft', async (t) => {
  const { server, enrolled } = await village(t)
  const phone = await enrolled()
  const one = phone.page
  await hands.saveRecipe(one, 'Bubur ikan')
  const two = await secondTab(phone)
  await isElsewhere(two)
  await hands.startRecipe(one, 'Pepes tahu')
  // The answer is on the disk before another window may have the phone.
  await one.locator('#q-name').blur()
  await take(two)
  await isElsewhere(one)
  await hands.unlock(two)
  await hands.goHome(two)
  await two.getByText('Belum selesai diisi').waitFor()
  await hands.saveRecipe(two, 'Sayur bayam')
  await take(one)
  await isElsewhere(two)
  await hands.unlock(one)
  await hands.goHome(one)
  await one.getByRole('link', { name: 'Menu dan resep' }).first().click()
  await one.getByRole('button', { name: 'Semua dalam satu halaman' }).click()
  assert.equal(await one.locator('#q-name').inputValue(), 'Pepes tahu')
  await hands.pressSave(one)
  await hands.isSaved(one)
  await hands.send(one, 3)
  await serverHas(server, ['Bubur ikan', 'Pepes tahu', 'Sayur bayam'])
  assert.deepEqual(phone.errors, [])
})

test('taken over in the middle of saving: saved or still typed, never twice', async (t) => {
  const { server, enrolled } = await village(t)
  const phone = await enrolled()
  let [here, there] = [phone.page, await secondTab(phone)]
  const said = []
  for (let round = 1; round <= 4; round += 1) {
    await isElsewhere(there)
    await hands.startRecipe(here, `Resep ${round}`)
    await Promise.all([pressAtOnce(here, 'Simpan'), pressAtOnce(there, 'Pakai di sini')])
    await isElsewhere(here)
    await hands.unlock(there)
    ;[here, there] = [there, here]
    const shown = await hands.shown(here)
    if (shown.includes(`Resep ${round}`)) said.push(`Resep ${round}`)
    else await hands.goHome(here)
    if (!shown.includes(`Resep ${round}`)) await here.getByText('Belum selesai diisi').waitFor()
  }
  await hands.send(here, said.length)
  await serverHas(server, said)
  assert.equal((await server.rows('menu_recipe')).length, said.length)
})

/** Without waiting until it can be pressed: whoever comes first has it. */
function pressAtOnce(page, words) {
  const press = (words) => Array.from(document.querySelectorAll('button')).find(({ innerText }) => innerText === words)?.click()
  return page.evaluate(press, words)
}

/** The app as it will be tomorrow. */
function tomorrow(t) {
  const folder = copyOfApp(t)
  for (const end of ['br', 'gz']) for (const name of ['sw.js', 'index.html']) rmSync(join(folder, `${name}.${end}`), { force: true })
  const page = join(folder, 'index.html')
  writeFileSync(page, readFileSync(page, 'utf8').replace('<html', '<html data-besok'))
  const worker = join(folder, 'sw.js')
  const list = readFileSync(worker, 'utf8')
  const renewed = list.replace(/("?revision"?:\s*)["`'](\w+)["`'](,\s*"?url"?:\s*["`']index\.html)/, '$1"besok"$3')
  assert.notEqual(renewed, list, 'the list of files names the page')
  writeFileSync(worker, renewed)
  return folder
}

test('a new version while a form is open: it waits, the form stays, and the old app goes on sending', async (t) => {
  const { server, enrolled } = await village(t)
  const phone = await enrolled()
  const { page } = phone
  await hands.isInstalled(page)
  await page.reload()
  await hands.unlock(page)
  await hands.startRecipe(page, 'Bubur ikan')
  server.app = tomorrow(t)
  await server.kill()
  await server.start()
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration()).update()))
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    while (!registration.waiting) await new Promise((done) => setTimeout(done, 50))
  })
  assert.equal(await page.locator('#q-name').inputValue(), 'Bubur ikan')
  await hands.pressSave(page)
  await hands.isSaved(page)
  await hands.send(page, 1)
  await hands.startRecipe(page, 'Pepes tahu')
  await page.getByRole('button', { name: 'Tutup' }).click()
  await page.getByText('Versi baru sudah siap').waitFor()
  assert.equal(await page.evaluate(() => 'besok' in document.documentElement.dataset), false)
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Pasang' }).click()])
  await hands.unlock(page)
  assert.equal(await page.evaluate(() => 'besok' in document.documentElement.dataset), true)
  await hands.goHome(page)
  await page.getByText('Belum selesai diisi').waitFor()
  assert.deepEqual(await hands.shown(page), ['Bubur ikan'])
  await serverHas(server, ['Bubur ikan'])
  assert.deepEqual(phone.errors, [])
})

/** As the browser does when there is signal again. */
async function woken(phone) {
  const browser = await phone.context.newCDPSession(phone.page)
  const known = new Promise((done) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(phone.origin))
      if (own) done(own.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const wake = { origin: phone.origin, registrationId: await known, tag: 'parcels', lastChance: true }
  await browser.send('ServiceWorker.dispatchSyncEvent', wake)
}

test('locked, without the PIN, the service worker delivers; the receipts are counted at the next unlock', async (t) => {
  const { server, wire, enrolled } = await village(t)
  const phone = await enrolled()
  const { page } = phone
  await hands.isInstalled(page)
  wire.fate = isLost
  await hands.saveRecipe(page, 'Bubur ikan')
  await hands.saveRecipe(page, 'Pepes tahu')
  await hands.lock(page)
  wire.fate = (path) => (path === '/v1/parcels' ? 'lose_reply' : null)
  await woken(phone)
  await until(async () => (await server.rows('menu_recipe')).length === 2)
  wire.fate = () => null
  // The answer that was lost came as far as the wire: it is not to be taken for the next one.
  wire.asked()
  await woken(phone)
  await until(() => wire.seen.some(({ path, down_bytes }) => path === '/v1/parcels' && down_bytes > 0))
  // Without signal: what is counted now can only be what the service worker brought.
  wire.fate = isLost
  await hands.unlock(page)
  await hands.isSent(page, 2)
  wire.fate = () => null
  await hands.send(page, 2)
  await serverHas(server, ['Bubur ikan', 'Pepes tahu'])
})
