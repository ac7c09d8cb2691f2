/**
 * What is said about people: marks, groups, advice, notices, possible doubles. In Bahasa Indonesia.
 *
 * The rule this module protects: *a child is never labelled*. Advice tells the kader what to do; the sentence for the
 * mother is about care, never a verdict, and does not carry the name of a condition.
 */
import type { TargetGroup } from '../phone/contract'

export type Values = { [name: string]: string | number }
export interface Said {
  title: string
  text: string
  /** How it can be told to the mother. */
  say_to_mother?: string
}
export type Says = (values: Values) => Said

const days = (v: Values) => (v.days === undefined ? '' : ` ${v.days} hari`)

const advice: Record<string, Says> = {
  measure_again: () => ({
    title: 'Ukur sekali lagi',
    text: 'Angka ini berbeda jauh dari sebelumnya. Lepas sepatu dan jaket, lalu ulangi.',
    say_to_mother: 'Kita ukur sekali lagi ya Bu, supaya angkanya pas.',
  }),
  not_gaining: () => ({
    title: 'Berat belum naik',
    text: 'Tanyakan makan, sakit, dan ASI. Ajak ke posyandu dan kabari bidan.',
    say_to_mother: 'Bulan ini beratnya belum bertambah. Yuk kita cari bersama makanan yang disukainya.',
  }),
  gaining: () => ({
    title: 'Berat naik',
    text: 'Pertumbuhannya baik. Puji ibunya.',
    say_to_mother: 'Beratnya naik, Bu. Hebat, teruskan ya.',
  }),
  refer: () => ({
    title: 'Antar ke puskesmas',
    text: 'Perlu diperiksa bidan atau puskesmas dalam minggu ini. Bantu mengatur waktunya.',
    say_to_mother: 'Bu Bidan ingin memeriksa supaya kita tahu cara terbaik membantunya. Saya temani ya.',
  }),
  danger: () => ({
    title: 'Segera ke fasilitas kesehatan',
    text: 'Jangan ditunda. Hubungi bidan sekarang dan bantu mencari kendaraan.',
    say_to_mother: 'Kita perlu ke puskesmas sekarang, Bu. Saya bantu, jangan khawatir sendirian.',
  }),
  short_for_age: () => ({
    title: 'Panjang badan perlu diperhatikan',
    text: 'Ukur ulang bulan depan dan kabari bidan. Jelaskan dengan lembut, jangan beri sebutan kepada anak.',
    say_to_mother: 'Kita pantau panjang badannya tiap bulan. Telur, ikan, dan hati ayam baik untuk tumbuhnya.',
  }),
  thin_arm: () => ({
    title: 'Lingkar lengan kecil',
    text: 'LILA di bawah batas. Rujuk ke bidan untuk makanan tambahan.',
    say_to_mother: 'Ibu perlu makan sedikit lebih banyak. Bu Bidan punya makanan tambahan untuk Ibu.',
  }),
  iron_tablets: () => ({
    title: 'Tablet tambah darah',
    text: 'Pastikan diminum setiap hari. Malam hari mengurangi mual.',
    say_to_mother: 'Tabletnya diminum malam sebelum tidur ya Bu, supaya tidak mual.',
  }),
  feeding: () => ({
    title: 'Makanan pendamping ASI',
    text: 'Tanyakan lauk hewani setiap hari: telur, ikan, ayam, atau hati.',
    say_to_mother: 'Satu butir telur setiap hari sudah sangat membantu, Bu.',
  }),
  breastfeeding: () => ({
    title: 'ASI saja sampai 6 bulan',
    text: 'Dukung ibu dan keluarganya. Tanyakan kesulitan menyusui.',
    say_to_mother: 'ASI Ibu sudah cukup untuknya. Kalau terasa sulit, ceritakan kepada saya.',
  }),
  smoke: () => ({
    title: 'Asap rokok di rumah',
    text: 'Ajak bicara ayah dengan santai: merokok di luar, jauh dari ibu dan anak.',
  }),
  long_ago: (v) => ({ title: 'Sudah lama tidak dikunjungi', text: `Kunjungan terakhir${days(v)} lalu.` }),
}

export const fieldId = {
  groups: {
    catin: 'Calon pengantin',
    pregnant: 'Ibu hamil',
    postpartum: 'Ibu pascasalin',
    baduta: 'Baduta',
    balita: 'Balita',
    pus: 'PUS',
    teen: 'Remaja putri',
    other: 'Keluarga umum',
  } as Record<TargetGroup, string>,
  marks: {
    moved: 'Baru pindah',
    new: 'Baru',
    referral_open: 'Rujukan berjalan',
    not_gaining: 'Berat belum naik',
    planned: 'Sudah dijanjikan',
    never_visited: 'Belum pernah dikunjungi',
  } as Record<string, string>,
  advice: {
    said: advice,
    fallback: { title: 'Perlu diperhatikan', text: 'Bicarakan dengan bidan atau PLKB Anda.' } as Said,
  },
  same: {
    same_name: 'nama mirip',
    same_birth_day: 'tanggal lahir sama',
    same_mother: 'ibu sama',
    same_nik: 'NIK sama',
    same_household: 'satu keluarga',
    same_rt: 'RT sama',
  } as Record<string, string>,
  notices: {
    held: () => ({
      title: 'Satu catatan ditahan kantor',
      text: 'Catatan aman, tetapi ada isian yang perlu diperbaiki.',
    }),
    contested: () => ({
      title: 'Ada dua catatan yang berbeda',
      text: 'Rekan Anda mencatat hal lain. PLKB akan membantu memutuskan.',
    }),
    decided: () => ({ title: 'Perbedaan sudah diputuskan', text: 'PLKB sudah memilih catatan yang dipakai.' }),
    message: (v: Values) => ({ title: 'Pesan untuk Anda', text: String(v.text ?? '') }),
    question: (v: Values) => ({ title: 'Ada pertanyaan', text: String(v.text ?? '') }),
    backup_due: () => ({
      title: 'Waktunya membuat cadangan',
      text: 'Simpan berkas cadangan, supaya aman bila HP rusak atau hilang.',
    }),
    long_unsent: (v: Values) => ({
      title: 'Sudah lama belum terkirim',
      text: `Ada catatan yang menunggu${days(v)}. Cari sinyal sebentar, atau titipkan berkas cadangan.`,
    }),
    clock_off: () => ({
      title: 'Jam HP tidak tepat',
      text: 'Perbaiki tanggal dan jam di pengaturan HP. Catatan Anda tetap aman.',
    }),
    space_low: () => ({
      title: 'Ruang HP hampir penuh',
      text: 'Hapus foto atau video lain yang tidak dipakai.',
    }),
  },
}
