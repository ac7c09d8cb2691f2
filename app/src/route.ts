/**
 * Where she is: the hash of the address, and the layers (sheets) that lie above a screen.
 *
 * The rule this module protects: *the back button of Android always takes away the last thing that
 * appeared*: a sheet first, then the screen. Both are entries of the browser's history, so there is nothing
 * else to keep in step.
 */
import { signal } from '@preact/signals'

export interface Route {
  path: string[]
  query: URLSearchParams
}

interface Entry {
  depth: number
  layers: number
  /** How far down she was when she left it. */
  scroll?: number
}

/** A list is asked for again when one comes back to it: so long its height is waited for. */
const RESTORE_MS = 1500

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?')
  return { path: path.split('/').filter(Boolean).map(unescaped), query: new URLSearchParams(query) }
}

/** An address somebody typed may hold a lone `%`. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function address(...parts: string[]): string {
  return '/' + parts.map(encodeURIComponent).join('/')
}

/** Where a form of `kind` is filled in of which these fields are known already. */
export function given(kind: string, fields: { [field: string]: string | undefined }): string {
  return `/isi/${kind}?given=${encodeURIComponent(JSON.stringify(fields))}`
}

export const route = signal<Route>(parse(location.hash))
const open: (() => void)[] = []

function entry(): Entry {
  const state = history.state as Partial<Entry> | null
  return { depth: state?.depth ?? 0, layers: state?.layers ?? 0, scroll: state?.scroll ?? 0 }
}

// A reload closes whatever lay above the screen, and the browser still keeps an entry for each.
const gone = entry().layers
if (gone > 0) {
  history.replaceState({ ...entry(), layers: 0 }, '')
  history.go(-gone)
}

/** Goes up with every new screen and every finger: then what was being restored is no longer wanted. */
let turn = 0

function restore(scroll: number, until: number, mine: number): void {
  if (mine !== turn) return
  window.scrollTo(0, scroll)
  const reached = Math.abs(window.scrollY - scroll) < 2
  if (!reached && performance.now() < until) requestAnimationFrame(() => restore(scroll, until, mine))
}

function arrive(): void {
  const { layers, scroll = 0 } = entry()
  while (open.length > layers) open.pop()?.()
  const now = parse(location.hash)
  const moved = location.hash !== shown
  shown = location.hash
  if (!moved) return
  route.value = now
  turn += 1
  restore(scroll, performance.now() + RESTORE_MS, turn)
}
let shown = location.hash

/** From a sheet it takes the place of the sheet's own entry, so that back does not come to an empty layer. */
export function go(path: string, replace = false): void {
  const { depth, layers } = entry()
  // Where she is already: a second entry would be a back that does nothing.
  const here = layers === 0 && '#' + path === location.hash
  if (here) return
  if (replace || layers > 0) history.replaceState({ depth, layers: 0 }, '', '#' + path)
  else {
    history.replaceState({ depth, layers, scroll: window.scrollY }, '')
    history.pushState({ depth: depth + 1, layers: 0 }, '', '#' + path)
  }
  arrive()
}

/** Steps back inside the app; opened at this address (a bookmark, a notification) it goes to `parent`. */
export function back(parent: string): void {
  if (entry().depth > 0) history.back()
  else go(parent, true)
}

/** Lays something above the screen. `close` is called when it goes; the function returned asks for that. */
export function lay(close: () => void): () => void {
  const { depth } = entry()
  let isAsked = false
  open.push(close)
  history.pushState({ depth: depth + 1, layers: open.length }, '')
  return () => {
    // The browser steps back later: asked for twice meanwhile, it would leave the screen below too, or the app.
    if (isAsked || !open.includes(close)) return
    isAsked = true
    history.back()
  }
}

history.scrollRestoration = 'manual'
for (const touch of ['pointerdown', 'wheel', 'keydown']) {
  window.addEventListener(
    touch,
    () => {
      turn += 1
    },
    { passive: true },
  )
}
window.addEventListener('popstate', arrive)
window.addEventListener('hashchange', arrive)
