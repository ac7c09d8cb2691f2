// What a person does with the app, in her words: the buttons she presses, the lines she reads.
//
// The rule this module protects: *whatever a person could not find by its words, a test does not find*: roles, labels and
// text in Indonesian, never a class or a field's name in code.

const SEEN_MS = 10_000
/** More sections than any form has. */
const SECTIONS_MAX = 20
/** Deeper than any page lies. */
const DEPTH_MAX = 10

/** As the app writes days: day without zero, month by its name. `ago` days before today in Jakarta. */
export function dayAgo(ago) {
  const moment = new Date(Date.now() + 7 * 3_600_000 - ago * 86_400_000)
  const named = (options) => new Intl.DateTimeFormat('id-ID', { timeZone: 'UTC', ...options }).format(moment)
  return {
    iso: moment.toISOString().slice(0, 10),
    day: String(moment.getUTCDate()),
    month: named({ month: 'long' }),
    year: String(moment.getUTCFullYear()),
    full: named({ day: 'numeric', month: 'long', year: 'numeric' }),
  }
}

/** Switches the phone on. */
export async function open(handset) {
  const page = await handset.open()
  page.setDefaultTimeout(SEEN_MS)
  return page
}

/** Waits until she can read it. */
export async function sees(page, words) {
  await page.getByText(words).first().waitFor({ timeout: SEEN_MS })
}

export async function press(page, name, role = 'button') {
  await page.getByRole(role, { name, exact: typeof name === 'string' }).first().click()
}

/** A row or a button that leads somewhere. */
export async function follow(page, name) {
  await press(page, name, 'link')
}

// --- the first day, and every morning

export async function enrol(page, code) {
  await press(page, 'Mulai')
  await typeCode(page, code)
  await press(page, 'Daftarkan HP ini')
}

export async function typeCode(page, code) {
  await page.getByLabel('Kode bagian 1 dari 4').click()
  await page.keyboard.type(code.replaceAll('-', ''))
}

async function typePin(page, label, pin) {
  const pad = page.getByRole('group', { name: label, exact: true })
  await pad.waitFor()
  for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click()
}

/** Typed twice. */
export async function choosePin(page, pin) {
  await typePin(page, 'Buat PIN 6 angka', pin)
  await typePin(page, 'Ketik PIN sekali lagi', pin)
}

/** `name`: when several use the phone. */
export async function unlock(page, pin, name = null) {
  if (name) await press(page, name)
  await typePin(page, 'Masukkan PIN', pin)
}

export async function atHome(page) {
  await page.getByRole('navigation', { name: 'Menu utama' }).waitFor({ timeout: SEEN_MS })
}

/** One of the five places: Hari ini, Keluarga, Dapur, Kegiatan, Lainnya. A deeper page is left by "Kembali" first. */
export async function goTo(page, place) {
  const menu = page.getByRole('navigation', { name: 'Menu utama' })
  const back = page.getByRole('banner').getByRole('button', { name: 'Kembali' })
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    await menu.or(back).first().waitFor({ timeout: SEEN_MS })
    if (await menu.isVisible()) break
    const here = await page.evaluate(() => location.hash)
    await back.click()
    await page.waitForFunction((before) => location.hash !== before, here)
  }
  await menu.getByRole('link', { name: place, exact: true }).click()
}

/** Locks it, as she does before she lends the phone. */
export async function lock(page) {
  await goTo(page, 'Lainnya')
  await press(page, /^Kunci sekarang/)
}

// --- sending

export async function openSending(page) {
  await page.getByRole('link', { name: /Buka halaman pengiriman/ }).click()
  await page.getByRole('heading', { name: 'Pengiriman' }).waitFor()
}

/** A sync came to its end today: the village is on the phone. */
export async function connected(page) {
  await openSending(page)
  await sees(page, /^hari ini, \d\d\.\d\d$/)
}

export async function send(page) {
  await openSending(page)
  await press(page, 'Kirim sekarang')
  await sees(page, 'Semua catatan sudah diterima')
  // The end of the sync, not only of the sending.
  await page.getByRole('button', { name: 'Kirim sekarang' }).waitFor()
}

