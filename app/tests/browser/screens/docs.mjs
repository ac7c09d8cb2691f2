// The pictures of the documentation: a chosen set, small enough for the repository.
//
// The rule this module protects: *the page shows what the app is*: the pictures are those of the last walk, never drawn.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM } from '../browser.mjs'

const BYTES_MAX = 20_000
const QUALITIES = [0.8, 0.7, 0.6, 0.45, 0.3]
/** By name of the screen: what it shows, in both languages. */
const CHOSEN = {
  welcome: ['Hari pertama: bahasa, apa itu Lumbung, mulai atau berlatih', 'The first day: language, what Lumbung is, start or practise'],
  unlock: ['Membuka dengan PIN enam angka', 'Opening with a PIN of six digits'],
  today: ['Hari ini: siapa yang menunggu kunjungan', 'Today: who is waiting for a visit'],
  family: ['Satu keluarga dan anggotanya', 'One family and its members'],
  'person-baduta': ['Seorang anak: saran, dan cara menyampaikannya kepada ibu', 'A child: advice, and how to say it to the mother'],
  'growth-2': ['Grafik pertumbuhan dengan garis WHO', 'The growth chart with the lines of the WHO'],
  'form-visit-baduta-2': ['Kunjungan: mengukur anak', 'A visit: measuring the child'],
  'form-doubt': ['Angka yang tidak biasa ditanyakan kembali', 'An unusual figure is asked about'],
  'form-visit-baduta-summary': ['Periksa sebelum disimpan', 'Checked before it is saved'],
  'form-visit-baduta-saved': ['Tersimpan di HP, tanpa menunggu sinyal', 'Saved on the phone, without waiting for signal'],
  'form-meal_session-3': ['Siapa yang makan di Dapur DASHAT', 'Who ate at the DASHAT kitchen'],
  'sending-no-signal': ['Pengiriman: apa yang belum diterima kantor', 'Sending: what the office has not received yet'],
  enrol: ['Kode dari PLKB, diketik atau dipindai', 'The code from the PLKB, typed or scanned'],
  'enrol-refused': ['Kode yang tidak berlaku', 'A code that does not hold'],
  'first-pin': ['PIN pertama', 'The first PIN'],
  'unlock-wrong': ['PIN yang salah', 'A wrong PIN'],
  'unlock-forgot': ['Lupa PIN: kode dari PLKB', 'A forgotten PIN: a code from the PLKB'],
  'today-empty': ['Hari ini, sebelum ada keluarga', 'Today, before there are families'],
  'today-drafts': ['Yang belum selesai diisi', 'What is not finished'],
  families: ['Keluarga', 'Families'],
  'families-search': ['Mencari nama, ejaan lama pun ketemu', 'Finding a name, in old spelling too'],
  'family-more': ['Pilihan lain untuk satu keluarga', 'More about a family'],
  'family-new': ['Keluarga baru', 'A new family'],
  'growth-table': ['Angka pertumbuhan', 'The figures of growth'],
  'form-refused': ['Angka yang tidak mungkin', 'A figure that cannot be'],
  'form-doubles': ['Mungkin sudah terdaftar', 'Perhaps registered already'],
  'sending-busy': ['Server meminta menunggu', 'The server asks for patience'],
  'sending-received': ['Semua sudah diterima, dari bukti terima', 'All received, by receipts'],
  'person-pregnant': ['Ibu hamil', 'A pregnant woman'],
  'person-postpartum': ['Ibu setelah melahirkan', 'A woman after birth'],
  'person-balita': ['Anak 2 sampai 5 tahun', 'A child of two to five years'],
  'growth-1': ['Berat menurut umur', 'Weight for age'],
  'growth-3': ['Berat menurut panjang', 'Weight for length'],
  'kitchen-1': ['Dapur: sesi makan', 'Kitchen: meals'],
  'kitchen-2': ['Dapur: resep', 'Kitchen: recipes'],
  'kitchen-3': ['Dapur DASHAT', 'DASHAT kitchens'],
  'activities-1': ['Kegiatan: penyuluhan', 'Activities: counselling'],
  'activities-2': ['Kegiatan: kelompok usaha', 'Activities: business groups'],
  'activities-3': ['Kegiatan: Kampung KB', 'Activities: quality-family village'],
  more: ['Lainnya', 'More'],
  pin: ['Mengganti PIN', 'Changing the PIN'],
  colleague: ['Teman satu tim di HP ini', 'A colleague on this phone'],
  contact: ['Kontak PLKB', 'The PLKB to call'],
  help: ['Bantuan', 'Help'],
  about: ['Tentang Lumbung', 'About Lumbung'],
  'second-tab': ['Terbuka di tempat lain', 'Open elsewhere'],
  unreadable: ['Catatan yang tidak terbaca, disimpan terpisah', 'A store that cannot be read, set aside'],
  withdrawn: ['HP yang ditarik', 'A phone that was withdrawn'],
}

/** `name` with its language before it. */
export function isChosen(name) {
  return name.slice(3) in CHOSEN
}

/** Made small by the browser that took them: no tool of images is needed. */
export async function writeDocs(from, to) {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  const page = await browser.newPage()
  for (const lang of ['id', 'en']) {
    for (const name of Object.keys(CHOSEN)) {
      const picture = readFileSync(join(from, `${lang}-${name}.png`)).toString('base64')
      writeFileSync(join(to, `${lang}-${name}.webp`), await small(page, picture))
    }
  }
  await browser.close()
  writeFileSync(join(to, 'README.md'), readme())
}

async function small(page, picture) {
  for (const quality of QUALITIES) {
    const bytes = Buffer.from(await page.evaluate(webp, [picture, quality]), 'base64')
    if (bytes.length <= BYTES_MAX) return bytes
  }
  throw new Error(`no quality makes it smaller than ${BYTES_MAX} bytes`)
}

/** Runs in the page. */
async function webp([picture, quality]) {
  const image = new Image()
  image.src = `data:image/png;base64,${picture}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d').drawImage(image, 0, 0)
  return canvas.toDataURL('image/webp', quality).split(',')[1]
}

function readme() {
  const table = (lang, at, head) =>
    [`| ${head[0]} | ${head[1]} |`, '|---|---|', ...Object.entries(CHOSEN).map(([name, said]) => `| ![${said[at]}](${lang}-${name}.webp) | ${said[at]} |`)].join('\n')
  return `# Layar Lumbung · Screens of Lumbung

Semua orang di gambar ini karangan. Orang dan formulir diambil dari mode latihan, dengan inti yang sebenarnya; keadaan HP
itu sendiri, dari pendaftaran dan pengiriman sampai HP yang ditarik dan catatan yang tidak terbaca, dari server uji yang
sebenarnya. Ukurannya 360 x 640, seperti HP murah.

${table('id', 0, ['Layar', 'Yang terlihat'])}

## In English

Everybody in these pictures is invented. People and forms were taken in practice mode, with the real core; the states of
the phone itself, from enrolling and sending to a phone that was withdrawn and a store that cannot be read, with a real
test server. They are 360 x 640, as on a cheap phone.

${table('en', 1, ['Screen', 'What it shows'])}

Written by \`node tests/browser/screens.mjs --docs\` in \`app/\`, which also holds every screen against WCAG 2.2 AA.
`
}
