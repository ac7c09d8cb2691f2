/**
 * Hints for a visit to a grown-up: how to measure, what an abbreviation means.
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
    id:
      'LILA: tengah lengan kiri atas, antara bahu dan siku, lengan lurus santai. Di bawah 23,5 cm: ' +
      'risiko KEK.',
    en:
      'Middle of the left upper arm, between shoulder and elbow, arm hanging relaxed. Below 23.5 cm: ' +
      'risk of undernutrition.',
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
    id:
      'LILA: tengah lengan kiri atas, lengan lurus santai, pita menempel tidak menekan. Di bawah 23,5' +
      ' cm: KEK.',
    en:
      'Middle of the left upper arm, arm hanging relaxed, tape snug but not tight. Below 23.5 cm: ' +
      'chronic energy deficiency.',
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
}
