/**
 * What is said about people: marks, groups, advice, notices, possible doubles. In Bahasa Indonesia.
 *
 * The rule this module protects: *marks and notices say what is so*, of a note or of a visit, never what
 * somebody is.
 */
import type { TargetGroup } from '../phone/contract'

import { adviceId, type Said, type Values } from './advice_id'

const days = (v: Values) => (v.days === undefined ? '' : ` ${v.days} hari`)

export const fieldId = {
  groups: {
    catin: 'Calon pengantin',
    pregnant: 'Ibu hamil',
    postpartum: 'Ibu baru melahirkan',
    baduta: 'Anak 0–2 tahun',
    balita: 'Anak 2–5 tahun',
    pus: 'Pasangan usia subur',
    teen: 'Remaja putri',
    other: 'Anggota keluarga',
  } as Record<TargetGroup, string>,
  marks: {
    moved: 'Baru pindah',
    new: 'Baru',
    referral_open: 'Rujukan belum selesai',
    not_gaining: 'Berat belum naik',
    planned: 'Sudah dijanjikan',
    never_visited: 'Belum dikunjungi',
  } as Record<string, string>,
  advice: {
    said: adviceId,
    fallback: { title: 'Perlu diperhatikan', text: 'Bicarakan dengan bidan atau PLKB Anda.' } as Said,
  },
  same: {
    same_name: 'nama sama',
    similar_name: 'nama mirip',
    same_rt: 'RT sama',
    same_birth_day: 'tanggal lahir sama',
    near_birth_day: 'tanggal lahir berdekatan',
    same_mother: 'ibu sama',
    same_household: 'satu keluarga',
    no_name_yet: 'belum diberi nama',
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
    decided: () => ({
      title: 'Perbedaan sudah diputuskan',
      text: 'PLKB sudah memilih catatan yang dipakai.',
    }),
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
