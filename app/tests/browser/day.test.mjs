// The whole day of a kader, on the real server with either database.
//
// The rule this module protects: *what she typed without signal is on the server once, as she typed it*, and at every moment
// of the day the phone says truly how much of it is only with her.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Handset } from './browser.mjs'
import { addRecipe, cook, foundVillage, openKitchen } from './kitchen.mjs'
import { Office } from './office.mjs'
import { Server } from './server.mjs'
import * as steps from './steps.mjs'
import { dayAgo, follow, goTo, press, sees } from './steps.mjs'
import * as village from './neighbours.mjs'

const PIN = '284719'
const COLLEAGUE_PIN = '630582'
const PLACES = ['Hari ini', 'Keluarga', 'Dapur', 'Kegiatan', 'Lainnya']
/** Families 2, people 5, pregnancies 2, couple 1, visits 6, screening 1, Kampung KB, kitchen, recipe, meal. */
const SAVED = 21

for (const kind of ['sqlite', 'postgres']) {
  test(`the day of a kader, on ${kind}`, { timeout: 170_000 }, async () => {
    const server = await Server.fresh(kind)
    const sri = new Handset(server.origin)
    const ani = new Handset(server.origin)
    try {
      await (await Office.open(server)).addWorker('Bu Lastri')
      await morning(server, sri, 'sri.kader', PIN)
      await morning(server, ani, 'ani.kader', COLLEAGUE_PIN)
      await ani.close()
      await withoutSignal(server, sri)
      await signalIsBack(server, sri)
      await asTyped(server)
      await twoSawDifferently(server, sri, ani)
      await inEnglish(sri.page)
      assert.deepEqual([...sri.errors, ...ani.errors], [])
    } catch (why) {
      await show(sri)
      await show(ani)
      throw why
    } finally {
      await Promise.all([sri.end(), ani.end()])
      await server.end()
    }
  })
}

/** What stood on the screen when it went wrong. */
async function show(handset) {
  console.error(handset.errors)
  if (handset.context) console.error(await handset.page.locator('body').ariaSnapshot().catch(String))
}

async function morning(server, handset, login, pin) {
  const page = await steps.open(handset)
  await steps.enrol(page, await server.invite(await server.addPerson(login)))
  await steps.choosePin(page, pin)
  await steps.atHome(page)
  await steps.connected(page)
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
  const missing = await page.evaluate(async () => {
    const script = await (await fetch('/sw.js')).text()
    const urls = [...script.matchAll(/url:\s*"([^"]+)"|"url":\s*"([^"]+)"/g)].map(([, one, other]) => one ?? other)
    const kept = await Promise.all(urls.map((url) => caches.match(new URL(url, location.origin), { ignoreSearch: true })))
    return urls.length < 10 ? ['no list'] : urls.filter((_, at) => !kept[at])
  })
  assert.deepEqual(missing, [], 'everything is kept for the days without signal')
}

async function withoutSignal(server, sri) {
  server.wire.cut()
  await sri.page.reload()
  await steps.unlock(sri.page, PIN)
  await register(sri.page)
  await dieInAForm(sri)
  const { page } = sri
  await doorstep(page)
  // Later the wire is whole, and it is the server that is gone.
  await server.kill()
  server.wire.mend()
  await page.reload()
  await steps.unlock(page, PIN)
  await visits(page)
  await kitchen(page)
  await howItStands(page)
}

async function register(page) {
  for (const family of village.FAMILIES) {
    await village.registerFamily(page, family)
    for (const person of family.people) await village.addMember(page, person)
  }
  await village.openPerson(page, 'Siti Melati')
  await village.notePregnancy(page, dayAgo(140))
  await village.openPerson(page, 'Rina Kenanga')
  await village.noteDelivery(page, dayAgo(20))
  await village.openPerson(page, 'Dewi Anggrek')
  await village.noteCouple(page, dayAgo(-60))
}

/** Her battery is empty in the middle of a visit: what she had answered is there in the morning. */
async function dieInAForm(sri) {
  await village.visit(sri.page, 'Bagus Karangan', village.measured('9,1', '76,5', 28))
  await village.openPerson(sri.page, 'Bagus Karangan')
  await follow(sri.page, 'Catat kunjungan')
  // Among the team that is present: no office has written a record of her yet.
  await steps.press(sri.page, /^Lainnya \(\d+\), boleh dilewati/)
  await sees(sri.page, 'sri.kader')
  await steps.measure(sri.page, 'Berat badan', '9,4')
  await steps.measure(sri.page, 'Panjang/tinggi badan', '75,2', ['Telentang (panjang)'])
  await sees(sri.page, /Sekarang 75,2 cm, sebelumnya 76,5 cm/)
  await sri.die()
  const page = await steps.open(sri)
  await steps.unlock(page, PIN)
  await sees(page, 'Belum selesai diisi')
}

