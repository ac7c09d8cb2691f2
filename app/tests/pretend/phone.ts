/**
 * A phone that pretends: it answers as the contract says, from an invented village, and keeps nothing.
 *
 * The rule this module protects: *screens can be looked at in every state*, without a core, a store or a
 * server.
 */
import type { Family, FormState, Hit, Life, News, Notice, Person, Phone, Row } from '../../src/phone/contract'
import { growth } from './growth'
import { label, lives, me, now_s, owners, standingOf } from './states'
import { day, NOW, village, type Villager } from './village'

const record = (kind: string, i: number, title: string, subtitle: string, away: number): Row => ({
  id: `${kind}-${i}`,
  kind,
  area: me.home,
  title,
  subtitle,
  day: day(away),
  unsent: i === 0,
  contested: i === 2,
})
const listed: { [kind: string]: Row[] } = {
  meal_session: [
    record('meal_session', 0, 'Dapur Mawar · makan siang', '24 porsi · 21 penerima', 0),
    record('meal_session', 1, 'Dapur Mawar · sarapan', '18 porsi · 18 penerima', -2),
    record('meal_session', 2, 'Dapur Kenanga Karang Wetan · makan siang', '32 porsi · 30 penerima', -5),
  ],
  dashat_kitchen: [record('dashat_kitchen', 1, 'Dapur Mawar', 'Karang Tengah', -200)],
  menu_recipe: [record('menu_recipe', 1, 'Bubur ikan lele dan daun kelor', '6-11 bulan · 212 kkal', -40)],
  education_session: [record('education_session', 1, 'Kelas ibu hamil: gizi seimbang', '14 peserta', -6)],
  uppka_group: [record('uppka_group', 1, 'UPPKA Melati Karangan', '12 anggota · makanan olahan', -300)],
  uppka_sale: [record('uppka_sale', 0, 'Stik daun kelor', '40 bungkus · Rp400.000', -1)],
}

function personOf(people: Villager[], id: string): Person {
  for (const { family, members } of people) {
    const found = members.find((one) => one.id === id)
    if (!found) continue
    const child = found.groups.includes('baduta') || found.groups.includes('balita')
    const mother = members[1]
    return {
      ...found,
      area: me.home,
      head: family.head,
      rt: family.rt,
      mother: child && mother ? { id: mother.id, name: mother.name } : null,
      birth_day: child ? day(-490) : null,
      visits:
        found.groups[0] === 'other'
          ? []
          : [-30, -61, -92, -120, -151, -180].map((away, i) => ({
              id: `kunjungan-${i}`,
              day: day(away),
              group: found.groups[0] ?? 'other',
              author: i % 2 ? 'Bidan Retno' : null,
              unsent: i === 0,
              contested: i === 2,
              figures: child
                ? [
                    { label: label('Berat', 'Weight'), text: '8.85', unit: 'kg' },
                    { label: label('Panjang', 'Length'), text: '76.2', unit: 'cm' },
                  ]
                : [{ label: label('LILA', 'MUAC'), text: '22.9', unit: 'cm' }],
            })),
      pregnancy:
        found.gest_weeks === null
          ? null
          : { id: 'hamil-1', weeks: found.gest_weeks, trimester: 2, edd: day(98), status: 'ongoing' },
      couple: found.groups.includes('catin') ? { id: 'catin-1', wedding: day(64), outcome: null } : null,
      consent: child ? null : { id: 'setuju-1', purposes: ['accompaniment'], withdrawn: false },
      advice: child
        ? [
            { words: 'weight_not_rising_refer', weight: 'refer', values: { kg: '8.60', last: '8.65' } },
            { words: 'vitamin_a_month', weight: 'info', values: {} },
          ]
        : found.gest_weeks
          ? [
              { words: 'bleeding_refer_now', weight: 'danger', values: {} },
              { words: 'unheard_of', weight: 'watch', values: {} },
            ]
          : [],
      contested: child ? ['birth_weight'] : [],
    }
  }
  throw new Error('no such person')
}

function familyOf(people: Villager[], id: string): Family {
  const found = people.find(({ family }) => family.id === id)
  if (!found) throw new Error('no such family')
  return {
    ...found.family,
    area: me.home,
    address: 'Jalan Kenanga 12, dekat langgar',
    phone: '081200000000',
    members: found.members,
    screening_due: found.family.at_risk !== false,
    screening: found.family.at_risk
      ? {
          id: 'tapis-1',
          round: '2026-2',
          at_risk: true,
          factors: [
            label('Jamban tidak layak', 'No adequate toilet'),
            label('Jarak anak kurang dari 2 tahun', 'Children less than 2 years apart'),
          ],
        }
      : null,
    contested: found.family.at_risk ? ['phone'] : [],
  }
}

