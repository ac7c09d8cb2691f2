/**
 * Hints for kitchens, meals, business groups and the Kampung KB.
 *
 * The rule this module protects: *a hint says how, in one or two short sentences*.
 */

import type { Label } from '../phone/contract'

export const KITCHEN_HINTS: { [field: string]: Label } = {
  'dashat_kitchen.sk_number': {
    id: 'Nomor surat keputusan desa, bila ada.',
    en: 'Number of the village decree, if there is one.',
  },
  'dashat_kitchen.sessions_per_week_plan': {
    id: 'Sekali seminggu: 1. Dua minggu sekali: 0,5.',
    en: 'Once a week: 1. Every two weeks: 0.5.',
  },
  'dashat_kitchen.capacity_portions': {
    id: 'Porsi terbanyak sekali masak.',
    en: 'The most portions of one cooking.',
  },
  'dashat_kitchen.mapping_at_risk_families': {
    id: 'Jumlah keluarga berisiko stunting (KRS) di desa.',
    en: 'Families at risk of stunting in the village.',
  },
  'dashat_kitchen.mapping_food_access': {
    id: 'Mengapa keluarga sulit mendapat makanan bergizi?',
    en: 'Why is nutritious food hard to get?',
  },
  'menu_recipe.yield_portions': {
    id: 'Resep ini untuk berapa porsi.',
    en: 'How many portions this recipe makes.',
  },
  'menu_recipe.portion_g': { id: 'Timbang satu porsi matang.', en: 'Weigh one cooked portion.' },
  'menu_recipe.ingredients': {
    id: 'Berat saat dibeli, dalam gram, untuk seluruh resep.',
    en: 'Weight as bought, in grams, for the whole recipe.',
  },
  'menu_recipe.allergens': {
    id: 'Yang sering membuat alergi di dalam menu ini.',
    en: 'What often causes allergies in this menu.',
  },
  'meal_session.portions_served_free': {
    id: 'Sama dengan jumlah porsi semua penerima.',
    en: 'The same as the portions of all recipients together.',
  },
  'meal_session.recipients': {
    id: 'Centang yang menerima. Satu porsi terisi sendiri.',
    en: 'Tick those who received it. One portion is filled in.',
  },
  'meal_session.served_by_group': {
    id: 'Hanya bila nama penerima tidak dicatat.',
    en: 'Only if names were not recorded.',
  },
  'meal_session.ingredient_cost_idr': {
    id: 'Uang belanja, dalam rupiah. Tanpa titik juga boleh.',
    en: 'Money spent, in rupiah.',
  },
  'meal_session.in_kind_value_idr': {
    id: 'Perkiraan harga bahan yang disumbang.',
    en: 'About what the donated food is worth.',
  },
  'education_session.hours': { id: 'Satu setengah jam: 1,5.', en: 'An hour and a half: 1.5.' },
  'education_session.participants_by_group': {
    id: 'Satu orang dihitung di satu kelompok.',
    en: 'Each person in one group only.',
  },
  'uppka_group.members_acceptor': { id: 'Anggota yang memakai KB.', en: 'Members who use contraception.' },
  'uppka_sale.unit_price_idr': {
    id: 'Harga satu bungkus, porsi, atau buah.',
    en: 'Price of one pack, portion or piece.',
  },
  'uppka_sale.profit_to_dashat_idr': {
    id: 'Bagian laba yang dipakai untuk makanan DASHAT.',
    en: 'Part of the profit that pays for DASHAT meals.',
  },
  'kampung_kb.declared_on': { id: 'Lihat surat keputusan pencanangan.', en: 'See the decree.' },
  'kampung_kb_activity.description': {
    id: 'Apa yang dilakukan, siapa yang ikut, apa hasilnya. Tanpa nama keluarga.',
    en: 'What was done, who came, what came of it. No names of families.',
  },
}