async function doorstep(page) {
  await follow(page, /Bagus Karangan.*Kunjungan pendampingan/)
  await steps.reads(page, 'Berat badan', '9,40')
  await steps.reads(page, 'Panjang/tinggi badan', '75,2')
  await steps.measure(page, 'Panjang/tinggi badan', '70,4')
  await sees(page, /Ukur panjang sekali lagi/)
  await steps.measure(page, 'Panjang/tinggi badan', '77,4')
  await page.getByText(/Ukur panjang sekali lagi/).waitFor({ state: 'detached' })
  await sees(page, /Tumbuh dengan baik/)
  await steps.choose(page, 'Rencana kunjungan berikutnya', '1 minggu lagi')
  await steps.save(page)
  await village.openPerson(page, 'Bagus Karangan')
  await sees(page, '7 hari lagi')
  await sees(page, 'Berat badan menurut umur')
  await page.getByText('Lihat angkanya').click()
  const rows = page.getByRole('table').getByRole('row')
  await page.getByRole('table').waitFor()
  const table = (await rows.allInnerTexts()).join('\n')
  assert.match(table, /9,4/, 'today is a point of the curve')
  assert.match(table, /9,1/, 'and so is last month')
}

async function visits(page) {
  await village.visit(page, 'Dewi Anggrek', village.VISITS.catin)
  await village.visit(page, 'Siti Melati', village.VISITS.pregnant)
  await village.visit(page, 'Rina Kenanga', village.VISITS.postpartum)
  await village.visit(page, 'Joko Rekaan', village.VISITS.balita)
  await village.screen(page, 'Wagiman')
}

async function kitchen(page) {
  await foundVillage(page, 'Kampung KB Melati')
  await openKitchen(page, { name: 'Dapur Mawar', village: 'Kampung KB Melati', manager: 'Bu Lastri' })
  await addRecipe(page, 'Sayur bayam telur')
  await cook(page, { kitchen: 'Dapur Mawar', menu: 'Sayur bayam telur', eaters: ['Bagus Karangan', 'Siti Melati'] })
}

async function howItStands(page) {
  for (const place of PLACES) {
    await goTo(page, place)
    await page.getByRole('link', { name: `${SAVED} belum terkirim sejak hari ini` }).waitFor()
  }
  await steps.openSending(page)
  await sees(page, `${SAVED} catatan belum terkirim`)
  await sees(page, 'Menunggu sejak hari ini')
  assert.match(await page.getByRole('main').innerText(), /Tersimpan di HP\s+21\s+Diterima kantor\s+0\s/)
  await search(page)
  await sameAgain(page)
}

async function search(page) {
  await goTo(page, 'Keluarga')
  const box = page.getByRole('searchbox', { name: 'Cari nama atau RT' })
  for (const [typed, found] of [['muhammad', /Keluarga Moh. Suparmin/], ['karang', /Bagus Karangan/], ['wag', /Wagiman/]]) {
    await box.fill(typed)
    await page.getByRole('link', { name: found }).first().waitFor()
  }
  await box.fill('')
}

/** She begins to register a family that is there already, and finds it instead. */
async function sameAgain(page) {
  await follow(page, 'Tambah keluarga')
  await village.writeFamily(page, { head: 'Muhammad Suparmin', rt: '003', rw: '002', hamlet: 'Krajan' })
  await steps.check(page)
  await sees(page, 'Apakah keluarga ini yang dimaksud?')
  await press(page, 'Ya, buka yang ini')
  await page.getByRole('heading', { name: 'Keluarga Moh. Suparmin' }).waitFor()
  await goTo(page, 'Hari ini')
  await press(page, /^Buang:/)
  await page.getByRole('dialog').getByRole('button', { name: 'Buang', exact: true }).click()
  await page.getByText('Belum selesai diisi').waitFor({ state: 'detached' })
}

/** Nobody presses a button. */
async function signalIsBack(server, sri) {
  await server.start()
  await sri.page.evaluate(() => dispatchEvent(new Event('online')))
  await sees(sri.page, `${SAVED} tersimpan · ${SAVED} diterima`)
}

