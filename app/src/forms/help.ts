/**
 * One help text for each form: what it is for, and what to do when something is not known.
 *
 * The rule this module protects: *a kader reads what to do, not what the office wants*.
 */

import type { Label } from '../phone/contract'

export const HELP: { [kind: string]: Label } = {
  household: {
    id:
      'Daftarkan satu keluarga, biasanya satu Kartu Keluarga. Keluarga tanpa KK tetap didaftarkan: ' +
      'nama kepala keluarga dan RT sudah cukup. Sisanya boleh menyusul.',
    en:
      'Register one family, usually one family card. A family without a card is registered too: the ' +
      'name of the head and the RT are enough. The rest can follow.',
  },
  member: {
    id:
      'Catat tiap orang di keluarga. Nama satu kata itu biasa. Bila tanggal lahir tidak pasti, pilih ' +
      '"Bulan & tahun" atau "Tahun saja". Bayi boleh belum punya NIK.',
    en:
      'Record each person of the family. One-word names are normal. If the birth date is not certain,' +
      ' choose "Month & year" or "Year only". A baby may have no NIK yet.',
  },
  risk_screening: {
    id:
      'Setiap setengah tahun, lihat air minum dan jamban keluarga. Lihat sendiri bila boleh. Risiko ' +
      'lain dihitung dari catatan.',
    en:
      'Every half-year, look at the drinking water and the toilet of the family. See it yourself if ' +
      'you may. Other risks are worked out from the records.',
  },
  couple: {
    id:
      'Catat calon pengantin sejak ada rencana menikah, sebaiknya 3 bulan sebelumnya. Tujuannya ' +
      'menyiapkan kehamilan sehat, bukan melarang pernikahan.',
    en:
      'Record the couple as soon as a wedding is planned, best 3 months before. The aim is a healthy ' +
      'pregnancy, not to forbid the marriage.',
  },
  pregnancy: {
    id:
      'Satu catatan untuk satu kehamilan. HPHT menentukan perkiraan lahir; lihat buku KIA. Setelah ' +
      'melahirkan, buka lagi dan isi persalinan.',
    en:
      'One record for one pregnancy. The first day of the last period gives the due date; look in the' +
      ' mother and child book. After the birth, open it again and fill in the delivery.',
  },
  visit: {
    id:
      'Isi sambil berbincang. Ukur dulu, lalu tanya. Yang tidak diketahui boleh dilewati. Kunjungan ' +
      'bersama satu tim cukup dicatat sekali. Isian tersimpan sendiri.',
    en:
      'Fill it in while you talk. Measure first, then ask. What is not known may be skipped. A visit ' +
      'made together by the team is recorded once. What you type is kept by itself.',
  },
  dashat_kitchen: {
    id:
      'Catat satu dapur DASHAT: tempat, penanggung jawab, dan kegiatannya. Pemetaan boleh diisi ' +
      'kemudian bersama Pokja.',
    en:
      'Record one DASHAT kitchen: where it is, who is in charge, what it does. The mapping may be ' +
      'filled in later with the working group.',
  },
  menu_recipe: {
    id:
      'Tulis bahan dengan berat saat dibeli, dalam gram, untuk seluruh resep. Gizi per porsi dihitung' +
      ' dari bahan.',
    en:
      'Write the ingredients with their weight as bought, in grams, for the whole recipe. Nutrition ' +
      'per portion is worked out from them.',
  },
  meal_session: {
    id:
      'Catat sesudah makanan dibagikan. Centang nama penerima; satu orang satu baris. Bila nama tidak' +
      ' dicatat, isi jumlah porsi per kelompok.',
    en:
      'Fill it in after the food is handed out. Tick the names of those who received it; one line for' +
      ' one person. Without names, fill in portions by group.',
  },
  education_session: {
    id: 'Catat penyuluhan, demo masak, atau kelas. Hitung peserta per kelompok; satu orang dihitung sekali.',
    en: 'Record a talk, a cooking demonstration or a class. Count participants by group; each person once.',
  },
  uppka_group: {
    id: 'Catat kelompok usaha keluarga. Klasifikasi dan nomor K/0 diisi oleh PLKB.',
    en: 'Record the business group. Its classification and K/0 number are filled in by the PLKB.',
  },
  uppka_sale: {
    id: 'Catat penjualan tiap produk. Total dihitung dari jumlah kali harga satuan.',
    en: 'Record the sale of each product. The total is the quantity times the unit price.',
  },
  kampung_kb: {
    id: 'Nama dan tanggal pencanangan Kampung Keluarga Berkualitas, seperti di surat keputusan.',
    en: 'Name of the Quality-family village and the day it was declared, as in the decree.',
  },
  kampung_kb_activity: {
    id: 'Ceritakan satu kegiatan. Jangan tulis nama keluarga atau anak: cerita ini dapat dibaca umum.',
    en: 'Tell of one activity. Do not write names of families or children: it can be read by the public.',
  },
  consent: {
    id:
      'Jelaskan dengan bahasa yang dimengerti, lalu tanya tiap tujuan. Boleh setuju sebagian saja, ' +
      'dan boleh dicabut kapan saja.',
    en:
      'Explain in words that are understood, then ask about each purpose. Agreeing to some is fine, ' +
      'and it can be withdrawn at any time.',
  },
  transfer: {
    id: 'Isi bila keluarga pindah desa. Keluarga tetap di daftar Ibu sampai desa tujuan menerima.',
    en:
      'Fill it in when a family moves to another village. It stays on your list until that village ' +
      'accepts.',
  },
  message: {
    id: 'Tulis pertanyaan untuk PLKB atau rekan tim. Dikirim saat ada sinyal. Jangan menulis NIK.',
    en: 'Write a question to your PLKB or team. It is sent when there is signal. Do not write a NIK.',
  },
}
