/**
 * Everything screens may ask, answered.
 *
 * The rule this module protects: *one line for each call of the contract*: what has to be decided is decided in the life,
 * the session or the core.
 */

import { backupParcels } from './backup'
import type { Phone, Refusal } from './contract'
import { speakFromNowOn } from './core'
import { carry, chunks } from './courier'
import { errorOf } from './net'
import type { LifeOfPhone } from './life'
import { isRefusal, refusal, said } from './refusals'
import type { World } from './world'

export function phoneOf(life: LifeOfPhone, world: World): Phone {
  const core: LifeOfPhone['current']['open']['ask'] = async (question) => life.current.open.ask(question)
  const day = () => life.current.ledger.day()
  const forms = () => life.current.forms
  const author = () => life.current.me.author
  let wantsUpdate = false

  /** A form was closed: now what waited for that may happen. */
  const closed = () => {
    if (wantsUpdate && forms().count === 0) world.tell({ please: 'apply_update' })
  }
  const saved = async <T extends object>(outcome: T): Promise<T> => {
    if ('saved' in outcome) await life.current.saved()
    closed()
    return outcome
  }

  return {
    life: () => life.life(),
    take_over: () => life.takeOver(),
    enrol: (code, label) => life.enrol(code, label),
    own: (pin) => life.own(pin),
    unlock: (author, pin) => life.unlock(author, pin),
    lock: () => life.lock(),
    change_pin: (old, pin) => life.changePin(old, pin),
    reset_pin: (author, code, pin) => life.resetPin(author, code, pin),
    colleagues: async () => {
      const { me, authors } = life.current
      return (await core((core) => core.colleagues(me.home))).filter((one) => !authors.includes(one.author))
    },
    add_owner: (author, pin) => life.addOwner(author, pin),
    practise: () => life.practise(),
    end_practice: () => life.endPractice(),

    speak: async (lang) => {
      speakFromNowOn(lang)
      if ((await life.life()).is !== 'open') return
      await core((core) => core.speak(lang))
      world.tell({ news: 'records' })
    },
    schema: async () => life.current.schema(),
    today: () => core((core) => core.today(day(), life.current.authors)),
    families: (filter) => core((core) => core.families(filter, day())),
    family: (id) => core((core) => core.family(id, day())),
    person: (id) => core((core) => core.person(id, day())),
    growth: (person) => core((core) => core.growth(person)),
    search: (text) => core((core) => core.search(text, day())),
    rows: (kind) => core((core) => core.rows(kind, '', day())),
    contacts: () => core((core) => core.contacts()),

    blank: async (kind, given) => forms().blank(kind, given),
    open: async (record) => forms().edit(record),
    resume: async (draft) => forms().resume(draft),
    type: async (form, name, value) => forms().type(form, name, value),
    save: async (form) => saved(await forms().save(form, author())),
    save_beside: async (form) => saved(await forms().saveBeside(form, author())),
    leave: async (form, keep) => {
      // Locked, or taken over by another window: the form went with the session, and its draft is on the disk.
      if (!life.isOpen) return
      await forms().leave(form, keep)
      await life.current.quiet()
      closed()
      // Whoever lists drafts may have asked a moment too early.
      world.tell({ news: 'records' })
    },
    drafts: async () => forms().drafts(),
    drop_draft: async (draft) => forms().drop(draft),
    choices: (kind, text) => core((core) => core.rows(kind, text, day())),

    standing: async () => life.current.ledger.standing(),
    sync: async () => {
      const { is } = await life.life()
      return is === 'withdrawn' ? life.awake() : life.current.sync()
    },
    notices: async () => life.current.ledger.notices(),
    dismiss: async (notice) => life.current.ledger.dismiss(notice),
    backup: () => life.backup(),
    bring: async (text) => {
      const parcels = backupParcels(text)?.map((bytes) => ({ bytes }))
      return parcels ? bring(parcels, world) : refusal('backup_form')
    },
    apply_update: async () => {
      wantsUpdate = true
      const { is } = await life.life()
      if (is !== 'open' || forms().count === 0) world.tell({ please: 'apply_update' })
    },
  }
}

/** Carries somebody's parcels; counts those that the server did not refuse. */
async function bring(
  parcels: { bytes: Uint8Array<ArrayBuffer> }[],
  world: World,
): Promise<Refusal | { received: number }> {
  let [received, first] = [0, null as Refusal | null]
  for (const chunk of chunks(parcels)) {
    const { carried, answer } = await carry(
      chunk.map(({ bytes }) => bytes),
      () => undefined,
      world.fetcher,
    )
    if (!carried) {
      const error = answer && errorOf(answer)
      return error
        ? { refused: said(error.code, error.message) }
        : refusal(answer ? 'bad_answer' : 'no_signal')
    }
    received += chunk.length - carried.refused.length
    const [refused] = carried.refused
    if (refused) first ??= { refused: said(refused.code, refused.message) }
  }
  return received === 0 && isRefusal(first) ? first : { received }
}
