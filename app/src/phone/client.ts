/**
 * The phone, from a page.
 *
 * The rule this module protects: *a page only asks*: every call goes to the worker, which has the core and the store; what
 * only a page can do (registering the service worker, asking for lasting storage) it does when asked to.
 */

import type { News, Phone } from './contract'
import { askToPersist } from './persist'
import { SKIP_WAITING, SYNC_TAG, type ToPage, type ToWorker } from './wire'

interface Waiting {
  resolve: (value: unknown) => void
  reject: (why: Error) => void
}

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> }
  periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> }
}

/** Was told already that the worker failed. */
const NOBODY: Waiting = { resolve: () => undefined, reject: () => undefined }
const ACTIVE_EVERY_MS = 15_000
const DAY_MS = 86_400_000

export function connect(): { phone: Phone; on(heard: (news: News) => void): () => void } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(news: News) => void>()
  const tell = (message: ToWorker) => worker.postMessage(message)
  let last = 0

  worker.onmessage = ({ data }: MessageEvent<ToPage>) => {
    if ('news' in data) return listeners.forEach((heard) => heard(data))
    if ('please' in data) return void please[data.please](tell)
    const { resolve, reject } = waiting.get(data.id) ?? NOBODY
    waiting.delete(data.id)
    if ('error' in data) reject(new Error(data.error))
    else resolve(data.value)
  }

  // The worker's own files did not come: nobody will answer.
  worker.onerror = (event) => {
    event.preventDefault()
    for (const { reject } of waiting.values()) reject(new Error('the phone did not start'))
    waiting.clear()
  }

  const phone = new Proxy({} as Phone, {
    // A promise would be asked for `then`: this is none.
    get: (_, call) =>
      call === 'then'
        ? undefined
        : (...args: unknown[]) =>
            new Promise((resolve, reject) => {
              last += 1
              waiting.set(last, { resolve, reject })
              tell({ call: call as keyof Phone, id: last, args })
            }),
  })

  watchPerson(tell)
  if (import.meta.env.PROD) void watchUpdates(tell)
  return {
    phone,
    on(heard) {
      listeners.add(heard)
      return () => void listeners.delete(heard)
    },
  }
}

const please = {
  persist: async (tell: (message: ToWorker) => void) =>
    tell({ event: 'persisted', persisted: await askToPersist() }),
  /** Browsers without it send when the app is open: not having it is no error. */
  register_sync: async () => {
    const registration = (await navigator.serviceWorker?.ready) as SyncRegistration | undefined
    await registration?.sync?.register(SYNC_TAG).catch(() => undefined)
    await registration?.periodicSync?.register(SYNC_TAG, { minInterval: DAY_MS }).catch(() => undefined)
  },
  apply_update: async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    registration?.waiting?.postMessage(SKIP_WAITING)
  },
}

function watchPerson(tell: (message: ToWorker) => void): void {
  let told_ms = 0
  const active = () => {
    if (Date.now() - told_ms < ACTIVE_EVERY_MS) return
    told_ms = Date.now()
    tell({ event: 'active' })
  }
  for (const event of ['pointerdown', 'keydown', 'input']) addEventListener(event, active, { passive: true })
  addEventListener('online', () => tell({ event: 'awake' }))
  document.addEventListener('visibilitychange', () => {
    tell({ event: document.visibilityState === 'visible' ? 'awake' : 'asleep' })
  })
}

async function watchUpdates(tell: (message: ToWorker) => void): Promise<void> {
  const registration = await navigator.serviceWorker
    ?.register('/sw.js', { scope: '/' })
    .catch(() => undefined)
  if (!registration) return
  // The first one has nothing to take over from.
  const look = () =>
    registration.waiting && navigator.serviceWorker.controller && tell({ event: 'update_ready' })
  const watch = () => registration.installing?.addEventListener('statechange', look)
  look()
  // One may be on its way already.
  watch()
  registration.addEventListener('updatefound', watch)
}
