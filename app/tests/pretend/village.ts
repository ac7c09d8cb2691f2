/**
 * An invented village: Sukamaju Karangan, where nobody lives.
 *
 * The rule this module protects: *the same people every time*: numbers come from a small generator with a
 * seed.
 */
import type { Age, Due, FamilyRow, PersonRow, TargetGroup, Urgency } from '../../src/phone/contract'

export const NOW = '2026-11-27'

export function dice(seed: number): () => number {
  let at = seed
  return () => {
    at = (Math.imul(at, 1664525) + 1013904223) >>> 0
    return at / 4294967296
  }
}

const women = [
  'Siti',
  'Dewi',
  'Rina',
  'Wulan',
  'Ayu',
  'Lestari',
  'Endang',
  'Marni',
  'Yuni',
  'Ratna',
  'Sumiati',
  'Nur',
]
const men = [
  'Budi',
  'Slamet',
  'Agus',
  'Joko',
  'Hendra',
  'Rudi',
  'Wahyu',
  'Dedi',
  'Imam',
  'Sugeng',
  'Tono',
  'Arif',
]
const last = [
  'Wijaya',
  'Lestari',
  'Karangan',
  'Purnomo',
  'Sasmita',
  'Hidayah',
  'Puspita',
  'Kurnia',
  'Prakoso',
  '',
]
const children = [
  'Rafi',
  'Alya',
  'Bima',
  'Citra',
  'Dimas',
  'Nisa',
  'Gilang',
  'Kirana',
  'Putri',
  'Reza',
  'Salsa',
  'Tegar',
]

export function day(from: number): string {
  return new Date(Date.parse(`${NOW}T12:00:00Z`) + from * 86_400_000).toISOString().slice(0, 10)
}

export interface Villager {
  family: FamilyRow
  members: PersonRow[]
}

const years = (n: number, months = 0): Age => ({ years: n, months, days: 0, about: false })
const cases: { group: TargetGroup; age: Age; sex: 'male' | 'female' }[] = [
  { group: 'baduta', age: years(1, 4), sex: 'male' },
  { group: 'pregnant', age: years(27), sex: 'female' },
  { group: 'balita', age: years(3, 2), sex: 'female' },
  { group: 'postpartum', age: years(24), sex: 'female' },
  { group: 'catin', age: years(21), sex: 'female' },
  { group: 'pus', age: years(33), sex: 'female' },
]
const marks = [['not_gaining'], ['referral_open'], [], ['new', 'never_visited'], [], ['planned'], []]

function dueOf(i: number, person: PersonRow, family: FamilyRow, group: TargetGroup): Due {
  const away = [-9, -3, -1, 0, 0, 0, 2, 4, 6][i] ?? 20 + (i % 30)
  const urgency: Urgency = away < 0 ? 'late' : away === 0 ? 'due' : away < 8 ? 'soon' : 'later'
  return {
    person: person.id,
    household: family.id,
    name: person.name,
    head: family.head,
    rt: family.rt,
    group,
    urgency,
    day: day(away),
    days_late: Math.max(0, -away),
    last_visit: i % 4 === 3 ? null : day(away - 30),
    marks: marks[i % marks.length] ?? [],
  }
}

export function village(count: number): Villager[] {
  const roll = dice(7)
  const pick = (list: string[]) => list[Math.floor(roll() * list.length)] ?? ''
  const called = (first: string) => [first, pick(last)].filter(Boolean).join(' ')
  return Array.from({ length: count }, (_, i) => {
    const now = cases[i % cases.length]
    if (!now) throw new Error('there are cases')
    const id = `keluarga-${i}`
    const long = i === 1
    const family: FamilyRow = {
      id,
      head: called(pick(men)),
      rt: String(1 + (i % 9)).padStart(2, '0'),
      rw: String(1 + (i % 3)).padStart(2, '0'),
      hamlet: i % 2 ? 'Karang Tengah' : 'Karang Wetan',
      people: 3,
      groups: [now.group],
      at_risk: i % 3 === 0 ? true : i % 3 === 1 ? false : null,
      next_due: null,
      urgency: null,
      marks: [],
    }
    const wife = long ? 'Siti Nurhaliza Rahmawati Kusumaningrum' : called(pick(women))
    const child = now.group === 'baduta' || now.group === 'balita'
    const base = { household: id, alive: true, due: null, gest_weeks: null }
    const members: PersonRow[] = [
      {
        ...base,
        id: `${id}-a`,
        name: family.head,
        sex: 'male',
        age: years(34),
        relationship: 'head',
        groups: ['other'],
      },
      {
        ...base,
        id: `${id}-b`,
        name: wife,
        sex: 'female',
        age: child ? years(29) : now.age,
        relationship: 'wife',
        groups: child ? ['pus'] : [now.group],
        gest_weeks: now.group === 'pregnant' ? 26 : null,
      },
      {
        ...base,
        id: `${id}-c`,
        name: called(pick(children)),
        sex: child ? now.sex : 'male',
        age: child ? now.age : years(8),
        relationship: 'child',
        groups: child ? [now.group] : ['other'],
      },
    ]
    const owed = members[child ? 2 : 1]
    if (owed && now.group !== 'pus') {
      owed.due = dueOf(i, owed, family, now.group)
      family.next_due = owed.due.day
      family.urgency = owed.due.urgency
    }
    return { family, members }
  })
}
