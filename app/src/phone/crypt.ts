/**
 * Sealing what lies on the disk.
 *
 * The rule this module protects: *a sealed thing opens only where it was put*: `place` names the store and the key it
 * lies under, and is part of the seal.
 */

import { chance, joined, utf8, type Bytes } from './bytes'

const IV_BYTES = 12

/** What lies there cannot be opened: damaged, moved, or sealed with another key. */
export class Unreadable extends Error {}

/** An AES key that cannot be taken out again. */
export function keyOf(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export async function seal(key: CryptoKey, place: string, plain: Bytes): Promise<Bytes> {
  const iv = chance(IV_BYTES)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(place) }, key, plain)
  return joined([iv, new Uint8Array(sealed)])
}

/** Throws `Unreadable`. */
export async function unseal(key: CryptoKey, place: string, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.subarray(0, IV_BYTES)
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(place) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(IV_BYTES)))
  } catch {
    throw new Unreadable(place)
  }
}
