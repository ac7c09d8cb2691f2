/**
 * The worker in which the phone lives.
 *
 * The rule this module protects: *the page never waits for the disk, the cryptography or the core*: they all run here.
 */

import { builtinSchema, makeCore } from './core'
import { LifeOfPhone } from './life'
import { phoneOf } from './phone'
import { Tabs } from './tabs'
import { warm } from './warm'
import type { ToPage, ToWorker } from './wire'
import type { World } from './world'

declare const self: DedicatedWorkerGlobalScope

const tell = (message: ToPage) => self.postMessage(message)
const world: World = { now_ms: Date.now, tell, persisted: false, update_ready: false }
const tabs: Tabs = new Tabs(() => life.give())
const life: LifeOfPhone = new LifeOfPhone({
  makeCore,
  warm,
  builtinSchema,
  server: self.location.origin,
  world,
  tabs,
})
const phone = phoneOf(life, world)
const begun = life.begin()

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if ('call' in data) void answer(data.id, data.call, data.args)
  else happened(data)
}

async function answer(id: number, call: keyof typeof phone, args: unknown[]): Promise<void> {
  try {
    await begun
    const ask = phone[call] as (...args: unknown[]) => Promise<unknown>
    tell({ id, value: await ask(...args) })
  } catch (why) {
    tell({ id, error: why instanceof Error ? why.message : String(why) })
  }
}

function happened(message: Extract<ToWorker, { event: string }>): void {
  switch (message.event) {
    case 'active':
      return life.active()
    case 'awake':
      return life.awake()
    case 'asleep':
      return life.asleep()
    case 'persisted':
      world.persisted = message.persisted
      return life.told()
    case 'update_ready':
      world.update_ready = true
      return life.told()
  }
}
