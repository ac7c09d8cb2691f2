/**
 * What is said about people: marks, groups, advice, notices, possible doubles. In English.
 *
 * The rule this module protects: *a child is never labelled*, as in Bahasa Indonesia.
 */
import type { fieldId, Says, Values } from './field_id'

const days = (v: Values) => (v.days === undefined ? '' : ` ${v.days} days`)

const advice: Record<string, Says> = {
  measure_again: () => ({
    title: 'Measure once more',
    text: 'This is far from the last figure. Shoes and jacket off, then repeat.',
    say_to_mother: 'Let us measure once more, to be sure of the number.',
  }),
  not_gaining: () => ({
    title: 'No weight gained',
    text: 'Ask about food, illness and breastfeeding. Invite to the posyandu and tell the midwife.',
    say_to_mother: 'No weight gained this month. Let us find out together which food is liked best.',
  }),
  gaining: () => ({
    title: 'Weight gained',
    text: 'Growing well. Praise the mother.',
    say_to_mother: 'The weight went up. Well done, keep going.',
  }),
  refer: () => ({
    title: 'Take to the health centre',
    text: 'The midwife or health centre should look this week. Help to arrange the time.',
    say_to_mother: 'The midwife would like to have a look, so we know how to help best. I will come along.',
  }),
  danger: () => ({
    title: 'To a health facility at once',
    text: 'Do not wait. Call the midwife now and help to find transport.',
    say_to_mother: 'We need to go to the health centre now. I will help, you are not alone.',
  }),
  short_for_age: () => ({
    title: 'Length needs attention',
    text: 'Measure again next month and tell the midwife. Explain gently, give the child no label.',
    say_to_mother: 'We follow the length every month. Eggs, fish and chicken liver are good for growing.',
  }),
  thin_arm: () => ({
    title: 'Arm circumference is small',
    text: 'Below the limit. Refer to the midwife for extra food.',
    say_to_mother: 'You need to eat a little more. The midwife has extra food for you.',
  }),
  iron_tablets: () => ({
    title: 'Iron tablets',
    text: 'Make sure they are taken daily. At night there is less nausea.',
    say_to_mother: 'Take the tablet before going to sleep, it upsets the stomach less.',
  }),
  feeding: () => ({
    title: 'Complementary food',
    text: 'Ask about food from animals every day: egg, fish, chicken or liver.',
    say_to_mother: 'One egg a day already helps a lot.',
  }),
  breastfeeding: () => ({
    title: 'Breast milk only until 6 months',
    text: 'Support the mother and her family. Ask what is difficult.',
    say_to_mother: 'Your milk is enough. If it feels hard, tell me about it.',
  }),
  smoke: () => ({
    title: 'Cigarette smoke at home',
    text: 'Talk to the father at ease: smoke outside, away from mother and child.',
  }),
  long_ago: (v) => ({ title: 'Not visited for long', text: `Last visit${days(v)} ago.` }),
}

export const fieldEn: typeof fieldId = {
  groups: {
    catin: 'To be married',
    pregnant: 'Pregnant',
    postpartum: 'After birth',
    baduta: 'Child 0-23 months',
    balita: 'Child 24-59 months',
    pus: 'Couple',
    teen: 'Teenage girl',
    other: 'General family',
  },
  marks: {
    moved: 'Just moved',
    new: 'New',
    referral_open: 'Referral running',
    not_gaining: 'No weight gained',
    planned: 'Promised',
    never_visited: 'Never visited',
  },
  advice: {
    said: advice,
    fallback: { title: 'Needs attention', text: 'Talk about it with the midwife or your PLKB.' },
  },
  same: {
    same_name: 'similar name',
    same_birth_day: 'same birth date',
    same_mother: 'same mother',
    same_nik: 'same NIK',
    same_household: 'same family',
    same_rt: 'same RT',
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
      title: 'The phone\'s clock is wrong',
      text: 'Mend date and time in the phone\'s settings. Your notes are safe.',
    }),
    space_low: () => ({
      title: 'The phone is almost full',
      text: 'Delete other photos or videos you no longer need.',
    }),
  },
}