async function asTyped(server) {
  await server.login()
  const rows = async (kind) => (await server.rows(kind)).map(({ fields }) => fields)
  const by = { measured_by: 'cadre' }
  const families = await rows('household')
  assert.deepEqual(
    families.map(({ head_name, rt, rw, hamlet }) => [head_name, rt, rw, hamlet]),
    village.FAMILIES.map(({ head, rt, rw, hamlet }) => [head, rt, rw, hamlet]),
  )
  const people = village.FAMILIES.flatMap((family) => family.people)
  const members = await rows('member')
  assert.deepEqual(
    members.map(({ full_name, birth_date }) => [full_name, birth_date]),
    people.map(({ name, born }) => [name, { date: born.iso, precision: 'day' }]),
  )
  const visits = await rows('visit')
  assert.deepEqual(
    visits.map((visit) => [visit.target_group, visit.visit_date, visit.child_weight ?? visit.pregnant_weight ?? visit.catin_weight ?? null]),
    [
      ['baduta', dayAgo(28).iso, { kg: '9.10', ...by }],
      ['baduta', dayAgo(0).iso, { kg: '9.40', ...by }],
      ['catin', dayAgo(0).iso, { kg: '48.5', ...by }],
      ['pregnant', dayAgo(0).iso, { kg: '54.2', ...by }],
      ['postpartum', dayAgo(0).iso, null],
      ['balita', dayAgo(0).iso, { kg: '13.40', ...by }],
    ],
  )
  assert.deepEqual(visits[1].child_length, { cm: '77.4', position: 'lying', ...by }, 'what she corrected')
  // She was never asked to which pregnancy or couple a visit belongs.
  const ids = async (kind) => (await server.rows(kind)).map(({ id }) => id)
  assert.deepEqual([visits[3].pregnancy_id, visits[4].pregnancy_id], await ids('pregnancy'))
  assert.deepEqual([visits[2].couple_id], await ids('couple'))
  const [meal, ...others] = await rows('meal_session')
  assert.equal(others.length, 0)
  assert.deepEqual([meal.portions_cooked, meal.portions_served_free, meal.funding_source], [12, 2, ['village_fund']])
  const eaten = Object.values(meal.recipients).map(({ target_group, portions }) => `${target_group} ${portions}`)
  assert.deepEqual(eaten.sort(), ['baduta 1.0', 'pregnant 1.0'])
  assert.deepEqual([meal.kitchen_id], await ids('dashat_kitchen'))
  assert.deepEqual(meal.menu_ids, await ids('menu_recipe'))
  assert.equal((await rows('risk_screening')).length, 1)
}

async function twoSawDifferently(server, sri, ani) {
  const other = await steps.open(ani)
  await steps.unlock(other, COLLEAGUE_PIN)
  await goTo(other, 'Keluarga')
  await follow(other, /Moh. Suparmin/)
  server.wire.cut()
  await correct(sri.page, '9,9')
  await correct(other, '9,7')
  server.wire.mend()
  await steps.send(sri.page)
  await steps.send(other)
  await press(sri.page, 'Kirim sekarang')
  await Promise.any([sri.page, other].map((page) => sees(page, 'Ada dua catatan yang berbeda')))
  for (const page of [sri.page, other]) {
    await village.openPerson(page, 'Bagus Karangan')
    await sees(page, 'Perlu dicek')
    await follow(page, new RegExp(`^${dayAgo(0).full}`))
    await steps.asks(page, 'Berat badan')
    await sees(page, 'Dua orang mencatat berbeda')
    const both = await page.getByRole('main').innerText()
    assert.match(both, /9,9/)
    assert.match(both, /9,7/)
    await press(page, 'Tutup')
  }
}

async function correct(page, kg) {
  await village.openPerson(page, 'Bagus Karangan')
  await follow(page, new RegExp(`^${dayAgo(0).full}`))
  await steps.measure(page, 'Berat badan', kg)
  await steps.save(page)
  await page.getByRole('link', { name: /^1 belum terkirim/ }).waitFor()
}

async function inEnglish(page) {
  await goTo(page, 'Lainnya')
  await press(page, 'English')
  await page.getByRole('navigation').getByRole('link', { name: 'Families', exact: true }).click()
  await follow(page, 'Add a family')
  await sees(page, 'Name of the head of family')
}
