/**
 * Practice: an invented village in memory.
 *
 * The rule this module protects: *nobody learns on real families*. Everything here is invented, goes through the ordinary
 * forms, is stored nowhere and never sent.
 */

import type { Id, Json } from './contract'
import type { Bytes } from './bytes'
import type { Core, MakeCore } from './core'
import { Open } from './open'
import { dayOf } from './persist'
import { Schemas } from './schemas'
import { meOf, Session } from './session'
import { practiceShelf } from './shelf'
import type { World } from './world'

/** `as`: the name under which later records speak of it, `@name`. `day-30`: thirty days ago; `month-30`: its month. */
interface Invented {
  kind: string
  as?: string
  fields: { [field: string]: Json }
}

const DAY_MS = 86_400_000

/** A phone of her own in the invented village. */
export async function practising(
  makeCore: MakeCore,
  builtin: () => Promise<Bytes>,
  world: World,
  name: string,
): Promise<Session> {
  const schema = await builtin()
  const open = new Open(await makeCore([], schema), practiceShelf(makeCore, schema))
  await open.change((core) => core.practise(Math.floor(world.now_ms() / 1000)))
  const who = await open.ask((core) => core.who())
  await settle(open, who.author, world.now_ms())
  const me = meOf(who, who.author, name)
  return Session.begin(
    open,
    me,
    [me.author],
    null,
    new Schemas(makeCore, builtin, null),
    world,
    async () => undefined,
  )
}

/** Saves the village, as if somebody had typed it. */
async function settle(open: Open, author: Id, now_ms: number): Promise<void> {
  const known = new Map<string, Id>([['me', author]])
  const village = await import('./practice/village.json?raw')
  for (const invented of JSON.parse(village.default) as Invented[]) {
    const record = await open.change((core) => saved(core, invented, known, author, now_ms))
    if (invented.as) known.set(invented.as, record)
  }
}

function saved(core: Core, invented: Invented, known: Map<string, Id>, author: Id, now_ms: number): Id {
  const [home] = core.who().scope
  const form = core.blank(invented.kind, home!, {})
  for (const [name, value] of Object.entries(invented.fields)) {
    core.typeIn(form, name, spoken(value, known, now_ms))
  }
  const saved = core.save(form, author, Math.floor(now_ms / 1000))
  if ('stale' in saved) throw new Error(`practice: ${invented.kind}`)
  return saved.record
}

/** With names and moments put in, in keys as in values. */
export function spoken(value: Json, known: Map<string, Id>, now_ms: number): Json {
  if (typeof value === 'string') return word(value, known, now_ms)
  if (Array.isArray(value)) return value.map((part) => spoken(part, known, now_ms))
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value)
  const said = parts.map(([name, part]) => [word(name, known, now_ms), spoken(part, known, now_ms)])
  return Object.fromEntries(said) as Json
}

function word(text: string, known: Map<string, Id>, now_ms: number): string {
  if (text.startsWith('@')) {
    const id = known.get(text.slice(1))
    if (!id) throw new Error(`practice: nobody is ${text}`)
    return id
  }
  const moment = /^(day|month)([+-]\d+)$/.exec(text)
  if (!moment) return text
  const day = dayOf(new Date(now_ms + Number(moment[2]) * DAY_MS))
  return moment[1] === 'day' ? day : day.slice(0, 7)
}
