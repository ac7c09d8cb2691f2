/**
 * Advice in English: what to do, and how it can be told to the mother.
 *
 * The rule this module protects: *a child is never labelled*, as in Bahasa Indonesia.
 */
import type { Says } from './advice_id'

const plain =
  (title: string, text: string, say_to_mother?: string): Says =>
  () => ({ title, text, say_to_mother })
const together = 'We need to go to the health centre now. I will come along, you are not alone.'
const midwife = 'The midwife would like to have a look, so we know how to help best. I will come along.'

const children: Record<string, Says> = {
  swelling_of_feet_refer_now: plain(
    'Swollen feet: take there now',
    'Two swollen feet must be seen by a doctor today. Call the midwife and help with transport.',
    together,
  ),
  weight_for_length_refer_now: plain(
    'To the health centre today',
    'The weight is far below what is usual for the length. Call the midwife now.',
    together,
  ),
  arm_circumference_refer_now: (v) => ({
    title: 'Arm very thin: take there today',
    text: `Arm ${v.cm} cm. Call the midwife now.`,
    say_to_mother: together,
  }),
  weight_for_length_refer: plain(
    'Tell the midwife this week',
    'The weight is low for the length. Help to arrange a time.',
    midwife,
  ),
  arm_circumference_refer: (v) => ({
    title: 'Tell the midwife this week',
    text: `Arm ${v.cm} cm, still thin.`,
    say_to_mother: midwife,
  }),
  growth_needs_doctor: plain(
    'A doctor should have a look',
    'The length is far below the usual. Help to arrange a time, give the child no label.',
    midwife,
  ),
  weight_not_rising_refer: (v) => ({
    title: 'Weight not rising: tell the midwife',
    text: `Now ${v.kg} kg, before ${v.last} kg. Ask about food, illness and breastfeeding.`,
    say_to_mother:
      'The weight has not gone up. Let us find the food that is liked best, and ask the midwife.',
  }),
  development_refer: plain(
    'Development: tell the midwife',
    'A health worker should repeat the check (KPSP).',
    midwife,
  ),
  tuberculosis_contact_refer: plain(
    'Long cough at home',
    'The child should be checked for tuberculosis. Invite the whole family.',
    'To be at ease, let us have the whole family checked.',
  ),
  shorter_than_last_time: (v) => ({
    title: 'Measure the length once more',
    text: `Now ${v.cm} cm, before ${v.last} cm. Straighten legs and head.`,
  }),
  weight_changed_much: (v) => ({
    title: 'Weigh once more',
    text: `Now ${v.kg} kg, before ${v.last} kg. Jacket and shoes off.`,
  }),
  weight_maybe_mistyped: (v) => ({ title: 'Mistyped?', text: `It says ${v.kg} kg. Was it ${v.maybe} kg?` }),
  measurement_unlikely: plain('Measure once more', 'This figure is rare. Check the birth date too.'),
  measure_lying_under_two: plain('Measure lying down', 'Under 2 years a child is measured lying.'),
  measure_standing_from_two: plain('Measure standing', 'From 2 years a child is measured standing.'),
  growth_needs_attention: plain(
    'Length needs attention',
    'Measure again next month and tell the midwife. Explain gently.',
    'We follow the length every month. Eggs, fish and chicken liver are good for growing.',
  ),
  weight_needs_attention: plain(
    'Weight needs attention',
    'Ask about food and illness. Invite to the DASHAT kitchen and the posyandu.',
    'The weight can go up again. Let us add one side dish to each meal.',
  ),
  weight_above_usual: plain(
    'Weight above the usual',
    'Fewer sweet drinks and snacks, more moving and playing.',
    'A strong child. Water and fruit are better than sweet drinks.',
  ),
  development_repeat_in_two_weeks: plain(
    'Repeat the check in two weeks',
    'Show games that suit the age.',
    'Let us play every day and look again in two weeks.',
  ),
  development_card_below_line: plain(
    'Play more',
    'Show the games of the KKA card.',
    'There are simple games that help. I will show you.',
  ),
  immunization_due: (v) => ({
    title: 'Time for vaccinations',
    text: `${v.count} not noted yet. Look in the KIA book, and invite to the posyandu if they were not given.`,
    say_to_mother: 'There is a vaccination this month. I will remind you of the day.',
  }),
  gained_well: (v) => ({
    title: 'Gained well',
    text: `${v.g} grams more. Praise the mother.`,
    say_to_mother: 'The weight went up. Well done, keep going.',
  }),
  growing_well: plain(
    'Growing well',
    'All figures suit the age. Praise the mother.',
    'Growing well. Thank you for your care.',
  ),
  immunization_complete: plain(
    'Vaccinations complete',
    'Thank the family.',
    'All vaccinations done. Very good.',
  ),
  breast_milk_only: plain(
    'Breast milk only',
    'Support the mother and her family.',
    'Your milk is the best there is. Keep going.',
  ),
  growth_result: plain('What was measured', 'Look at the growth chart with the mother.'),
  not_weighed_last_month: plain(
    'Not weighed last month',
    'Remind of the next posyandu.',
    'Next month we weigh again.',
  ),
  vitamin_a_month: plain(
    'Vitamin A month',
    'Make sure the child gets the capsule.',
    'Vitamin A is free at the posyandu this month.',
  ),
}