export function pretend(start: { life?: string; standing?: string; families?: number } = {}) {
  const people = village(start.families ?? 300)
  const listeners: ((news: News) => void)[] = []
  const open = lives.open as Life
  let life = lives[start.life ?? 'open'] ?? open
  let standing = standingOf(start.standing ?? 'good')
  let notices = start.standing === 'unsent'
  let drafts = [
    {
      draft: 'd-1',
      kind: 'visit',
      record: null,
      about: { title: 'Alya Puspita', subtitle: 'RT 03' },
      at_s: now_s() - 5000,
    },
  ]
  const become = async (next: Life) => (life = next)
  const blank = async (): Promise<FormState> => {
    throw new Error('forms are pretended elsewhere')
  }
  const phone: Phone = {
    life: async () => life,
    take_over: () => become(open),
    enrol: async (code) =>
      code.startsWith('0000')
        ? {
            refused: {
              code: 'bad_code',
              message: label('Kode tidak dikenal. Periksa lagi.', 'Unknown code. Please check.'),
            },
          }
        : become({ is: 'unowned', name: me.name }),
    own: () => become(open),
    unlock: async (_author, pin) => {
      if (pin === '246810') return become(open)
      if (life.is === 'locked') life = { ...life, tries_left: life.tries_left - 1 }
      return { refused: { code: 'wrong_pin', message: label('PIN salah.', 'Wrong PIN.') } }
    },
    lock: () => become(lives.locked ?? open),
    change_pin: () => become(open),
    reset_pin: () => become(open),
    speak: async () => undefined,
    colleagues: async () => owners.slice(1),
    add_owner: () => become(open),
    practise: () => become(lives.practice ?? open),
    end_practice: () => become(open),
    schema: async () => ({
      version: 7,
      enumerations: [],
      flags: {},
      kinds: [
        {
          number: 9,
          name: 'visit',
          label: label('Kunjungan pendampingan', 'Accompaniment visit'),
          sections: [],
          fields: [],
        },
      ],
    }),
    today: async () => ({
      day: NOW,
      done_this_week: 7,
      owed_this_week: 12,
      due: people.flatMap(({ members }) =>
        members.flatMap(({ due }) => (due && due.urgency !== 'later' ? [due] : [])),
      ),
      kitchens: [
        { id: 'dashat_kitchen-1', name: 'Dapur Mawar', last_session: day(-1), sessions_this_week: 2 },
      ],
    }),
    families: async ({ rt, group, at_risk }) =>
      people
        .map(({ family }) => family)
        .filter(
          (family) =>
            (!rt || family.rt === rt) &&
            (!group || family.groups.includes(group)) &&
            (!at_risk || family.at_risk === true),
        ),
    family: async (id) => familyOf(people, id),
    person: async (id) => personOf(people, id),
    growth: async (id) => (id === 'keluarga-0-c' ? growth : null),
    search: async (text) =>
      people
        .flatMap(({ family, members }) =>
          members.map(
            (one): Hit => ({
              is: 'person',
              id: one.id,
              household: family.id,
              name: one.name,
              head: family.head,
              rt: family.rt,
              age: one.age,
              groups: one.groups,
              score: 80,
            }),
          ),
        )
        .filter((hit) => hit.name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, 20),
    rows: async (kind) => listed[kind] ?? [],
    contacts: async () => [{ name: 'Pak Bambang Setiawan', role: 'plkb', phone: '0812-0000-0001' }],
    blank,
    open: blank,
    resume: blank,
    type: blank,
    save: async () => ({ saved: { record: 'r-1', dot: 'a:1' } }),
    save_beside: async () => ({ saved: { record: 'r-1', dot: 'a:1' } }),
    leave: async () => undefined,
    drafts: async () => drafts,
    drop_draft: async (draft) => void (drafts = drafts.filter((one) => one.draft !== draft)),
    choices: async () => [],
    standing: async () => standing,
    sync: async () => {
      standing = standingOf('good')
    },
    notices: async (): Promise<Notice[]> =>
      notices
        ? [
            {
              id: 'n-1',
              words: 'held',
              values: {},
              reason: label('Berat di luar yang mungkin', 'Weight beyond what can be'),
              record: 'kunjungan-1',
              title: 'Kunjungan Alya Puspita',
              day: day(-1),
            },
            {
              id: 'n-2',
              words: 'message',
              values: { text: 'Rapat kader hari Senin pukul 9 di balai desa.' },
              reason: null,
              record: null,
              title: 'Pak Bambang',
              day: day(-2),
            },
          ]
        : [],
    dismiss: async () => void (notices = false),
    backup: async () => ({ name: 'lumbung-cadangan.txt', text: 'sealed' }),
    bring: async () => ({ received: 12 }),
    apply_update: async () => undefined,
  }
  return {
    phone,
    on: (listener: (news: News) => void) => void listeners.push(listener),
    tell: (news: News) => listeners.forEach((one) => one(news)),
  }
}
