/**
 * Space and time, as far as they can be trusted.
 *
 * The rule this module protects: *what threatens her notes is said early*: a browser that may throw the store away, a full
 * phone, a clock that is wrong.
 */

const MB = 1 << 20
const CLOCK_OFF_S = 300
const SPACE_LOW_MB = 50

export async function spaceLeft_mb(): Promise<number | null> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
  return quota === undefined || usage === undefined ? null : Math.floor((quota - usage) / MB)
}

/** Asked by a page, never by a worker: browsers answer without a question once the app is installed. */
export async function askToPersist(): Promise<boolean> {
  const { storage } = navigator
  if (!storage?.persist) return false
  return (await storage.persisted()) || storage.persist()
}

/** `clock_s`: the server's clock less ours. */
export function isClockOff(clock_s: number): boolean {
  return Math.abs(clock_s) > CLOCK_OFF_S
}

export function isSpaceLow(left_mb: number): boolean {
  return left_mb < SPACE_LOW_MB
}

/** The day where she is. */
export function dayOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
