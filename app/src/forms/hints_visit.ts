/**
 * Hints for the questions of a visit: how to measure, what an abbreviation means.
 *
 * The rule this module protects: *a hint says how, in one or two short sentences*.
 */

import type { Label } from '../phone/contract'

export const VISIT_HINTS: { [field: string]: Label } = {
  'visit.met_in_person': {
    id: 'Tidak bertemu langsung belum dihitung sebagai pendampingan.',
    en: 'Without meeting in person it does not count as accompaniment.',
  },
  'visit.present_members': {
    id: 'Kunjungan bersama cukup dicatat satu orang. Pilih semua yang hadir.',
    en: 'A visit together is recorded by one. Choose all who were there.',
  },
  'visit.respondent': { id: 'Siapa yang menjawab pertanyaan.', en: 'Who answers the questions.' },
  'visit.smoke_exposure': {
    id: 'Ada yang merokok di dalam rumah atau di dekat sasaran?',
    en: 'Does anybody smoke in the house or near the person?',
  },
  'visit.kie_given': {
    id: 'KIE: penyuluhan, obrolan yang memberi tahu dan mengajak.',
    en: 'Counselling: a talk that informs and encourages.',
  },
  'visit.referral_status': {
    id: 'Perlu dibawa ke bidan, puskesmas, atau rumah sakit?',
    en: 'Does she or the child need a midwife, health centre or hospital?',
  },
  'visit.referral_outcome': {
    id: 'Tanyakan pada kunjungan berikut: jadi datang?',
    en: 'Ask at the next visit: did they go?',
  },
  'visit.aid_status': {
    id: 'Apakah keluarga dibantu mendapat bansos?',
    en: 'Is the family helped to get social aid?',
  },
  'visit.mbg_received': {
    id: 'MBG: makan bergizi gratis dari dapur SPPG.',
    en: 'Free nutritious meals from an SPPG kitchen.',
  },
  'visit.next_visit_date': { id: 'Sepakati harinya dengan keluarga.', en: 'Agree the day with the family.' },
  'visit.notes': {
    id: 'Hal penting untuk kunjungan berikut. Tulis seperlunya.',
    en: 'What matters for the next visit. Keep it short.',
  },
  'visit.gps': {
    id: 'Boleh dilewati. Hanya untuk memastikan kunjungan.',
    en: 'May be skipped. Only to confirm the visit.',
  },
  'visit.catin_weight': {
    id: 'Tanpa sepatu, pakaian ringan. Timbangan di lantai rata, mulai dari 0.',
    en: 'No shoes, light clothes. Scale on a flat floor, starting from 0.',
  },
  'visit.catin_height': {
    id: 'Tanpa sepatu, tumit dan punggung menempel dinding, pandangan lurus.',
    en: 'No shoes, heels and back to the wall, looking straight ahead.',
  },
  'visit.catin_muac': {
    id: 'LILA: tengah lengan kiri atas, antara bahu dan siku, lengan lurus santai. Di bawah 23,5 cm: '
      + 'risiko KEK.',
    en: 'Middle of the left upper arm, between shoulder and elbow, arm hanging relaxed. Below 23.5 cm: '
      + 'risk of undernutrition.',
  },
  'visit.catin_hb': {
    id: 'Angka dari kartu pemeriksaan, contoh 11,8. Di bawah 12: kurang darah.',
    en: 'From the test card, as 11.8. Below 12: anaemia.',
  },
  'visit.catin_iron_tablets_given': { id: 'TTD: tablet tambah darah.', en: 'TTD: iron tablets.' },
  'visit.pregnant_gest_age_weeks': {
    id: 'Minggu hamil hari ini. Lihat buku KIA.',
    en: 'Weeks of pregnancy today. See the mother and child book.',
  },
  'visit.pregnant_weight': {
    id: 'Tanpa sepatu, pakaian ringan. Timbangan mulai dari 0.',
    en: 'No shoes, light clothes. Scale starting from 0.',
  },
  'visit.pregnant_weight_t1': {
    id: 'Berat pada 3 bulan pertama, dari buku KIA.',
    en: 'Weight in the first 3 months, from the mother and child book.',
  },
  'visit.pregnant_height': {
    id: 'Cukup diukur sekali. Di bawah 145 cm perlu perhatian bidan.',
    en: 'Once is enough. Below 145 cm the midwife should know.',
  },
  'visit.pregnant_muac': {
    id: 'LILA: tengah lengan kiri atas, lengan lurus santai, pita menempel tidak menekan. Di bawah 23,5'
      + ' cm: KEK.',
    en: 'Middle of the left upper arm, arm hanging relaxed, tape snug but not tight. Below 23.5 cm: '
      + 'chronic energy deficiency.',
  },
  'visit.pregnant_hb': {
    id: 'Angka dari buku KIA, contoh 11,2. Di bawah 11: kurang darah.',
    en: 'From the mother and child book, as 11.2. Below 11: anaemia.',
  },
  'visit.pregnant_blood_pressure': {
    id: 'Angka atas dan bawah, contoh 120 dan 80. Dari bidan atau buku KIA.',
    en: 'Upper and lower figure, as 120 and 80. From the midwife or the book.',
  },
  'visit.pregnant_glucose': {
    id: 'Gula darah sewaktu, dari pemeriksaan di faskes.',
    en: 'Random blood glucose, from a test at a facility.',
  },
  'visit.pregnant_proteinuria': {
    id: 'Protein dalam air kencing, dari buku KIA.',
    en: 'Protein in the urine, from the mother and child book.',
  },
  'visit.pregnant_tfu_measured': {
    id: 'TFU: tinggi puncak rahim dari tulang kemaluan. Diukur bidan.',
    en: 'Fundal height: from the pubic bone to the top of the womb. Measured by the midwife.',
  },
  'visit.pregnant_tfu': {
    id: 'Dalam cm, disalin dari buku KIA.',
    en: 'In cm, copied from the mother and child book.',
  },
  'visit.pregnant_fetal_weight': {
    id: 'TBJ: perkiraan berat janin dalam gram, dari bidan atau USG.',
    en: 'Estimated weight of the baby in grams, from midwife or ultrasound.',
  },
  'visit.pregnant_fetal_heart_rate': {
    id: 'Detak per menit, dari bidan. Biasanya 120 sampai 160.',
    en: 'Beats per minute, from the midwife. Usually 120 to 160.',
  },
  'visit.pregnant_fetal_movement': {
    id: 'Positif: ibu merasa bayi bergerak. Gerakan berkurang: segera ke bidan.',
    en: 'Positive: she feels the baby move. Less movement: go to the midwife at once.',
  },
  'visit.pregnant_anc_count': {
    id: 'Hitung pemeriksaan di buku KIA. Seluruhnya paling sedikit 6 kali.',
    en: 'Count the check-ups in the book. At least 6 in all.',
  },
  'visit.pregnant_kia_book': { id: 'Minta ibu menunjukkan bukunya.', en: 'Ask her to show the book.' },
  'visit.pregnant_ttd_tablets_received': {
    id: 'Seluruhnya selama hamil. Paling sedikit 90 tablet.',
    en: 'In the whole pregnancy. At least 90 tablets.',
  },
  'visit.pregnant_ttd_tablets_taken': {
    id: 'Hitung bungkus kosong bersama ibu.',
    en: 'Count the empty packs together.',
  },
  'visit.pregnant_supplementary_food': {
    id: 'PMT: makanan tambahan untuk ibu hamil KEK.',
    en: 'Extra food for thin pregnant women.',
  },
  'visit.postpartum_complication': {
    id: 'Perdarahan, demam, kejang, payudara bengkak, atau sangat sedih.',
    en: 'Bleeding, fever, fits, swollen breasts or great sadness.',
  },
  'visit.postpartum_exclusive_breastfeeding': {
    id: 'Bayi hanya minum ASI: tanpa air putih, susu lain, atau makanan. Obat boleh.',
    en: 'Breast milk only: no water, other milk or food. Medicine is fine.',
  },
  'visit.postpartum_early_initiation': {
    id: 'IMD: bayi ditaruh di dada ibu segera setelah lahir, mulai menyusu dalam 1 jam.',
    en: 'The baby was laid on her chest right after birth and began to suckle within an hour.',
  },
  'visit.postpartum_changed_to_long_acting': {
    id: 'MKJP: IUD, implan, MOW, atau MOP.',
    en: 'Long-acting: IUD, implant or sterilisation.',
  },
  'visit.postpartum_muac': {
    id: 'Tengah lengan kiri atas, lengan lurus santai.',
    en: 'Middle of the left upper arm, arm hanging relaxed.',
  },
  'visit.postpartum_vitamin_a_given': {
    id: 'Dua kapsul merah: satu segera setelah melahirkan, satu sehari kemudian.',
    en: 'Two red capsules: one soon after the birth, one a day later.',
  },
  'visit.child_measured_on': {
    id: 'Bila disalin dari posyandu, tulis hari posyandunya.',
    en: 'If copied from the posyandu, write that day.',
  },
  'visit.child_weight': {
    id: 'Tanpa sepatu, popok, dan jaket. Timbangan mulai dari 0. Contoh 8,05.',
    en: 'No shoes, nappy or jacket. Scale starting from 0. As 8.05.',
  },
  'visit.child_length': {
    id: 'Di bawah 2 tahun: telentang, kepala menempel papan, lutut lurus. Mulai 2 tahun: berdiri tegak '
      + 'tanpa sepatu.',
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
