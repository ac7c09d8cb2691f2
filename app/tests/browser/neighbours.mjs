// Two invented families and what a kader writes about them in a day.
//
// The rule this module protects: *everything goes through the real forms*: what the server holds in the end was typed here.

import { choose, dayAgo, follow, goTo, measure, press, save, sees, write, writeDay } from './steps.mjs'

const YEAR = 365

export const FAMILIES = [
  {
    head: 'Moh. Suparmin',
    rt: '003',
    rw: '002',
    hamlet: 'Krajan',
    people: [
      { name: 'Siti Melati', sex: 'Perempuan', is: 'Istri', born: dayAgo(27 * YEAR) },
      { name: 'Bagus Karangan', sex: 'Laki-laki', is: 'Anak', born: dayAgo(426) },
    ],
  },
  {
    head: 'Wagiman',
    rt: '005',
    rw: '002',
    hamlet: 'Sumber',
    people: [
      { name: 'Rina Kenanga', sex: 'Perempuan', is: 'Istri', born: dayAgo(31 * YEAR) },
      { name: 'Dewi Anggrek', sex: 'Perempuan', is: 'Famili lain', born: dayAgo(22 * YEAR) },
      { name: 'Joko Rekaan', sex: 'Laki-laki', is: 'Anak', born: dayAgo(3 * YEAR + 40) },
    ],
  },
]

/** From the list of families to the page of the new one. */
export async function registerFamily(page, family) {
  await goTo(page, 'Keluarga')
  await follow(page, 'Tambah keluarga')
  await writeFamily(page, family)
  await save(page)
  await page.getByRole('heading', { name: `Keluarga ${family.head}` }).waitFor()
}

export async function writeFamily(page, { head, rt, rw, hamlet }) {
  await write(page, 'Nama kepala keluarga', head)
  await write(page, 'RT', rt)
  await write(page, 'RW', rw)
  await write(page, 'Dusun/lingkungan', hamlet)
}

/** From the page of her family and back to it. */
export async function addMember(page, { name, sex, is, born }) {
  await follow(page, 'Tambah anggota')
  await write(page, 'Nama', name)
  await choose(page, 'Jenis kelamin', sex)
  await writeDay(page, 'Tanggal lahir', born)
  await choose(page, 'Hubungan dengan kepala keluarga', is)
  await save(page)
  await sees(page, 'Anggota keluarga')
}

/** The page of a person, from anywhere. */
export async function openPerson(page, name) {
  await goTo(page, 'Keluarga')
  await page.getByRole('searchbox', { name: 'Cari nama atau RT' }).fill(name)
  await follow(page, new RegExp(`^[A-Z]* ?${name}`))
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

async function note(page, what) {
  await press(page, 'Pilihan lain')
  await follow(page, what)
}

export async function notePregnancy(page, lmp) {
  await note(page, 'Catat kehamilan')
  await writeDay(page, 'HPHT', lmp)
  await choose(page, 'Cara penentuan HPHT', 'Ingatan ibu')
  await write(page, 'Kehamilan ke-', '2')
  await write(page, 'Jumlah anak hidup', '1')
  await save(page)
  await sees(page, /^Minggu ke-\d+ dari 40$/)
}

export async function noteDelivery(page, day) {
  await note(page, 'Catat kehamilan')
  await choose(page, 'Status kehamilan', 'Lahir hidup')
  await writeDay(page, 'Tanggal persalinan', day)
  await choose(page, 'Tempat persalinan', 'Puskesmas')
  await choose(page, 'Penolong persalinan', 'Bidan')
  await save(page)
  await sees(page, /^Kehamilan ini sudah selesai/)
}

export async function noteCouple(page, wedding) {
  await note(page, 'Catat calon pengantin')
  await write(page, 'Nama catin pria', 'Agus Karangan')
  await writeDay(page, 'Tanggal pernikahan', wedding)
  await save(page)
  await sees(page, 'Hari pernikahan')
}

/** From the page of a person: `fill` answers what is asked of her group. */
export async function visit(page, name, fill) {
  await openPerson(page, name)
  await follow(page, 'Catat kunjungan')
  await fill(page)
  await choose(page, 'Terpapar asap rokok', 'Tidak')
  await choose(page, 'KIE diberikan', 'Tidak')
  await choose(page, 'Fasilitasi rujukan', 'Tidak perlu')
  await choose(page, 'Fasilitasi bansos', 'Tidak perlu')
  await choose(page, 'Rencana kunjungan berikutnya', '1 bulan lagi')
  await save(page)
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

export const VISITS = {
  catin: async (page) => {
    await measure(page, 'Berat badan', '48,5')
    await measure(page, 'Tinggi badan', '155')
    await measure(page, 'LILA', '24')
    await choose(page, 'Hb diperiksa', 'Tidak')
    await choose(page, 'Catin wanita merokok', 'Tidak')
  },
  pregnant: async (page) => {
    await write(page, 'Usia kehamilan', '20')
    await measure(page, 'Berat badan kini', '54,2')
    await measure(page, 'LILA', '22,8')
    await sees(page, /LILA kecil: kabari bidan/)
  },
  postpartum: async (page) => {
    await choose(page, 'Status ibu', 'Sehat')
    await choose(page, 'ASI eksklusif', 'Ya')
  },
  balita: async (page) => {
    await measure(page, 'Berat badan', '13,4')
    await measure(page, 'Panjang/tinggi badan', '94,5', ['Berdiri (tinggi)'])
    await choose(page, 'Status anak', 'Sehat')
  },
}

export async function screen(page, head) {
  await goTo(page, 'Keluarga')
  await page.getByRole('searchbox', { name: 'Cari nama atau RT' }).fill(head)
  await follow(page, new RegExp(`^Keluarga ${head}`))
  await follow(page, 'Mulai cek')
  await choose(page, 'Sumber air minum utama', 'Sumur tak terlindung')
  await choose(page, 'Fasilitas BAB/jamban', 'Tidak ada')
  await save(page)
  await sees(page, 'Perlu didampingi')
}

/** A measurement of the child under two, `ago` days before today. */
export const measured = (kg, cm, ago) => async (page) => {
  if (ago > 0) {
    await writeDay(page, 'Tanggal kunjungan', dayAgo(ago))
    await writeDay(page, 'Tanggal ukur', dayAgo(ago))
  }
  await measure(page, 'Berat badan', kg)
  await measure(page, 'Panjang/tinggi badan', cm, ['Telentang (panjang)'])
  await choose(page, 'Status anak', 'Sehat')
}
