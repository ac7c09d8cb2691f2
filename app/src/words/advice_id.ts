/**
 * Advice in Bahasa Indonesia: what to do, and how it can be told to the mother.
 *
 * The rule this module protects: *a child is never labelled*. The sentence for the mother is about care,
 * never a verdict, and carries no name of a condition.
 */
export type Values = { [name: string]: string | number }
export interface Said {
  title: string
  text: string
  /** How it can be told to the mother. */
  say_to_mother?: string
}
export type Says = (values: Values) => Said

const plain =
  (title: string, text: string, say_to_mother?: string): Says =>
  () => ({ title, text, say_to_mother })
const together = 'Kita perlu ke puskesmas sekarang, Bu. Saya temani, Ibu tidak sendirian.'
const midwife = 'Bu Bidan ingin memeriksa supaya kita tahu cara terbaik membantunya. Saya temani, ya.'

const children: Record<string, Says> = {
  swelling_of_feet_refer_now: plain(
    'Kaki bengkak: antar sekarang',
    'Kedua kaki bengkak perlu dilihat dokter hari ini. Hubungi bidan dan bantu kendaraan.',
    together,
  ),
  weight_for_length_refer_now: plain(
    'Antar ke puskesmas hari ini',
    'Berat jauh di bawah yang biasa untuk panjangnya. Hubungi bidan sekarang.',
    together,
  ),
  arm_circumference_refer_now: (v) => ({
    title: 'LILA sangat kecil: antar hari ini',
    text: `LILA ${v.cm} cm. Hubungi bidan sekarang.`,
    say_to_mother: together,
  }),
  weight_for_length_refer: plain(
    'Kabari bidan minggu ini',
    'Berat kurang untuk panjangnya. Bantu mengatur waktu ke puskesmas.',
    midwife,
  ),
  arm_circumference_refer: (v) => ({
    title: 'Kabari bidan minggu ini',
    text: `LILA ${v.cm} cm, masih kecil.`,
    say_to_mother: midwife,
  }),
  growth_needs_doctor: plain(
    'Perlu dilihat dokter puskesmas',
    'Panjang badan jauh di bawah yang biasa. Bantu mengatur waktu, jangan beri sebutan kepada anak.',
    midwife,
  ),
  weight_not_rising_refer: (v) => ({
    title: 'Berat belum naik: kabari bidan',
    text: `Sekarang ${v.kg} kg, sebelumnya ${v.last} kg. Tanyakan makan, sakit, dan ASI.`,
    say_to_mother:
      'Beratnya belum bertambah. Yuk kita cari bersama makanan yang disukainya, dan tanya Bu Bidan.',
  }),
  development_refer: plain(
    'Perkembangan: kabari bidan',
    'Hasil KPSP perlu diperiksa lagi oleh tenaga kesehatan.',
    midwife,
  ),
  tuberculosis_contact_refer: plain(
    'Ada batuk lama di rumah',
    'Anak perlu diperiksa TBC. Ajak sekeluarga ke puskesmas.',
    'Supaya tenang, kita periksakan sekeluarga, ya Bu.',
  ),
  shorter_than_last_time: (v) => ({
    title: 'Ukur panjang sekali lagi',
    text: `Sekarang ${v.cm} cm, sebelumnya ${v.last} cm. Luruskan kaki dan kepala.`,
  }),
  weight_changed_much: (v) => ({
    title: 'Timbang sekali lagi',
    text: `Sekarang ${v.kg} kg, sebelumnya ${v.last} kg. Lepas jaket dan sepatu.`,
  }),
  weight_maybe_mistyped: (v) => ({
    title: 'Salah ketik?',
    text: `Tertulis ${v.kg} kg. Mungkin maksudnya ${v.maybe} kg?`,
  }),
  measurement_unlikely: plain('Ukur sekali lagi', 'Angka ini jarang terjadi. Periksa juga tanggal lahirnya.'),
  measure_lying_under_two: plain('Ukur sambil berbaring', 'Di bawah 2 tahun, anak diukur berbaring.'),
  measure_standing_from_two: plain('Ukur sambil berdiri', 'Mulai 2 tahun, anak diukur berdiri.'),
  growth_needs_attention: plain(
    'Panjang badan perlu diperhatikan',
    'Ukur lagi bulan depan dan kabari bidan. Jelaskan dengan lembut.',
    'Kita pantau panjangnya tiap bulan. Telur, ikan, dan hati ayam baik untuk tumbuhnya.',
  ),
  weight_needs_attention: plain(
    'Berat perlu diperhatikan',
    'Tanyakan makanan dan sakitnya. Ajak ke Dapur DASHAT dan posyandu.',
    'Beratnya bisa bertambah lagi, Bu. Yuk tambah satu lauk setiap kali makan.',
  ),
  weight_above_usual: plain(
    'Berat di atas yang biasa',
    'Kurangi minuman manis dan jajanan. Ajak bermain bergerak.',
    'Badannya kuat, Bu. Air putih dan buah lebih baik daripada minuman manis.',
  ),
  development_repeat_in_two_weeks: plain(
    'Ulangi KPSP dua minggu lagi',
    'Beri contoh bermain sesuai umur.',
    'Yuk ajak dia bermain setiap hari, nanti kita lihat lagi dua minggu lagi.',
  ),
  development_card_below_line: plain(
    'Perkembangan perlu dirangsang',
    'Tunjukkan permainan dari kartu KKA.',
    'Ada permainan sederhana yang membantunya. Saya contohkan, ya.',
  ),
  immunization_due: (v) => ({
    title: 'Imunisasi sudah waktunya',
    text: `${v.count} imunisasi belum tercatat. Lihat buku KIA, lalu ajak ke posyandu bila memang belum.`,
    say_to_mother: 'Bulan ini ada imunisasinya, Bu. Saya ingatkan hari posyandunya.',
  }),
  gained_well: (v) => ({
    title: 'Berat naik baik',
    text: `Naik ${v.g} gram. Puji ibunya.`,
    say_to_mother: 'Beratnya naik, Bu. Hebat, teruskan ya.',
  }),
  growing_well: plain(
    'Tumbuh dengan baik',
    'Semua ukuran sesuai umur. Puji ibunya.',
    'Tumbuhnya bagus, Bu. Terima kasih sudah merawatnya.',
  ),
  immunization_complete: plain(
    'Imunisasi lengkap',
    'Sampaikan terima kasih kepada keluarga.',
    'Imunisasinya lengkap, Bu. Bagus sekali.',
  ),
  breast_milk_only: plain(
    'ASI saja',
    'Dukung ibu dan keluarganya.',
    'ASI Ibu yang terbaik untuknya. Teruskan, ya.',
  ),
  growth_result: plain('Hasil pengukuran', 'Lihat grafik pertumbuhan bersama ibunya.'),
  not_weighed_last_month: plain(
    'Bulan lalu tidak ditimbang',
    'Ingatkan hari posyandu berikutnya.',
    'Bulan depan kita timbang lagi, ya Bu.',
  ),
  vitamin_a_month: plain(
    'Bulan vitamin A',
    'Pastikan anak mendapat kapsul vitamin A.',
    'Bulan ini ada vitamin A gratis di posyandu, Bu.',
  ),
}

