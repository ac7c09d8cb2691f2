/**
 * Bytes as text and in a row.
 *
 * The rule this module protects: *what was cut or garbled on its way is noticed*: reading gives `null`, never less.
 */

/** Bytes of our own, which WebCrypto and IndexedDB take. */
export type Bytes = Uint8Array<ArrayBuffer>

const LENGTH_BYTES = 4

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export function chance(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count))
}

/** 128 random bits as a UUID: `crypto.randomUUID` is younger than the oldest phones. */
export function uuid(): string {
  const bytes = chance(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function fromBase64url(word: string): Bytes | null {
  if (!/^[A-Za-z0-9_-]*$/.test(word) || word.length % 4 === 1) return null
  const binary = atob(word.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

export function joined(parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Each part behind its length, four bytes, big end first. */
export function framed(parts: Uint8Array[]): Bytes {
  return joined(
    parts.flatMap((part) => {
      const length = new Uint8Array(LENGTH_BYTES)
      new DataView(length.buffer).setUint32(0, part.length)
      return [length, part]
    }),
  )
}

/** The parts of `framed`; `null` when the last is not whole. */
export function unframed(bytes: Bytes): Bytes[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts = []
  let at = 0
  while (at < bytes.length) {
    if (at + LENGTH_BYTES > bytes.length) return null
    const end = at + LENGTH_BYTES + view.getUint32(at)
    if (end > bytes.length) return null
    parts.push(bytes.slice(at + LENGTH_BYTES, end))
    at = end
  }
  return parts
}
