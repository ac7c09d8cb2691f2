/**
 * Sealing what leaves the phone in other hands.
 *
 * The rule this module protects: *only the server opens it*: HPKE to the server's key, so a lost courier, a shared file or
 * a service worker without a PIN gives nothing away.
 */

import { fromBase64url, joined, utf8, type Bytes } from './bytes'

/** What is sealed: a saved change, or the key of the disk. One never opens as the other. */
export type About = 'lumbung parcel 1' | 'lumbung pin 1'

const VERSION = 1

/** Loaded when it is needed, or a little before. */
export const sealing = () => import('./hpke')

/** The version byte, the sender's point (65 bytes), and the sealed bytes. `recipient`: base64url of a P-256 point. */
export async function sealed(recipient: string, about: About, plain: Bytes): Promise<Bytes> {
  const point = fromBase64url(recipient)
  if (!point) throw new TypeError('the key is no base64url')
  const { suite } = await sealing()
  const hpke = suite()
  const recipientPublicKey = await hpke.kem.deserializePublicKey(point.buffer)
  const { enc, ct } = await hpke.seal({ recipientPublicKey, info: utf8(about).buffer }, plain.buffer)
  return joined([new Uint8Array([VERSION]), new Uint8Array(enc), new Uint8Array(ct)])
}

/** The key of the disk, behind the id of the device whose it is: the server gives it to no other. */
export function sealedKey(recipient: string, device: string, raw: Bytes): Promise<Bytes> {
  const hex = device.replace(/-/g, '').match(/../g) ?? []
  const id = Uint8Array.from(hex, (byte) => parseInt(byte, 16))
  return sealed(recipient, 'lumbung pin 1', joined([id, raw]))
}
