/**
 * The visit, in the order of the doorstep: who and when, measuring, feeding, health, counselling, the next
 * visit.
 *
 * The rule this module protects: *what needs a tape or a scale is together, so that the child is undressed
 * once*. A section whose target group is another one is never asked, so one plan serves all groups.
 */

import type { PlanSection } from './plan'

export const VISIT_PLAN: PlanSection[] = [
  {
    id: 'who',
    title: { id: 'Siapa dan kapan', en: 'Who and when' },
    // What is nearly always as it is filled in stands behind "Lainnya".
    fields: ['visit_date', 'visit_place', 'met_in_person'],
    more: ['present_members', 'respondent', 'alive', 'household_id', 'subject_id', 'target_group', 'couple_id', 'pregnancy_id', 'gps'],
  },
  {
    id: 'catin_measuring',
    title: { id: 'Mengukur calon pengantin', en: 'Measuring the bride' },
    fields: [
      'catin_weight',
      'catin_height',
      'catin_muac',
      'catin_hb_checked',
      'catin_hb',
      'catin_hb_not_checked_reason',
    ],
  },
  {
    id: 'catin_readiness',
    title: { id: 'Kesiapan menikah', en: 'Getting ready' },
    fields: [
      'catin_bride_smokes',
      'catin_groom_smokes',
      'catin_iron_tablets_given',
      'catin_food_supplement_given',
      'catin_kie_groom',
    ],
  },
  {
    id: 'pregnant_measuring',
    title: { id: 'Mengukur ibu hamil', en: 'Measuring the mother' },
    fields: [
      'pregnant_gest_age_weeks',
      'pregnant_weight',
      'pregnant_muac',
      'pregnant_height',
      'pregnant_hb_checked',
      'pregnant_hb',
      'pregnant_hb_not_checked_reason',
    ],
    more: ['pregnant_weight_t1'],
  },
  {
    id: 'pregnant_check',
    title: { id: 'Pemeriksaan kehamilan', en: 'Antenatal check' },
    fields: [
      'pregnant_anc_since_last',
      'pregnant_anc_count',
      'pregnant_kia_book',
      'pregnant_blood_pressure',
      'pregnant_tfu_measured',
      'pregnant_tfu',
      'pregnant_fetal_weight_checked',
      'pregnant_fetal_weight',
    ],
    more: [
      'pregnant_fetal_movement',
      'pregnant_fetal_heart_rate',
      'pregnant_proteinuria',
      'pregnant_glucose',
    ],
  },
  {
    id: 'pregnant_tablets',
    title: { id: 'Tablet dan makanan', en: 'Tablets and food' },
    fields: [
      'pregnant_ttd_received',
      'pregnant_ttd_tablets_received',
      'pregnant_ttd_taken',
      'pregnant_ttd_tablets_taken',
      'pregnant_supplementary_food',
      'pregnant_mother_status',
    ],
  },
  {
    id: 'postpartum_health',
    title: { id: 'Kesehatan ibu', en: "The mother's health" },
    fields: [
      'postpartum_mother_status',
      'postpartum_complication',
      'postpartum_complication_types',
      'postpartum_ttd_received',
      'postpartum_ttd_taken',
      'postpartum_vitamin_a_given',
    ],
    more: ['postpartum_weight', 'postpartum_height', 'postpartum_muac', 'postpartum_hb'],
  },
  {
    id: 'postpartum_feeding',
    title: { id: 'Menyusui', en: 'Breastfeeding' },
    fields: ['postpartum_exclusive_breastfeeding', 'postpartum_early_initiation'],
  },
  {
    id: 'postpartum_contraception',
    title: { id: 'KB setelah melahirkan', en: 'Contraception after delivery' },
    fields: [
      'postpartum_on_contraception',
      'postpartum_contraception',
      'postpartum_contraception_reason',
      'postpartum_contraception_refusal',
      'postpartum_changed_to_long_acting',
    ],
  },
  {
    id: 'child_measuring',
    title: { id: 'Mengukur anak', en: 'Measuring the child' },
    fields: ['child_measured_on', 'child_weight', 'child_length', 'child_muac', 'child_head', 'child_oedema'],
  },
  {
    id: 'child_feeding',
    title: { id: 'Makan dan ASI', en: 'Feeding' },
    fields: [
      'child_breastfeeding_now',
      'child_exclusive_breastfeeding',
      'child_complementary_food',
      'child_food_groups_24h',
      'child_meals_24h',
      'child_animal_protein_24h',
      'child_supplementary_food',
    ],
  },
  {
    id: 'child_health',
    title: { id: 'Kesehatan dan imunisasi', en: 'Health and immunisation' },
    fields: [
      'child_status',
      'child_posyandu_this_month',
      'child_illness_2w',
      'child_immunizations',
      'child_vitamin_a',
      'child_deworming',
    ],
  },
  {
    id: 'child_development',
    title: { id: 'Tumbuh dan kembang', en: 'Growth and development' },
    fields: ['child_kka_filled', 'child_kka_result', 'child_bkb_this_month'],
    more: ['child_kpsp_age_band', 'child_kpsp_score'],
  },
  {
    id: 'counselling',
    title: { id: 'Penyuluhan dan rujukan', en: 'Counselling and referral' },
    fields: [
      'smoke_exposure',
      'kie_given',
      'kie_topics',
      'referral_status',
      'referral_reason',
      'referral_to',
      'referral_outcome',
      'aid_status',
      'aid_types',
    ],
    more: ['mbg_received'],
  },
  {
    id: 'next',
    title: { id: 'Kunjungan berikutnya', en: 'Next visit' },
    fields: ['next_visit_date', 'notes'],
  },
]
