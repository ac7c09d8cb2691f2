/**
 * Stands where the connection to the worker stands: `?life=locked&standing=unsent&families=10000` chooses
 * the state.
 *
 * The rule this module protects: *every state has an address*.
 */
import { pretend } from './phone'

export function connect() {
  const asked = new URLSearchParams(location.search)
  return pretend({
    life: asked.get('life') ?? undefined,
    standing: asked.get('standing') ?? undefined,
    families: Number(asked.get('families') ?? 300),
  })
}
