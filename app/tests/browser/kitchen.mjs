// The kitchen of the village: where it belongs, what it cooks, who ate.
//
// The rule this module protects: *a kitchen is made as a kader makes it*: the Kampung KB first, then the kitchen, a recipe, a
// meal, each through its own form.

import { choose, dayAgo, follow, goTo, press, save, sees, write, writeDay, writeLine } from './steps.mjs'

export async function foundVillage(page, name) {
  await goTo(page, 'Kegiatan')
  await press(page, 'Kampung KB')
  await follow(page, 'Tambah Kampung KB')
  await write(page, 'Nama', name)
  await writeDay(page, 'Tanggal pencanangan', dayAgo(800))
  await save(page)
  await sees(page, name)
}

export async function openKitchen(page, { name, village, manager }) {
  await goTo(page, 'Dapur')
  await press(page, 'Dapur')
  await follow(page, 'Tambah dapur')
  await write(page, 'Nama DASHAT', name)
  // There is only one: she is not asked which.
  await sees(page, village)
  await writeDay(page, 'Mulai beroperasi', dayAgo(200))
  await choose(page, 'Penanggung jawab', manager)
  await choose(page, 'Bentuk kegiatan', 'Dibagikan gratis')
  await choose(page, 'Sumber dana', 'Dana Desa')
  await save(page)
  await sees(page, name)
}

export async function addRecipe(page, name) {
  await goTo(page, 'Dapur')
  await press(page, 'Resep')
  await follow(page, 'Tambah resep')
  await write(page, 'Nama menu', name)
  await write(page, 'Jumlah porsi', '12')
  await write(page, 'Berat per porsi', '250')
  await writeLine(page, 'Bahan (kode TKPI, gram)', 1, { 'Nama bahan': 'Bayam', 'Berat kotor': '1500' })
  await writeLine(page, 'Bahan (kode TKPI, gram)', 2, { 'Nama bahan': 'Telur ayam', 'Berat kotor': '1200' })
  await save(page)
  await sees(page, name)
}

export async function cook(page, { kitchen, menu, eaters }) {
  await goTo(page, 'Dapur')
  await press(page, 'Sesi makan')
  await follow(page, 'Catat sesi makan')
  await sees(page, kitchen)
  await choose(page, 'Menu', menu)
  await write(page, 'Porsi dimasak', '12')
  await write(page, 'Porsi dibagikan gratis', String(eaters.length))
  await choose(page, 'Penerima', ...eaters)
  await sees(page, `${eaters.length} orang, ${eaters.length} porsi`)
  await choose(page, 'Sumber dana sesi', 'Dana Desa')
  await save(page)
}
