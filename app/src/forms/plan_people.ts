/**
 * Families and the people in them: registering, screening, couples, pregnancies, consent, moving, messages.
 *
 * The rule this module protects: *what a family tells first is asked first; numbers from cards come later*.
 */

import type { PlanSection } from './plan'

export const PEOPLE_PLANS: { [kind: string]: PlanSection[] } = {
  household: [
    {
      id: 'family',
      title: { id: 'Keluarga', en: 'The family' },
      fields: ['head_name', 'rt', 'rw', 'hamlet', 'address', 'location'],
    },
    {
      id: 'cards',
      title: { id: 'Kartu dan telepon', en: 'Cards and telephone' },
      fields: ['kk_number', 'phone', 'health_insurance', 'social_assistance'],
    },
    {
      id: 'state',
      title: { id: 'Rumah', en: 'The home' },
      fields: ['house_fit'],
      more: ['verval_status', 'residence_status', 'registered_on'],
    },
  ],
  member: [
    {
      id: 'person',
      title: { id: 'Orangnya', en: 'The person' },
      fields: ['full_name', 'sex', 'birth_date', 'relationship'],
      more: ['household_id', 'birth_month', 'birth_place'],
    },
    {
      id: 'child',
      title: { id: 'Saat lahir', en: 'At birth' },
      fields: ['mother_id', 'birth_weight', 'birth_length', 'gest_age_at_birth'],
      more: ['birth_order'],
    },
    {
      id: 'cards',
      title: { id: 'NIK dan keadaan', en: 'NIK and circumstances' },
      fields: ['nik', 'marital_status', 'education', 'contraception'],
      more: ['occupation', 'disability'],
    },
    {
      id: 'status',
      title: { id: 'Status', en: 'Status' },
      fields: ['life_status', 'death_date', 'residence_status'],
    },
  ],
  risk_screening: [
    {
      id: 'screening',
      title: { id: 'Air dan jamban', en: 'Water and toilet' },
      fields: ['screened_on', 'water_source', 'toilet'],
      more: ['household_id', 'round', 'risk_override', 'moved_to'],
    },
  ],
  couple: [
    {
      id: 'couple',
      title: { id: 'Calon pengantin', en: 'The couple' },
      fields: ['bride_id', 'groom_id', 'groom_name', 'groom_birth_date'],
    },
    {
      id: 'wedding',
      title: { id: 'Pernikahan', en: 'The wedding' },
      fields: ['wedding_date'],
      more: ['elsimil_certificate_no', 'outcome'],
    },
  ],
  pregnancy: [
    {
      id: 'pregnancy',
      title: { id: 'Kehamilan ini', en: 'This pregnancy' },
      fields: ['mother_id', 'lmp_date', 'lmp_method', 'gravida_no', 'is_multiple', 'fetus_count', 'status'],
    },
    {
      id: 'delivery',
      title: { id: 'Persalinan', en: 'The delivery' },
      fields: [
        'delivery_date',
        'delivery_place',
        'delivery_attendant',
        'delivery_mode',
        'gest_age_at_birth',
        'baby_outcome',
      ],
      more: ['delivery_month'],
    },
    {
      id: 'history',
      title: { id: 'Riwayat ibu', en: "The mother's history" },
      fields: ['living_children', 'last_child_birth_date', 'stunted_child_before', 'chronic_disease'],
    },
    {
      id: 'plans',
      title: { id: 'Rencana persalinan', en: 'Plans for the delivery' },
      fields: ['planned_place', 'planned_attendant', 'planned_contraception'],
    },
  ],
  consent: [
    {
      id: 'consent',
      title: { id: 'Persetujuan', en: 'Consent' },
      fields: ['subject_id', 'given_by', 'purposes', 'given_on', 'method'],
      more: ['lang', 'text_version', 'withdrawn_on'],
    },
  ],
  transfer: [
    {
      id: 'transfer',
      title: { id: 'Pindah ke mana', en: 'Where to' },
      fields: ['household_id', 'to_village', 'moved_on', 'reason', 'notes'],
      more: ['status'],
    },
  ],
  message: [
    {
      id: 'message',
      title: { id: 'Pesan', en: 'Message' },
      fields: ['message_type', 'text', 'to_worker'],
      more: ['to_team', 'about', 'reply_to', 'read_by', 'closed'],
    },
  ],
}
