/**
 * Hints for a visit to a child: how to measure, what an abbreviation means.
 *
 * The rule this module protects: *a hint says how, in one or two short sentences*.
 */

import type { Label } from '../phone/contract'

export const CHILD_HINTS: { [field: string]: Label } = {
  'visit.child_measured_on': {
    id: 'Bila disalin dari posyandu, tulis hari posyandunya.',
    en: 'If copied from the posyandu, write that day.',
  },
  'visit.child_weight': {
    id: 'Tanpa sepatu, popok, dan jaket. Timbangan mulai dari 0. Contoh 8,05.',
    en: 'No shoes, nappy or jacket. Scale starting from 0. As 8.05.',
  },
  'visit.child_length': {
    id:
      'Di bawah 2 tahun: telentang, kepala menempel papan, lutut lurus. Mulai 2 tahun: berdiri tegak ' +
      'tanpa sepatu.',
    en: 'Under 2 years: lying, head to the board, knees straight. From 2 years: standing, no shoes.',
  },
  'visit.child_muac': {
    id: 'Tengah lengan kiri atas, lengan lurus santai. Mulai 6 bulan: di bawah 12,5 cm perlu dirujuk.',
    en: 'Middle of the left upper arm, arm hanging relaxed. From 6 months: below 12.5 cm is to be referred.',
  },
  'visit.child_head': {
    id: 'Lingkarkan pita di atas alis dan bagian belakang yang paling menonjol.',
    en: 'Tape above the eyebrows and round the most prominent part at the back.',
  },
  'visit.child_oedema': {
    id: 'Tekan kedua punggung kaki 3 detik. Bila cekung menetap di keduanya: Ya, segera rujuk.',
    en: 'Press the top of both feet for 3 seconds. A dent that stays on both: yes, refer at once.',
  },
  'visit.child_exclusive_breastfeeding': {
    id: 'Belum 6 bulan: sejak kemarin hanya ASI? Sudah 6 bulan: dulu hanya ASI sampai 6 bulan?',
    en: 'Under 6 months: only breast milk since yesterday? Older: only breast milk until 6 months?',
  },
  'visit.child_complementary_food': {
    id: 'MPASI: makanan pendamping ASI, mulai 6 bulan.',
    en: 'Food beside breast milk, from 6 months.',
  },
  'visit.child_food_groups_24h': {
    id: 'Sejak kemarin jam ini anak makan apa saja? Baik bila 5 kelompok atau lebih.',
    en: 'What has the child eaten since this time yesterday? Good with 5 groups or more.',
  },
  'visit.child_meals_24h': {
    id: 'Makan dan selingan, tanpa menyusu.',
    en: 'Meals and snacks, without breastfeeding.',
  },
  'visit.child_animal_protein_24h': {
    id: 'Telur, ikan, ayam, daging, hati, atau susu dan olahannya.',
    en: 'Egg, fish, chicken, meat, liver, or milk and what is made of it.',
  },
  'visit.child_immunizations': {
    id: 'Salin dari buku KIA. Centang yang sudah diberikan.',
    en: 'Copy from the mother and child book. Tick what was given.',
  },
  'visit.child_vitamin_a': {
    id: 'Februari dan Agustus. Biru: 6-11 bulan. Merah: 1-5 tahun.',
    en: 'February and August. Blue: 6-11 months. Red: 1-5 years.',
  },
  'visit.child_deworming': {
    id: 'Untuk anak mulai 1 tahun, biasanya bersama vitamin A.',
    en: 'For children from 1 year, mostly together with vitamin A.',
  },
  'visit.child_kka_filled': {
    id: 'KKA: Kartu Kembang Anak dari kelas BKB.',
    en: 'The development card of the BKB class.',
  },
  'visit.child_kpsp_age_band': {
    id: 'KPSP: 10 pertanyaan perkembangan menurut umur. Pilih umur yang sudah dilewati anak.',
    en: 'KPSP: 10 questions on development by age. Choose the age that the child has passed.',
  },
  'visit.child_kpsp_score': {
    id: 'Jumlah jawaban "Ya". 9-10 sesuai; 7-8 ulangi 2 minggu lagi; 6 atau kurang dirujuk.',
    en: 'The number of "yes". 9-10 as expected; 7-8 again in 2 weeks; 6 or less refer.',
  },
  'visit.child_illness_2w': {
    id: 'Sejak dua minggu lalu. Kosongkan bila sehat.',
    en: 'Since two weeks ago. Leave it empty if healthy.',
  },
  'visit.child_posyandu_this_month': {
    id: 'Lihat KMS: ada titik bulan ini?',
    en: 'See the growth card: is there a dot this month?',
  },
  'visit.child_bkb_this_month': {
    id: 'BKB: kelas orang tua balita.',
    en: 'BKB: class for parents of under-fives.',
  },
  'visit.child_supplementary_food': {
    id: 'PMT: makanan tambahan dari posyandu atau puskesmas.',
    en: 'Extra food from the posyandu or health centre.',
  },
}
