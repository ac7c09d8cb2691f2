/**
 * Why the phone did not do what was asked, for people.
 *
 * The rule this module protects: *a refusal says what to do next, in both languages, and blames nobody*.
 */

import type { Label, Refusal } from './contract'

const WORDS = {
  no_signal: [
    'Belum ada sinyal. Catatan aman di HP; coba lagi nanti.',
    'No signal yet. Your notes are safe on this phone; try again later.',
  ],
  bad_answer: [
    'Jawaban server tidak terbaca. Mungkin Wi-Fi ini minta masuk dulu; coba jaringan lain.',
    'The answer cannot be read. This Wi-Fi may want you to sign in first; try another network.',
  ],
  pin_form: ['PIN terdiri dari 6 angka.', 'A PIN has 6 digits.'],
  pin_easy: [
    'PIN ini mudah ditebak orang. Pilih 6 angka lain yang Ibu ingat.',
    'This PIN is easy to guess. Choose 6 other digits that you remember.',
  ],
  pin_wrong: ['PIN belum cocok. Coba lagi pelan-pelan.', 'That PIN does not match. Try again slowly.'],
  pin_wait: ['Tunggu sebentar sebelum mencoba PIN lagi.', 'Wait a little before trying a PIN again.'],
  pin_blocked: [
    'PIN sudah 10 kali belum cocok. Catatan tetap aman: minta kode kepada PLKB.',
    'The PIN did not match 10 times. Your notes are safe: ask your PLKB for a code.',
  ],
  pin_no_reset: [
    'HP ini belum bisa dibuka dengan kode. Hubungi PLKB.',
    'This phone cannot be opened with a code yet. Talk to your PLKB.',
  ],
  no_space: [
    'Penyimpanan HP penuh, jadi belum tersimpan. Hapus foto atau video, lalu tekan Simpan lagi.',
    'The phone is full, so this is not saved yet. Delete photos or videos, then press Save again.',
  ],
  full: [
    'HP penuh. Catatan tetap aman: hapus foto atau video, lalu coba lagi.',
    'The phone is full. Your notes are safe: delete photos or videos, then try again.',
  ],
  store: [
    'HP tidak dapat menyimpan. Tutup aplikasi, buka lagi, lalu coba lagi.',
    'The phone could not save. Close the app, open it again and retry.',
  ],
  not_now: ['Ini tidak bisa dilakukan sekarang.', 'This cannot be done now.'],
  owner_known: ['Ia sudah punya PIN di HP ini.', 'She has a PIN on this phone already.'],
  owner_unknown: ['Ia bukan anggota tim di HP ini.', 'She is not a member of the team of this phone.'],
  code_form: [
    'Kode belum lengkap. Periksa kertas dari PLKB.',
    'The code is not complete. Look at the paper from your PLKB.',
  ],
  backup_form: [
    'File ini bukan cadangan Lumbung, atau terpotong.',
    'This file is no Lumbung backup, or it is cut short.',
  ],
  code_invalid: [
    'Kode ini salah, sudah dipakai atau sudah lewat. Minta yang baru kepada PLKB.',
    'This code is wrong, used or expired. Ask your PLKB for a new one.',
  ],
  device_revoked: [
    'HP ini sudah dicabut oleh kantor. Hubungi PLKB.',
    'The office withdrew this phone. Talk to your PLKB.',
  ],
  practice: ['Ini latihan: tidak ada yang dikirim.', 'This is practice: nothing is sent.'],
  doubt: [
    'Bukti terima dari server tidak sah. Catatan tetap di HP; hubungi PLKB.',
    'The receipt of the server is not valid. Your notes stay on this phone; talk to your PLKB.',
  ],
  unavailable: [
    'Server sedang sibuk. HP akan mencoba lagi sendiri.',
    'The server is busy. The phone tries again by itself.',
  ],
} as const

export type Code = keyof typeof WORDS

export function label(code: Code): Label {
  const [id, en] = WORDS[code]
  return { id, en }
}

export function refusal(code: Code, retry_after_s?: number): Refusal {
  const refused: Refusal['refused'] = { code, message: label(code) }
  if (retry_after_s !== undefined) refused.retry_after_s = retry_after_s
  return { refused }
}

/** What the core or the server said: the words of our own table for a code we know, else theirs. Theirs may hold both
 * languages, as `Indonesian / English`. */
export function said(code: string, message: string): Refusal['refused'] {
  if (code in WORDS) return { code, message: label(code as Code) }
  const [id, en] = message.split(' / ')
  return { code, message: { id: id ?? message, en: en ?? id ?? message } }
}

export function isRefusal(outcome: unknown): outcome is Refusal {
  return typeof outcome === 'object' && outcome !== null && 'refused' in outcome
}
