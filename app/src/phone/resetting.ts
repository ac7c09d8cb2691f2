/**
 * Getting the key back when the PIN is forgotten.
 *
 * The rule this module protects: *it takes the phone, a code from the PLKB and the server together*: the key lies here sealed
 * to the server, which opens it for whoever shows the code.
 */

import { fromBase64url, toBase64url, utf8, type Bytes } from './bytes'
import type { Id, Refusal } from './contract'
import { ask, errorOf, jsonOf, type Fetch } from './net'
import { refusal, said } from './refusals'
import type { Store } from './store'
import type { Vault } from './vault'

/** The key as the server opened it, or why not. */
export async function broughtBack(
  store: Store,
  vault: Vault,
  code: string,
  fetcher?: Fetch,
): Promise<Bytes | Refusal> {
  const [escrow, device] = [await vault.escrow(), await store.fact<Id>('device')]
  if (!escrow || !device) return refusal('pin_no_reset')
  const body = utf8(JSON.stringify({ device, code, sealed: toBase64url(escrow) }))
  const headers: [string, string][] = [
    ['content-type', 'application/json'],
    ['accept', 'application/json'],
  ]
  const request = { method: 'POST', path: '/v1/pin/reset', headers, body } as const
  const answer = await ask(request, () => undefined, fetcher)
  if (!answer || answer.cut) return refusal('no_signal')
  const raw = fromBase64url(jsonOf<{ key?: string }>(answer)?.key ?? '')
  if (raw?.length) return raw
  const error = errorOf(answer)
  return error ? { refused: said(error.code, error.message) } : refusal('bad_answer')
}