// --- filling in a form

const plain = (words) => words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

function question(page, label) {
  return page.getByRole('group', { name: new RegExp(`^${plain(label)}( boleh dilewati)?$`) }).first()
}

/** Goes to the question. */
export async function asks(page, label) {
  await find(page, label)
}

/** What stands in its box. */
export async function reads(page, label, text) {
  const box = (await find(page, label)).getByRole('textbox').first()
  const is = await box.inputValue()
  if (is !== text) throw new Error(`"${label}" is "${is}", not "${text}"`)
}

/** A row, a button or a check mark that begins with these words: below a name may stand more. */
async function tap(asked, option) {
  const name = new RegExp(`^(✓ )?${plain(option)}(?![\\p{L}/])`, 'u')
  const found = ['radio', 'checkbox', 'button'].map((role) => asked.getByRole(role, { name }))
  await found[0].or(found[1]).or(found[2]).first().click()
}

/** To the next section; false at the last one. */
async function goOn(page) {
  const before = await page.getByText(/^Bagian \d+ dari \d+$/).innerText()
  const next = page.getByRole('button', { name: /^(Lanjut|Periksa)$/ })
  if (!(await next.isVisible())) return false
  await next.click()
  await page.getByText(before, { exact: true }).waitFor({ state: 'detached' })
  return true
}

/** Goes on, section by section, until the question is on the screen; the rare ones are behind "Lainnya". */
async function find(page, label) {
  const wanted = question(page, label)
  for (let section = 0; section < SECTIONS_MAX; section += 1) {
    await page.getByText(/^Bagian \d+ dari \d+$/).waitFor()
    if (await wanted.isVisible()) return wanted
    const rare = page.getByRole('button', { name: /^Lainnya \(\d+\), boleh dilewati/, expanded: false })
    if (await rare.isVisible()) {
      await rare.click()
      if (await wanted.isVisible()) return wanted
    }
    if (!(await goOn(page))) break
  }
  throw new Error(`no question "${label}" from here on`)
}

export async function choose(page, label, ...options) {
  const asked = await find(page, label)
  for (const option of options) await tap(asked, option)
}

export async function write(page, label, text) {
  const asked = await find(page, label)
  await asked.getByRole('textbox').first().fill(text)
}

export async function writeDay(page, label, { day, month, year }) {
  const asked = await find(page, label)
  await asked.getByRole('textbox', { name: 'Tanggal' }).fill(day)
  await asked.getByRole('combobox', { name: 'Bulan' }).selectOption(month)
  await asked.getByRole('textbox', { name: 'Tahun' }).fill(year)
}

/** A line of a list, as an ingredient: the boxes of the line by their names. */
export async function writeLine(page, label, nth, boxes) {
  const asked = await find(page, label)
  if (nth > 1) await press(asked, '+ Tambah baris')
  for (const [name, text] of Object.entries(boxes))
    await asked.getByRole('textbox', { name: new RegExp(`Baris ${nth}.* ${name}`) }).fill(text)
}

/** A figure; the first one of a form is asked who measured it. */
export async function measure(page, label, figure, also = []) {
  const asked = await find(page, label)
  await asked.getByRole('textbox').first().fill(figure)
  for (const option of also) await tap(asked, option)
  const who = asked.getByRole('button', { name: 'Kader TPK', exact: true })
  await asked.getByText(/^Diukur oleh/).first().waitFor()
  if (await who.isVisible()) await who.click()
}

/** Goes to the last step, where everything is shown once more. */
export async function check(page) {
  const summary = page.getByRole('heading', { name: 'Periksa sebelum disimpan' })
  for (let section = 0; section < SECTIONS_MAX && !(await summary.isVisible()); section += 1) await goOn(page)
  await summary.waitFor()
}

export async function save(page) {
  await check(page)
  await press(page, 'Simpan')
  await sees(page, 'Tersimpan di HP')
  await press(page, 'Selesai')
}
