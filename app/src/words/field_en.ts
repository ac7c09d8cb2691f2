/**
 * What is said about people: marks, groups, advice, notices, possible doubles. In English.
 *
 * The rule this module protects: *marks and notices say what is so*, as in Bahasa Indonesia.
 */
import { adviceEn } from './advice_en'
import type { Values } from './advice_id'
import type { fieldId } from './field_id'

const days = (v: Values) => (v.days === undefined ? '' : ` ${v.days} days`)

export const fieldEn: typeof fieldId = {
  groups: {
    catin: 'Getting married',
    pregnant: 'Pregnant',
    postpartum: 'New mother',
    baduta: 'Child under 2',
    balita: 'Child 2 to 5',
    pus: 'Couple of childbearing age',
    teen: 'Teenage girl',
    other: 'Family member',
  },
  marks: {
    moved: 'Just moved',
    new: 'New',
    referral_open: 'Referral not finished',
    not_gaining: 'Weight not up yet',
    planned: 'Promised',
    never_visited: 'Never visited',
  },
  advice: {
    said: adviceEn,
    fallback: { title: 'Needs attention', text: 'Talk about it with the midwife or your PLKB.' },
  },
  same: {
    same_name: 'same name',
    similar_name: 'similar name',
    same_rt: 'same RT',
    same_birth_day: 'same birth date',
    near_birth_day: 'birth dates close together',
    same_mother: 'same mother',
    same_household: 'same family',
    no_name_yet: 'no name yet',
  },
  notices: {
    held: () => ({
      title: 'The office holds one note',
      text: 'It is safe, but an answer needs to be mended.',
    }),
    contested: () => ({
      title: 'Two notes differ',
      text: 'Your colleague noted something else. The PLKB will help to decide.',
    }),
    decided: () => ({ title: 'A difference was decided', text: 'The PLKB chose the note that counts.' }),
    message: (v) => ({ title: 'A message for you', text: String(v.text ?? '') }),
    question: (v) => ({ title: 'There is a question', text: String(v.text ?? '') }),
    backup_due: () => ({
      title: 'Time for a backup',
      text: 'Save a backup file, in case the phone breaks or gets lost.',
    }),
    long_unsent: (v) => ({
      title: 'Not sent for long',
      text: `Notes have been waiting${days(v)}. Find signal for a moment, or hand on the backup file.`,
    }),
    clock_off: () => ({
      title: "The phone's clock is wrong",
      text: "Mend date and time in the phone's settings. Your notes are safe.",
    }),
    space_low: () => ({
      title: 'The phone is almost full',
      text: 'Delete other photos or videos you no longer need.',
    }),
  },
}
