/**
 * The help, in Bahasa Indonesia.
 *
 * The rule this module protects: *one page answers one worry*, in steps that fit on a small screen.
 */
import type { ArtName } from '../ui/art'

export interface Article {
  name: string
  art: ArtName
  title: string
  lead: string
  steps: string[]
  end?: string
}

export const helpId: Article[] = [
  {
    name: 'hari-pertama',
    art: 'rest',
    title: 'Hari pertama',
    lead: 'Yang perlu dilakukan sekali saja, lalu Anda siap bekerja.',
    steps: [
      'Masukkan kode dari PLKB, atau pindai kode QR. Langkah ini perlu sinyal.',
      'Buat PIN 6 angka. Hafalkan, jangan ditulis di HP.',
      'Tunggu data desa selesai diterima. Sesudah itu sinyal tidak lagi diperlukan untuk mencatat.',
      'Pasang Lumbung ke layar utama supaya datanya terjaga.',
      'Coba dulu di Mode latihan, di menu Lainnya.',
    ],
  },
  {
    name: 'kunjungan',
    art: 'family',
    title: 'Mencatat kunjungan',
    lead: 'Daftar di Hari ini menunjukkan siapa yang ditunggu.',
    steps: [
      'Ketuk nama di Hari ini, lalu ketuk Catat kunjungan.',
      'Ukur dulu, baru ketik. Angka boleh memakai koma, misalnya 8,05.',
      'Bila Lumbung bertanya tentang angka, ukur sekali lagi.',
      'Saran muncul di layar. Kalimat untuk ibu bisa langsung dibacakan.',
      'Ketuk Simpan. Catatan sudah aman, walau tanpa sinyal.',
    ],
    end: 'Terputus di tengah jalan? Catatan yang belum selesai menunggu di Hari ini.',
  },
  {
    name: 'pengiriman',
    art: 'letter',
    title: 'Pengiriman',
    lead: 'Garis di atas layar selalu mengatakan yang sebenarnya.',
    steps: [
      'Hijau: semua yang tersimpan sudah diterima kantor.',
      'Kuning: ada yang belum terkirim. Catatan tetap aman di HP ini.',
      'Ada sinyal? Lumbung mengirim sendiri. Bisa juga ketuk Kirim sekarang.',
      'Lama tanpa sinyal? Simpan berkas cadangan dan titipkan kepada teman yang akan ke kota.',
    ],
    end: 'Berkas cadangan terkunci. Teman yang membawanya tidak bisa membacanya.',
  },
  {
    name: 'lupa-pin',
    art: 'door',
    title: 'Lupa PIN',
    lead: 'Catatan Anda tidak hilang.',
    steps: [
      'Di layar PIN, ketuk Lupa PIN?',
      'Telepon PLKB dan minta kode baru.',
      'Masukkan kode di tempat yang ada sinyal, lalu buat PIN baru.',
    ],
    end: 'Lima kali salah, Lumbung meminta Anda menunggu. Itu untuk menjaga data keluarga.',
  },
  {
    name: 'hp-hilang',
    art: 'search',
    title: 'HP hilang atau rusak',
    lead: 'Segera beri tahu PLKB. Yang sudah diterima kantor tetap aman.',
    steps: [
      'Telepon PLKB. HP lama akan dihentikan.',
      'Minta kode untuk HP baru, lalu daftarkan seperti hari pertama.',
      'Punya berkas cadangan? Buka Pengiriman, lalu ketuk Antarkan berkas teman.',
    ],
    end: 'Orang yang menemukan HP tidak bisa membuka data tanpa PIN Anda.',
  },
  {
    name: 'beda-catatan',
    art: 'book',
    title: 'Dua catatan berbeda',
    lead: 'Dua kader bisa melihat hal yang berbeda. Itu wajar, dan tidak ada yang salah.',
    steps: [
      'Kedua catatan disimpan. Tidak ada yang ditimpa.',
      'Tanda Perlu dicek muncul pada catatan itu.',
      'PLKB melihat keduanya dan memutuskan, kadang meminta kunjungan ulang.',
      'Keputusannya muncul di halaman Pengiriman.',
    ],
  },
  {
    name: 'rahasia',
    art: 'barn',
    title: 'Menjaga rahasia keluarga',
    lead: 'Keluarga mempercayakan ceritanya kepada Anda.',
    steps: [
      'Minta persetujuan sebelum mencatat, dan jelaskan untuk apa.',
      'Kunci Lumbung sebelum HP dipinjamkan.',
      'Jangan memotret layar atau mengirim nama lewat pesan.',
      'Keluarga boleh menolak atau mencabut persetujuan kapan saja.',
    ],
  },
]
