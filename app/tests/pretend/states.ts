/**
 * The lives and standings of a pretended phone, by name.
 *
 * The rule this module protects: *every state can be looked at*.
 */
import type { Life, Me, Standing } from '../../src/phone/contract'

export const me: Me = {
  author: 'p-1',
  name: 'Bu Sri Hartati',
  role: 'kader',
  home: '99.01.01.2001',
  places: [{ area: '99.01.01.2001', name: 'Desa Sukamaju Karangan' }],
}
export const owners = [
  me,
  { author: 'p-2', name: 'Bu Kartini Wulandari' },
  { author: 'p-3', name: 'Bidan Retno' },
]
export const label = (id: string, en: string) => ({ id, en })
export const now_s = () => Math.floor(Date.now() / 1000)

export const lives: { [name: string]: Life } = {
  open: { is: 'open', me, practice: false },
  practice: { is: 'open', me, practice: true },
  fresh: { is: 'fresh' },
  unowned: { is: 'unowned', name: 'Bu Sri Hartati' },
  locked: { is: 'locked', owners, wait_s: 0, tries_left: 5, blocked: false },
  waiting: { is: 'locked', owners: [me], wait_s: 90, tries_left: 2, blocked: false },
  blocked: { is: 'locked', owners: [me], wait_s: 0, tries_left: 0, blocked: true },
  elsewhere: { is: 'elsewhere' },
  unreadable: { is: 'unreadable', why: 'damaged', set_aside: 'lumbung', unsent: 2 },
  withdrawn: { is: 'withdrawn', unsent: 4 },
}

const standings: { [name: string]: Partial<Standing> } = {
  good: {},
  unsent: {
    received: 123,
    unsent: 5,
    unsent_since_s: now_s() - 3 * 86_400 - 60,
    phase: 'no_signal',
    notices: 2,
  },
  refused: {
    received: 123,
    unsent: 5,
    unsent_since_s: now_s() - 86_400,
    phase: 'refused',
    refusal: {
      code: 'revoked',
      message: label(
        'HP ini perlu didaftarkan lagi. Hubungi PLKB.',
        'Enrol this phone again. Call the PLKB.',
      ),
    },
  },
  receiving: { phase: 'receiving', progress: 42 },
  update: { update_ready: true },
}

export function standingOf(name: string): Standing {
  return {
    saved: 128,
    received: 128,
    unsent: 0,
    unsent_since_s: null,
    synced_at_s: now_s() - 3600,
    phase: 'idle',
    refusal: null,
    progress: null,
    bytes_this_month: 2_340_000,
    records: 3412,
    notices: 0,
    persisted: true,
    space_left_mb: 5120,
    update_ready: false,
    ...standings[name],
  }
}
