/**
 * What is asked back of an unusual answer: what was noticed, and what may help.
 *
 * The rule this module protects: *a figure is doubted, never the child nor the kader*. The labels of the schema are for
 * offices; a flag without a sentence here keeps its label.
 */

import type { Label } from '../phone/contract'

const measure = (id: string, en: string): Label => ({
  id: `${id} jarang sekali untuk umurnya. Ukur sekali lagi, dan lihat tanggal lahirnya.`,
  en: `${en} is very rare for the age. Measure once more, and look at the birth date.`,
})

export const DOUBTS: { [flag: string]: Label } = {
  unusual_value: { id: 'Angka ini jarang ditemui.', en: 'This figure is rare.' },
  unusual_count: { id: 'Jumlahnya jarang seperti ini.', en: 'There are seldom so many or so few.' },
  digits_only: { id: 'Di sini biasanya hanya ada angka.', en: 'Usually there are only digits here.' },
  nik_form: { id: 'NIK biasanya 16 angka. Lihat lagi kartunya.', en: 'A NIK has 16 digits. Look at the card again.' },
  kk_form: {
    id: 'Nomor KK biasanya 16 angka. Lihat lagi kartunya.',
    en: 'A family card number has 16 digits. Look at the card again.',
  },
  nik_matches_birth: {
    id: 'NIK ini tidak cocok dengan tanggal lahir atau jenis kelaminnya.',
    en: 'This NIK does not agree with the birth date or the sex.',
  },
  phone_form: {
    id: 'Nomor HP biasanya mulai dengan 08 dan 10 sampai 13 angka.',
    en: 'A mobile number begins with 08 and has 10 to 13 digits.',
  },
  not_in_future: { id: 'Tanggal ini belum tiba.', en: 'This day has not come yet.' },
  within_days: { id: 'Tanggal ini sudah lama lewat.', en: 'This day is long ago.' },
  not_ahead_days: { id: 'Tanggal ini masih jauh.', en: 'This day is far ahead.' },
  after_birth: { id: 'Tanggal ini sebelum tanggal lahirnya.', en: 'This day is before the birth.' },
  marriage_age: { id: 'Umurnya belum 19 tahun pada hari itu.', en: 'Under 19 years old on that day.' },
  met_90_days_before: {
    id: 'Waktu pendampingan sebelum menikah kurang dari 3 bulan.',
    en: 'There are less than 3 months until the wedding.',
  },
  lmp_near: { id: 'HPHT ini sudah sangat lama.', en: 'That last period is very long ago.' },
  after_lmp: { id: 'Jarak dari HPHT ke persalinan pendek sekali.', en: 'The birth is very soon after the last period.' },
  delivery_at_term: {
    id: 'Lahirnya lebih awal atau lebih lambat dari biasanya.',
    en: 'The birth was earlier or later than usual.',
  },
  gestation_matches_lmp: {
    id: 'Minggu ini berbeda dengan hitungan dari HPHT.',
    en: 'This week differs from what the last period says.',
  },
  near_village: { id: 'Lokasi ini di luar desa.', en: 'This place lies outside the village.' },
  after_visit: {
    id: 'Kunjungan berikutnya sebaiknya sesudah hari ini.',
    en: 'The next visit should come after this one.',
  },
  next_visit_usual: {
    id: 'Jarak ke kunjungan berikutnya tidak seperti biasa.',
    en: 'The next visit is unusually soon or late.',
  },
  measured_near_visit: {
    id: 'Hari pengukuran jauh dari hari kunjungan.',
    en: 'It was measured long before the visit.',
  },
  weight_for_age: measure('Berat ini', 'This weight'),
  length_for_age: measure('Panjang ini', 'This length'),
  head_for_age: measure('Lingkar kepala ini', 'This head circumference'),
  muac_for_age: measure('LILA ini', 'This arm circumference'),
  position_for_age: {
    id: 'Di bawah 2 tahun biasanya diukur telentang, sesudahnya berdiri.',
    en: 'Under 2 years a child is measured lying, later standing.',
  },
  fundus_by_week: { id: 'TFU ini jarang untuk minggu kehamilannya.', en: 'This is rare for the week of pregnancy.' },
  fetal_weight_by_week: {
    id: 'Taksiran berat ini jarang untuk minggu kehamilannya.',
    en: 'This weight is rare for the week of pregnancy.',
  },
  not_above: {
    id: 'Angka ini lebih besar daripada jumlah seluruhnya.',
    en: 'This is more than there are altogether.',
  },
  portions_add_up: {
    id: 'Porsi yang dibagikan berbeda dengan porsi para penerima.',
    en: 'The portions given differ from those of the recipients.',
  },
}