const mothers: Record<string, Says> = {
  haemoglobin_refer_now: (v) => ({
    title: 'Hb sangat rendah: antar sekarang',
    text: `Hb ${v.g_dl}. Hubungi bidan sekarang.`,
    say_to_mother: together,
  }),
  bleeding_refer_now: plain(
    'Perdarahan: antar sekarang',
    'Jangan ditunda. Hubungi bidan dan cari kendaraan.',
    together,
  ),
  blood_pressure_after_birth_refer_now: plain(
    'Tekanan darah: antar sekarang',
    'Berbahaya sesudah melahirkan. Hubungi bidan.',
    together,
  ),
  blood_pressure_and_protein_refer_now: (v) => ({
    title: 'Tekanan darah: antar sekarang',
    text: `Tensi ${v.systolic}/${v.diastolic} dengan protein urin. Hubungi bidan.`,
    say_to_mother: together,
  }),
  baby_not_moving_refer_now: plain(
    'Gerak bayi berkurang: antar sekarang',
    'Hubungi bidan sekarang.',
    together,
  ),
  blood_pressure_refer: (v) => ({
    title: 'Tekanan darah: kabari bidan',
    text: `Tensi ${v.systolic}/${v.diastolic}. Perlu diperiksa lagi minggu ini.`,
    say_to_mother: 'Tensinya kita periksa lagi dengan Bu Bidan, ya. Ibu cukup istirahat dulu.',
  }),
  haemoglobin_refer: (v) => ({
    title: 'Hb rendah: kabari bidan',
    text: `Hb ${v.g_dl}. Pastikan tablet tambah darah diminum.`,
    say_to_mother: 'Ibu perlu tambah darah. Bu Bidan akan membantu.',
  }),
  mother_arm_circumference_refer: (v) => ({
    title: 'LILA kecil: kabari bidan',
    text: `LILA ${v.cm} cm. Tanyakan makanan tambahan.`,
    say_to_mother: 'Ibu perlu makan sedikit lebih banyak. Bu Bidan punya makanan tambahan untuk Ibu.',
  }),
  complication_refer: plain(
    'Ada keluhan: kabari bidan',
    'Perlu diperiksa bidan. Bantu mengatur waktunya.',
    midwife,
  ),
  blood_sugar_refer: (v) => ({
    title: 'Gula darah: kabari bidan',
    text: `Gula darah ${v.mg_dl} mg/dL.`,
    say_to_mother: 'Kita periksa lagi dengan Bu Bidan, ya.',
  }),
  baby_heart_rate_refer: (v) => ({
    title: 'Detak bayi: kabari bidan',
    text: `${v.per_minute} kali per menit. Perlu diperiksa hari ini.`,
    say_to_mother: midwife,
  }),
  weeks_differ_from_last_period: (v) => ({
    title: 'Periksa umur kehamilan',
    text: `Tertulis ${v.weeks} minggu, menurut HPHT ${v.counted} minggu.`,
  }),
  haemoglobin_slightly_low: (v) => ({
    title: 'Hb sedikit rendah',
    text: `Hb ${v.g_dl}. Ingatkan tablet tambah darah dan lauk hewani.`,
    say_to_mother: 'Tabletnya diminum malam sebelum tidur, Bu. Hati ayam dan bayam juga baik.',
  }),
  iron_tablets_missing: plain(
    'Tablet tambah darah',
    'Pastikan diminum setiap hari. Malam hari mengurangi mual.',
    'Tabletnya diminum malam sebelum tidur ya Bu, supaya tidak mual.',
  ),
  plan_birth_in_facility: plain(
    'Rencanakan lahir di fasilitas kesehatan',
    'Bicarakan kendaraan, biaya, dan siapa yang menemani.',
    'Yuk kita siapkan dari sekarang: ke mana, dengan siapa, naik apa.',
  ),
  delay_pregnancy_until_ready: plain(
    'Siap dulu, baru hamil',
    'Bicarakan KB dengan bidan sampai badan siap.',
    'Kalau badan sudah siap, ibu dan bayi lebih sehat. Kita tanya Bu Bidan, ya.',
  ),
  weight_before_pregnancy: plain(
    'Berat badan sebelum hamil',
    'Bicarakan makanan dengan bidan sebelum hamil.',
    'Makan yang beragam dari sekarang, supaya siap nanti.',
  ),
  pregnancy_weeks: (v) => ({
    title: `Minggu ke-${v.weeks}`,
    text: `Trimester ${v.trimester}. Perkiraan lahir ${v.edd}.`,
  }),
  referral_still_open: (v) => ({
    title: 'Rujukan belum selesai',
    text: `Sejak ${v.since}. Tanyakan apakah sudah pergi dan apa hasilnya.`,
  }),
  smoke_free_home: plain(
    'Asap rokok di rumah',
    'Ajak bicara ayah dengan santai: merokok di luar, jauh dari ibu dan anak.',
  ),
  overdue_delivery_ask: (v) => ({
    title: 'Sudah lahir?',
    text: `Lewat ${v.days} hari dari perkiraan lahir. Tanyakan kabarnya dan hubungi bidan.`,
  }),
  next_visit_suggested: (v) => ({ title: 'Kunjungan berikutnya', text: `Sebaiknya sebelum ${v.day}.` }),
}

export const adviceId: Record<string, Says> = { ...children, ...mothers }
