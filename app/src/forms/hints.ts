/**
 * A plain hint for `kind.field`, where it helps.
 *
 * The rule this module protects: *a hint says how, in one or two short sentences*; what is plain from the
 * question has none.
 */

import type { Label } from '../phone/contract'
import { CHILD_HINTS } from './hints_child'
import { KITCHEN_HINTS } from './hints_kitchen'
import { VISIT_HINTS } from './hints_visit'

export const HINTS: { [field: string]: Label } = {
  ...VISIT_HINTS,
  ...CHILD_HINTS,
  ...KITCHEN_HINTS,
  'household.kk_number': {
    id: '16 angka di bagian atas Kartu Keluarga. Belum punya KK? Lewati saja.',
    en: '16 digits at the top of the family card. No card? Skip it.',
  },
  'household.head_name': {
    id: 'Seperti di Kartu Keluarga. Satu kata juga boleh.',
    en: 'As on the family card. One word is fine.',
  },
  'household.rt': { id: 'Angka saja, contoh 003.', en: 'Digits only, as 003.' },
  'household.rw': { id: 'Angka saja, contoh 001.', en: 'Digits only, as 001.' },
  'household.hamlet': {
    id: 'Nama dusun, lingkungan, atau kampung.',
    en: 'Name of the hamlet or neighbourhood.',
  },
  'household.address': {
    id: 'Jalan, gang, atau ciri rumah yang mudah dikenali.',
    en: 'Street, alley or a landmark of the house.',
  },
  'household.location': {
    id: 'Berdiri di depan rumah, lalu tekan tombol. Tidak perlu sinyal internet.',
    en: 'Stand in front of the house, then tap. No internet is needed.',
  },
  'household.phone': {
    id: 'Nomor yang biasa dipakai keluarga, mulai 08.',
    en: 'The number the family uses, beginning with 08.',
  },
  'household.social_assistance': {
    id: 'Yang diterima keluarga saat ini. Boleh lebih dari satu.',
    en: 'What the family receives now. More than one is fine.',
  },
  'household.health_insurance': {
    id: 'Lihat kartu JKN/KIS. PBI berarti iuran dibayar pemerintah.',
    en: 'Look at the JKN/KIS card. PBI means that the government pays.',
  },
  'household.house_fit': {
    id: 'Layak: atap, dinding, dan lantai aman, cukup luas, ada udara dan cahaya.',
    en: 'Fit: safe roof, walls and floor, enough room, air and light.',
  },
  'household.verval_status': {
    id: 'Apakah keluarga ini masih ada di alamatnya?',
    en: 'Is this family still at its address?',
  },
  'household.residence_status': {
    id: 'Merantau sementara berarti akan kembali.',
    en: 'Temporarily away means that they will come back.',
  },
  'member.nik': {
    id: '16 angka di KTP, KK, atau KIA. Bayi boleh belum punya.',
    en: '16 digits on the identity or family card. A baby may have none yet.',
  },
  'member.full_name': {
    id: 'Seperti di KTP atau akta. Bayi tanpa nama: tulis "Bayi Ny." dan nama ibunya.',
    en: 'As on the identity card. A baby without a name: "Bayi Ny." and the mother\'s name.',
  },
  'member.birth_date': {
    id: 'Lihat KK, akta, atau buku KIA. Bila tidak tahu harinya, pilih "Bulan & tahun".',
    en: 'See the family card, certificate or mother and child book. Day unknown: choose "Month & year".',
  },
  'member.birth_month': { id: 'Terisi sendiri dari tanggal lahir.', en: 'Filled in from the birth date.' },
  'member.mother_id': {
    id: 'Pilih ibu yang melahirkan, supaya anak tersambung ke kehamilannya.',
    en: 'Choose the mother who gave birth, so that the child is joined to the pregnancy.',
  },
  'member.birth_order': {
    id: 'Hanya untuk kembar: 1 yang lahir pertama.',
    en: 'For twins only: 1 is the first born.',
  },
  'member.birth_weight': {
    id: 'Dalam gram, dari buku KIA. Contoh 3100, bukan 3,1.',
    en: 'In grams, from the mother and child book. As 3100, not 3.1.',
  },
  'member.birth_length': {
    id: 'Dalam cm, dari buku KIA. Contoh 49,5.',
    en: 'In cm, from the mother and child book. As 49.5.',
  },
  'member.gest_age_at_birth': {
    id: 'Berapa minggu hamil saat lahir. Cukup bulan: 37 sampai 42 minggu.',
    en: 'Weeks of pregnancy at birth. Full term: 37 to 42 weeks.',
  },
  'member.education': { id: 'Sekolah tertinggi yang ditamatkan.', en: 'The highest school finished.' },
  'member.contraception': {
    id: 'Cara KB yang dipakai sekarang oleh pasangan ini.',
    en: 'The method that the couple uses now.',
  },
  'member.occupation': {
    id: 'Pekerjaan utama, contoh tani atau dagang.',
    en: 'The main work, as farming or trade.',
  },
  'member.disability': {
    id: 'Kesulitan yang menetap, walau sudah dibantu alat.',
    en: 'A lasting difficulty, even with an aid.',
  },
  'member.death_date': {
    id: 'Sampaikan belasungkawa dahulu. Lihat surat keterangan bila ada.',
    en: 'Offer condolences first. See the certificate if there is one.',
  },
  'risk_screening.water_source': {
    id: 'Air yang paling sering diminum keluarga.',
    en: 'The water that the family drinks most.',
  },
  'risk_screening.toilet': {
    id:
      'Leher angsa: kloset dengan genangan air. Tangki septik: penampung tertutup, bukan sungai atau ' +
      'kolam.',
    en: 'Goose-neck: a bowl with a water seal. Septic tank: a closed pit, not a river or pond.',
  },
  'risk_screening.round': {
    id: 'Januari untuk semester pertama, Juli untuk semester kedua.',
    en: 'January for the first half-year, July for the second.',
  },
  'couple.bride_id': {
    id: 'Catin dicatat di alamat calon pengantin wanita.',
    en: 'A couple is filed at the address of the bride.',
  },
  'couple.groom_id': {
    id: 'Bila dari desa lain, kosongkan dan tulis namanya.',
    en: 'If he is from another village, leave it empty and write his name.',
  },
  'couple.groom_birth_date': {
    id: 'Lihat KTP. Umur kawin menurut undang-undang 19 tahun.',
    en: 'See his identity card. By law the age of marriage is 19.',
  },
  'couple.wedding_date': {
    id: 'Rencana akad atau pemberkatan. Pendampingan sebaiknya mulai 3 bulan sebelumnya.',
    en: 'The planned day. Accompaniment should begin 3 months before.',
  },
  'couple.elsimil_certificate_no': {
    id: 'Ada di sertifikat ELSIMIL, bila sudah dicetak.',
    en: 'On the ELSIMIL certificate, if it was printed.',
  },
  'pregnancy.lmp_date': {
    id: 'HPHT: hari pertama haid terakhir. Lihat buku KIA, atau bantu ibu mengingat dengan hari besar.',
    en: 'First day of the last period. See the mother and child book, or help her recall with a holiday.',
  },
  'pregnancy.lmp_method': { id: 'Dari mana tanggal HPHT didapat.', en: 'Where the date came from.' },
  'pregnancy.gravida_no': {
    id: 'Hitung semua kehamilan, termasuk keguguran dan yang ini.',
    en: 'Count all pregnancies, also miscarriages and this one.',
  },
  'pregnancy.living_children': {
    id: 'Anak yang masih hidup sekarang. Kehamilan pertama: 0.',
    en: 'Children alive now. First pregnancy: 0.',
  },
  'pregnancy.last_child_birth_date': {
    id: 'Untuk tahu jarak kehamilan. Jarak sehat paling sedikit 2 tahun.',
    en: 'Tells the gap between births. A healthy gap is at least 2 years.',
  },
  'pregnancy.chronic_disease': {
    id: 'Yang pernah dikatakan dokter atau bidan. Pilih "Tidak ada" bila sehat.',
    en: 'What a doctor or midwife has said. Choose "None" if healthy.',
  },
  'pregnancy.planned_place': {
    id: 'Tempat yang ibu inginkan untuk melahirkan. Faskes lebih aman.',
    en: 'Where she wants to give birth. A facility is safer.',
  },
  'pregnancy.planned_contraception': {
    id: 'KB yang direncanakan sesudah melahirkan.',
    en: 'The method planned for after the birth.',
  },
  'pregnancy.gest_age_at_birth': {
    id: 'Dalam minggu, dari buku KIA.',
    en: 'In weeks, from the mother and child book.',
  },
  'pregnancy.delivery_month': {
    id: 'Terisi sendiri dari tanggal persalinan.',
    en: 'Filled in from the delivery date.',
  },
  'pregnancy.delivery_mode': {
    id: 'Tindakan: dibantu vakum, forsep, atau operasi.',
    en: 'Assisted: vacuum, forceps or operation.',
  },
  'consent.given_by': {
    id: 'Untuk anak: ibu, ayah, atau wali.',
    en: 'For a child: mother, father or guardian.',
  },
  'consent.purposes': {
    id: 'Tanyakan satu per satu. Centang yang disetujui saja.',
    en: 'Ask one by one. Tick only what is agreed to.',
  },
  'consent.withdrawn_on': { id: 'Isi bila persetujuan dicabut.', en: 'Fill in when consent is taken back.' },
  'transfer.to_village': {
    id: 'Kodenya tidak tahu? Lewati, tulis nama desa dan kecamatan di Catatan. PLKB melengkapinya.',
    en: 'Code not known? Skip it and write village and subdistrict in Notes. The PLKB completes it.',
  },
  'message.text': {
    id: 'Singkat dan jelas. Jangan menulis NIK.',
    en: 'Short and clear. Do not write a NIK.',
  },
}
