// When things happen in a page and in the worker behind it.
//
// The rule this module protects: *the page is slow as a cheap phone is, and so is the worker in the sums*: Chromium slows
// down the page alone, so what the worker took for calls that somebody waited for is told apart and multiplied.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SLOWER = 6

/** Runs in the page before the app: sees the worker, and can ask it as the app does. */
function watch() {
  const watched = { asked: new Map(), last: 1e9, made_ms: 0, first_ms: 0, opened_ms: 0, synced_ms: 0, worker: null }
  window.watched = watched
  const Real = window.Worker
  window.Worker = class extends Real {
    constructor(url, options) {
      super(url, options)
      watched.worker = this
      watched.made_ms = performance.now()
      this.addEventListener('message', (event) => {
        const { data } = event
        if (data.id === 1) watched.first_ms ||= performance.now()
        if (data.news === 'life' && data.life.is === 'open') watched.opened_ms ||= performance.now()
        if (data.news === 'standing' && data.standing.synced_at_s !== null) watched.synced_ms ||= performance.now()
        const done = watched.asked.get(data.id)
        if (!done) return
        // The app knows nothing of questions that it did not ask.
        event.stopImmediatePropagation()
        watched.asked.delete(data.id)
        done(data)
      })
    }
  }
  watched.ask = (call, ...args) =>
    new Promise((resolve, reject) => {
      watched.last += 1
      watched.asked.set(watched.last, ({ error, value }) => (error ? reject(new Error(error)) : resolve(value)))
      watched.worker.postMessage({ call, id: watched.last, args })
    })
  /** When something that fits `selector`, and holds `text`, was painted. */
  watched.painted = (selector, text = '') =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`never drawn: ${selector} ${text}`)), 60_000)
      const fits = () => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text))
      const look = () => {
        if (!fits()) return
        seeing.disconnect()
        // The task after the next frame: then it was drawn.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0))
      }
      const seeing = new MutationObserver(look)
      seeing.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      look()
    })
}

/** Runs in the worker before the app's own part: when a call came in, when its answer went out, and how long a PIN is hashed. */
function watchWorker() {
  const now = () => performance.timeOrigin + performance.now()
  const log = (self.figures = { calls: {}, hashing: [], opened: 0 })
  self.addEventListener('message', ({ data }) => {
    if (data.call) log.calls[data.id] = { call: data.call, in: now() }
  })
  const post = self.postMessage.bind(self)
  self.postMessage = (message) => {
    if (log.calls[message.id]) log.calls[message.id].out = now()
    post(message)
  }
  const { decrypt, importKey } = SubtleCrypto.prototype
  crypto.subtle.decrypt = async (...args) => {
    const plain = await decrypt.apply(crypto.subtle, args)
    log.opened = now()
    return plain
  }
  // What was hashed becomes a key: nothing lies between opening its envelope and this but the hash.
  crypto.subtle.importKey = (...args) => {
    if (log.opened && log.hashing.length === 0) log.hashing = [log.opened, now()]
    return importKey.apply(crypto.subtle, args)
  }
}

export async function watchPage(page) {
  await page.addInitScript(watch)
}

export async function slow(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return session
}

async function workerOf(page) {
  return page.workers()[0] ?? page.waitForEvent('worker')
}

/** The worker's script goes over the wire with a watch in front of it, and is kept so by the service worker. */
export function watchWorkers(wire, folder) {
  const assets = join(folder, 'assets')
  const name = readdirSync(assets).find((file) => /^worker-.*\.js$/.test(file))
  const body = `(${watchWorker})();\n${readFileSync(join(assets, name), 'utf8')}`
  const watched = { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body }
  wire.fate = (path) => (path === `/assets/${name}` ? watched : null)
}

/** Milliseconds of the worker in these calls between two moments of the page, and of hashing among them. */
export async function workerPart(page, from_ms, to_ms, calls) {
  const origin = await page.evaluate(() => performance.timeOrigin)
  const log = await (await workerOf(page)).evaluate(() => self.figures)
  const spans = Object.values(log.calls).filter(({ call, out }) => calls.includes(call) && out)
  const inside = spans
    .map((span) => [Math.max(span.in - origin, from_ms), Math.min(span.out - origin, to_ms)])
    .filter(([start, end]) => end > start)
    .sort(([one], [other]) => one - other)
  let [busy, end] = [0, -Infinity]
  for (const [start, stop] of inside) {
    busy += Math.max(0, stop - Math.max(start, end))
    end = Math.max(end, stop)
  }
  const [began, ended] = log.hashing.length ? log.hashing : [0, 0]
  return { busy, hashing: ended - began }
}

/**
 * Until what is drawn when the worker has answered for the first time: it starts while the page still draws, so the slower
 * of the two counts.
 */
export async function beginning(page, drawn) {
  const origin = await page.evaluate(() => performance.timeOrigin)
  const { made_ms, first_ms } = await page.evaluate(() => window.watched)
  const { calls } = await (await workerOf(page)).evaluate(() => self.figures)
  const worker = calls[1].out - origin - made_ms
  const answered = Math.max(first_ms, made_ms + SLOWER * worker)
  return { whole: drawn, worker, scaled: answered + drawn - first_ms }
}

export const scaled = (whole, worker) => whole + (SLOWER - 1) * worker

/** Bytes of JavaScript in page and worker, and of WebAssembly. */
export async function memory(session, page) {
  const inPage = await session.send('Runtime.getHeapUsage')
  const target = new Promise((done) => {
    session.on('Target.attachedToTarget', (one) => one.targetInfo.type === 'worker' && done(one))
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const { sessionId } = await target
  let last = 0
  const ask = (method, params = {}) =>
    new Promise((done) => {
      const id = ++last
      const heard = ({ sessionId: from, message }) => {
        const said = JSON.parse(message)
        if (from !== sessionId || said.id !== id) return
        session.off('Target.receivedMessageFromTarget', heard)
        done(said.result)
      }
      session.on('Target.receivedMessageFromTarget', heard)
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    })
  await ask('Runtime.enable')
  await ask('HeapProfiler.collectGarbage')
  const inWorker = await ask('Runtime.getHeapUsage')
  const { result: prototype } = await ask('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' })
  const { objects } = await ask('Runtime.queryObjects', { prototypeObjectId: prototype.objectId })
  const sum = 'function () { return this.reduce((sum, one) => sum + one.buffer.byteLength, 0) }'
  const wasm = await ask('Runtime.callFunctionOn', { functionDeclaration: sum, objectId: objects.objectId, returnByValue: true })
  await session.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: false })
  return { page: inPage.usedSize, worker: inWorker.usedSize, wasm: wasm.result.value }
}