const mothers: Record<string, Says> = {
  haemoglobin_refer_now: (v) => ({
    title: 'Hb very low: take there now',
    text: `Hb ${v.g_dl}. Call the midwife now.`,
    say_to_mother: together,
  }),
  bleeding_refer_now: plain(
    'Bleeding: take there now',
    'Do not wait. Call the midwife and find transport.',
    together,
  ),
  blood_pressure_after_birth_refer_now: plain(
    'Blood pressure: take there now',
    'Dangerous after birth. Call the midwife.',
    together,
  ),
  blood_pressure_and_protein_refer_now: (v) => ({
    title: 'Blood pressure: take there now',
    text: `${v.systolic}/${v.diastolic} with protein in urine. Call the midwife.`,
    say_to_mother: together,
  }),
  baby_not_moving_refer_now: plain('The baby moves less: take there now', 'Call the midwife now.', together),
  blood_pressure_refer: (v) => ({
    title: 'Blood pressure: tell the midwife',
    text: `${v.systolic}/${v.diastolic}. To be checked again this week.`,
    say_to_mother: 'Let us have the midwife check it again. Rest a little until then.',
  }),
  haemoglobin_refer: (v) => ({
    title: 'Hb low: tell the midwife',
    text: `Hb ${v.g_dl}. Make sure iron tablets are taken.`,
    say_to_mother: 'Your blood needs iron. The midwife will help.',
  }),
  mother_arm_circumference_refer: (v) => ({
    title: 'Arm thin: tell the midwife',
    text: `Arm ${v.cm} cm. Ask about extra food.`,
    say_to_mother: 'You need to eat a little more. The midwife has extra food for you.',
  }),
  complication_refer: plain(
    'A complaint: tell the midwife',
    'The midwife should look. Help to arrange the time.',
    midwife,
  ),
  blood_sugar_refer: (v) => ({
    title: 'Blood sugar: tell the midwife',
    text: `${v.mg_dl} mg/dL.`,
    say_to_mother: 'Let us have the midwife check it again.',
  }),
  baby_heart_rate_refer: (v) => ({
    title: "The baby's heart: tell the midwife",
    text: `${v.per_minute} beats a minute. To be checked today.`,
    say_to_mother: midwife,
  }),
  weeks_differ_from_last_period: (v) => ({
    title: 'Check the week',
    text: `It says week ${v.weeks}; by the last period it is ${v.counted}.`,
  }),
  haemoglobin_slightly_low: (v) => ({
    title: 'Hb slightly low',
    text: `Hb ${v.g_dl}. Remind of iron tablets and food from animals.`,
    say_to_mother: 'Take the tablet before sleeping. Chicken liver and spinach are good too.',
  }),
  iron_tablets_missing: plain(
    'Iron tablets',
    'Make sure they are taken daily. At night there is less nausea.',
    'Take the tablet before going to sleep, it upsets the stomach less.',
  ),
  plan_birth_in_facility: plain(
    'Plan the birth in a health facility',
    'Talk about transport, money and company.',
    'Let us prepare now: where to, with whom, by what.',
  ),
  delay_pregnancy_until_ready: plain(
    'Ready first, then pregnant',
    'Talk with the midwife about contraception until the body is ready.',
    'When the body is ready, mother and baby are healthier. Let us ask the midwife.',
  ),
  weight_before_pregnancy: plain(
    'Weight before pregnancy',
    'Talk with the midwife about food before a pregnancy.',
    'Eat many kinds of food from now on, to be ready.',
  ),
  pregnancy_weeks: (v) => ({
    title: `Week ${v.weeks}`,
    text: `Trimester ${v.trimester}. Birth expected ${v.edd}.`,
  }),
  referral_still_open: (v) => ({
    title: 'A referral is open',
    text: `Since ${v.since}. Ask whether they went, and what came of it.`,
  }),
  smoke_free_home: plain(
    'Cigarette smoke at home',
    'Talk to the father at ease: smoke outside, away from mother and child.',
  ),
  overdue_delivery_ask: (v) => ({
    title: 'Born already?',
    text: `${v.days} days past the expected birth. Ask how they are and call the midwife.`,
  }),
  next_visit_suggested: (v) => ({ title: 'Next visit', text: `Best before ${v.day}.` }),
}

export const adviceEn: Record<string, Says> = { ...children, ...mothers }
