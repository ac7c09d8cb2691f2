// What a kader does with the app, by what she reads and presses.
//
// The rule this module protects: *a test sees what a person sees*: it presses words and waits for words, so that a screen
// which says nothing fails it.

import { readFileSync } from 'node:fs'

export const PIN = '804215'

const at = (page, hash) => page.evaluate((hash) => void (location.hash = hash), hash)
const button = (page, name) => page.getByRole('button', { name, exact: true })

export const goHome = (page) => at(page, '/')

/** Until the service worker is there: the app opens without signal from now on. */
export const isInstalled = (page) => page.evaluate(() => navigator.serviceWorker.ready)

/** Types a PIN into whichever pad is shown. */
export async function typePin(page, pin = PIN) {
  await page.locator('.pin .keys button:enabled').first().waitFor()
  await page.locator('.pin').focus()
  await page.keyboard.type(pin)
}

/** From the welcome: the code, without waiting for how it ends. */
export async function giveCode(page, code) {
  await at(page, '/masuk')
  await page.getByLabel('Kode bagian 1 dari 4').fill(code)
  await button(page, 'Daftarkan HP ini').click()
}

export async function choosePin(page, pin = PIN) {
  await page.getByRole('group', { name: 'Buat PIN 6 angka' }).waitFor()
  await typePin(page, pin)
  await page.getByRole('group', { name: 'Ketik PIN sekali lagi' }).waitFor()
  await typePin(page, pin)
}

export async function isOpen(page) {
  await page.getByRole('navigation', { name: 'Menu utama' }).waitFor()
}

export async function enrol(page, code) {
  await giveCode(page, code)
  await choosePin(page)
  await isOpen(page)
}

export async function unlock(page, pin = PIN) {
  await goHome(page)
  await page.getByRole('group', { name: 'Masukkan PIN' }).waitFor()
  await typePin(page, pin)
  await isOpen(page)
}

/** Opens a form and types a name: what is not saved yet. */
export async function startRecipe(page, name) {
  await goHome(page)
  await at(page, '/isi/menu_recipe')
  await button(page, 'Semua dalam satu halaman').click()
  await page.locator('#q-name').fill(name)
}

export async function pressSave(page) {
  await button(page, 'Simpan').click()
}

export async function isSaved(page) {
  await page.getByRole('heading', { name: 'Tersimpan di HP' }).waitFor()
}

export async function saveRecipe(page, name) {
  await startRecipe(page, name)
  await pressSave(page)
  await isSaved(page)
}

export const recipes = async (server) => (await server.rows('menu_recipe')).map(({ fields }) => fields.name).sort()

/** Names of the recipes that the phone shows. */
export async function shown(page) {
  await goHome(page)
  await at(page, '/dapur?lihat=resep')
  await page.locator('main .row .name, main .empty').first().waitFor()
  return (await page.locator('main .row .name').allInnerTexts()).sort()
}

export async function sending(page) {
  await at(page, '/kirim')
  await page.locator('.counts b').first().waitFor()
}

/** What the page of sending says: saved on the phone, received by the office. */
export async function counts(page) {
  await sending(page)
  const [saved, received] = await page.locator('.counts b').allInnerTexts()
  return { saved: Number(saved), received: Number(received) }
}

export async function pressSend(page) {
  await sending(page)
  await button(page, 'Kirim sekarang').click()
}

/** Until the page says that everything was received, and how many. */
export async function isSent(page, count) {
  await sending(page)
  await page.getByRole('heading', { name: 'Semua catatan sudah diterima' }).waitFor()
  await page.locator('.counts b').nth(1).getByText(String(count), { exact: true }).waitFor()
}

export async function send(page, count) {
  await pressSend(page)
  await isSent(page, count)
}

/** Sends, until the page has nothing more to say of what it does. */
export async function sendAll(page) {
  await pressSend(page)
  await sending(page)
  await page.getByRole('heading', { name: 'Semua catatan sudah diterima' }).waitFor()
  await page.locator('main button', { hasText: 'Kirim sekarang' }).waitFor()
}

/** Presses for a backup file; gives what is in it. */
export async function backupFile(page) {
  await sending(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Simpan berkas cadangan' }).click(),
  ])
  return readFileSync(await download.path())
}

export async function bringFile(page, file) {
  await sending(page)
  await page.getByLabel('Antarkan berkas teman').setInputFiles({ name: 'cadangan.txt', mimeType: 'text/plain', buffer: file })
}

export async function lock(page) {
  await at(page, '/lainnya')
  await page.getByRole('button', { name: 'Kunci sekarang' }).click()
  await page.getByRole('group', { name: 'Masukkan PIN' }).waitFor()
}
