/**
 * The service worker: the app without signal, and parcels without the app.
 *
 * The rule this module protects: *it knows no PIN and opens nothing*: it serves what was built, and carries what is sealed
 * already. A new one waits until the phone says that no form is open.
 */

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { carryOutbox } from './phone/courier'
import { currentName, openDatabase } from './phone/database'
import { SKIP_WAITING, SYNC_TAG } from './phone/wire'

interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

declare const self: ServiceWorkerGlobalScope

const OF_THE_SERVER = [/^\/v1\//, /^\/health/, /^\/openapi\.json$/]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: OF_THE_SERVER }))

/** The page that installed it may lose the signal before it is opened a second time. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  if (event.data === SKIP_WAITING) void self.skipWaiting()
})

/** A rejection asks the browser to try again later. */
async function carryParcels(): Promise<void> {
  const db = await openDatabase(await currentName())
  try {
    if (!(await carryOutbox(db, () => undefined))) throw new Error('no signal')
  } finally {
    db.close()
  }
}

for (const kind of ['sync', 'periodicsync']) {
  self.addEventListener(kind, (event) => {
    const { tag } = event as SyncEvent
    if (tag === SYNC_TAG) (event as SyncEvent).waitUntil(carryParcels())
  })
}
