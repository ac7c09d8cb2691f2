/**
 * Asking the server.
 *
 * The rule this module protects: *an answer of somebody else is no answer*: a Wi-Fi that wants a sign-in redirects, or
 * speaks HTML where the server never does; that counts as no signal, like silence.
 */

import { joined, text, type Bytes } from './bytes'

export interface Request {
  method: 'GET' | 'POST'
  path: string
  headers: [string, string][]
  body: Bytes | null
}

export interface Answer {
  status: number
  /** Names in lower case. */
  headers: [string, string][]
  body: Bytes
  /** The signal was lost before its end. */
  cut: boolean
}

export interface Traffic {
  up: number
  down: number
}

export type Fetch = typeof fetch

/** So long may pass without a byte. */
const SILENCE_MS = 30_000
/** A slow line carries a large body in this many bytes a second. */
const UP_BYTES_PER_S = 3000
/** Names, method and path, and the framing below: an estimate. */
const OVERHEAD_BYTES = 120

/** The browser has unpacked the body already: whoever reads these would unpack it once more. */
const OF_THE_LINE = ['content-encoding', 'content-length', 'transfer-encoding']
/** Smaller answers are here before anybody looks. */
const PROGRESS_FROM_BYTES = 100_000

export function headerOf(answer: Answer, name: string): string | null {
  return answer.headers.find(([header]) => header === name)?.[1] ?? null
}

const weight = (headers: [string, string][]) =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, OVERHEAD_BYTES)

/** Gives `null` when no answer came. What went over the line is counted in any case. */
export async function ask(
  request: Request,
  count: (traffic: Traffic) => void,
  fetcher: Fetch = fetch,
  progress: (percent: number) => void = () => undefined,
): Promise<Answer | null> {
  const aborting = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const silent = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => aborting.abort(), ms)
  }
  const up = request.body?.length ?? 0
  try {
    silent(SILENCE_MS + (up / UP_BYTES_PER_S) * 1000)
    count({ up: up + weight(request.headers) + request.path.length, down: 0 })
    const { method, body } = request
    const headers = new Headers(request.headers)
    const options: RequestInit = {
      method,
      headers,
      signal: aborting.signal,
      redirect: 'manual',
      cache: 'no-store',
    }
    const response = await fetcher(request.path, method === 'POST' ? { ...options, body } : options)
    if (isForeign(response)) return null
    const answered = [...response.headers]
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !OF_THE_LINE.includes(name))
    const whole = Number(response.headers.get('content-length') ?? 0)
    const { bytes, cut } = await drained(response, (came) => {
      silent(SILENCE_MS)
      if (whole >= PROGRESS_FROM_BYTES) progress(Math.min(99, Math.floor((came / whole) * 100)))
    })
    count({ up: 0, down: bytes.length + weight(answered) })
    return { status: response.status, headers: answered, body: bytes, cut }
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

function isForeign(response: Response): boolean {
  const isHtml = response.headers.get('content-type')?.includes('text/html') ?? false
  return response.type === 'opaqueredirect' || response.status === 0 || response.status === 511 || isHtml
}

async function drained(
  response: Response,
  alive: (came: number) => void,
): Promise<{ bytes: Bytes; cut: boolean }> {
  const parts: Uint8Array[] = []
  const reader = response.body?.getReader()
  let came = 0
  try {
    for (;;) {
      alive(came)
      const read = await reader?.read()
      if (!read || read.done) return { bytes: joined(parts), cut: false }
      parts.push(read.value)
      came += read.value.length
    }
  } catch {
    return { bytes: joined(parts), cut: true }
  }
}

/** The JSON of an answer that says yes; `null` for any other. */
export function jsonOf<T>(answer: Answer | null): T | null {
  if (!answer || answer.cut || answer.status < 200 || answer.status > 299) return null
  try {
    return JSON.parse(text(answer.body)) as T
  } catch {
    return null
  }
}

/** Code and message of an answer that says no. */
export function errorOf(answer: Answer): { code: string; message: string } | null {
  try {
    const body = JSON.parse(text(answer.body)) as { code?: unknown; message?: unknown }
    const { code, message } = body
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : null
  } catch {
    return null
  }
}
