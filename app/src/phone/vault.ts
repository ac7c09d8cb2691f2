/**
 * The key of everything on the disk, and the PINs that open it.
 *
 * The rule this module protects: *a wrong PIN costs time, never data*. The key lies on the disk only wrapped: by a PIN, and
 * around that by a key of this device that cannot be taken out. A try is counted before it is made, so killing the
 * app does not give tries back.
 */

import { chance, text, utf8, type Bytes } from './bytes'
import type { Id, Owner, Refusal } from './contract'
import { keyOf, newDeviceKey, seal, unseal, Unreadable } from './crypt'
import { isEasy } from './pin'
import { refusal } from './refusals'
import type { Store } from './store'

interface Cost {
  memory_kib: number
  passes: number
  lanes: number
}

/** About a second on a phone of 2 GB. */
const COST: Cost = { memory_kib: 32 * 1024, passes: 3, lanes: 1 }

interface Wrapped {
  author: Id
  /** Under the device's key. */
  name: Bytes
  salt: Bytes
  cost: Cost
  key: Bytes
}

interface Ring {
  device: CryptoKey
  /** Under the device's key alone: between enrolling and the first PIN. */
  bare: Bytes | null
  owners: Wrapped[]
  /** The key under itself: who holds it may wrap it once more, for a colleague. */
  self: Bytes
  /** The key sealed to the server: with a code from the PLKB it comes back. */
  escrow: Bytes | null
}

interface Tries {
  failed: number
  /** No PIN is tried before. */
  until_ms: number
}

export interface Locks {
  owners: Owner[]
  wait_s: number
  tries_left: number
  blocked: boolean
}

const TRIES_MAX = 10
/** After the first, second, .. wrong PIN. */
const WAITS_S = [0, 0, 0, 30, 60, 300, 900, 1800, 3600]
const NO_TRIES: Tries = { failed: 0, until_ms: 0 }

/** Why this PIN will not do, or nothing. */
export function weakness(pin: string): Refusal | null {
  if (!/^\d{6}$/.test(pin)) return refusal('pin_form')
  return isEasy(pin) ? refusal('pin_easy') : null
}

export class Vault {
  constructor(
    private readonly store: Store,
    private readonly now_ms: () => number = Date.now,
    private readonly cost: Cost = COST,
  ) {}

  /** A new key, held by this device alone until the first PIN. */
  async make(): Promise<CryptoKey> {
    const raw = chance(32)
    const [device, key] = [await newDeviceKey(), await keyOf(raw)]
    const bare = await seal(device, this.place('bare'), raw)
    const self = await seal(key, this.place('self'), raw)
    await this.store.note({ ring: { device, bare, owners: [], self, escrow: null } satisfies Ring })
    return key
  }

  /** `none`: no key yet. `bare`: no PIN yet. */
  async is(): Promise<'none' | 'bare' | 'owned'> {
    const ring = await this.store.fact<Ring>('ring')
    if (!ring) return 'none'
    return ring.owners.length > 0 ? 'owned' : 'bare'
  }

  async openBare(): Promise<CryptoKey> {
    const ring = await this.ring()
    if (!ring.bare) throw new Unreadable('bare')
    return keyOf(await unseal(ring.device, this.place('bare'), ring.bare))
  }

  /** A PIN for somebody, the first of which ends the bare time. `key` proves that the phone is open. */
  async own(key: CryptoKey, owner: Owner, pin: string): Promise<Refusal | null> {
    return weakness(pin) ?? (await this.wrap(await this.raw(key), owner, pin), null)
  }

  /** Gives the key, or why not. */
  async unlock(author: Id, pin: string): Promise<CryptoKey | Refusal> {
    const raw = await this.tried(author, pin)
    return raw instanceof Uint8Array ? keyOf(raw) : raw
  }

  async change(author: Id, old: string, pin: string): Promise<Refusal | null> {
    const weak = weakness(pin)
    if (weak) return weak
    const raw = await this.tried(author, old)
    if (!(raw instanceof Uint8Array)) return raw
    return this.wrapKnown(raw, author, pin)
  }

  /** Keeps the key for the day when the PIN is forgotten: `sealed` to the server, whose answer `reset` takes. */
  async keepEscrow(key: CryptoKey, sealed: (raw: Bytes) => Promise<Bytes>): Promise<void> {
    const escrow = await sealed(await this.raw(key))
    await this.store.note({ ring: { ...(await this.ring()), escrow } satisfies Ring })
  }

  async escrow(): Promise<Bytes | null> {
    return (await this.ring()).escrow
  }

  /** The key has come back: wraps it under a new PIN. Throws `Unreadable` when it is another. */
  async reset(raw: Bytes, author: Id, pin: string): Promise<Refusal | null> {
    const weak = weakness(pin)
    if (weak) return weak
    await this.raw(await keyOf(raw))
    const refused = await this.wrapKnown(raw, author, pin)
    if (!refused) await this.store.note({ tries: NO_TRIES })
    return refused
  }

  async locks(): Promise<Locks> {
    const ring = await this.ring()
    const tries = await this.tries()
    const names = ring.owners.map((owner) =>
      unseal(ring.device, this.place(`name/${owner.author}`), owner.name),
    )
    const owners = (await Promise.all(names)).map((name, i) => ({
      author: ring.owners[i]!.author,
      name: text(name),
    }))
    const wait_s = Math.ceil(this.wait_ms(tries) / 1000)
    return { owners, wait_s, tries_left: TRIES_MAX - tries.failed, blocked: tries.failed >= TRIES_MAX }
  }

  private async tried(author: Id, pin: string): Promise<Bytes | Refusal> {
    const [ring, tries] = [await this.ring(), await this.tries()]
    const owner = ring.owners.find((owner) => owner.author === author)
    if (!owner) return refusal('owner_unknown')
    if (tries.failed >= TRIES_MAX) return refusal('pin_blocked')
    const wait_ms = this.wait_ms(tries)
    if (wait_ms > 0) return refusal('pin_wait', Math.ceil(wait_ms / 1000))
    const failed = tries.failed + 1
    const until_ms = this.now_ms() + (WAITS_S[tries.failed] ?? 0) * 1000
    await this.store.note({ tries: { failed, until_ms } satisfies Tries })
    const inner = await unseal(ring.device, this.place(`key/${author}`), owner.key)
    const key = await pinKey(pin, owner.salt, owner.cost)
    const raw = await unseal(key, this.place(`pin/${author}`), inner).catch(() => null)
    if (!raw) return refusal(failed >= TRIES_MAX ? 'pin_blocked' : 'pin_wrong', WAITS_S[tries.failed])
    await this.store.note({ tries: NO_TRIES })
    return raw
  }

  private async wrapKnown(raw: Bytes, author: Id, pin: string): Promise<Refusal | null> {
    const { owners } = await this.locks()
    const owner = owners.find((owner) => owner.author === author)
    if (!owner) return refusal('owner_unknown')
    await this.wrap(raw, owner, pin)
    return null
  }

  private async wrap(raw: Bytes, owner: Owner, pin: string): Promise<void> {
    const { author } = owner
    const salt = chance(16)
    const inner = await seal(await pinKey(pin, salt, this.cost), this.place(`pin/${author}`), raw)
    const ring = await this.ring()
    const name = await seal(ring.device, this.place(`name/${author}`), utf8(owner.name))
    const key = await seal(ring.device, this.place(`key/${author}`), inner)
    const others = ring.owners.filter((other) => other.author !== author)
    const owners = [...others, { author, name, salt, cost: this.cost, key }]
    await this.store.note({ ring: { ...ring, owners, bare: null } satisfies Ring })
  }

  private raw(key: CryptoKey): Promise<Bytes> {
    return this.ring().then((ring) => unseal(key, this.place('self'), ring.self))
  }

  private async ring(): Promise<Ring> {
    const ring = await this.store.fact<Ring>('ring')
    if (!ring) throw new Unreadable('ring')
    return ring
  }

  private async tries(): Promise<Tries> {
    return (await this.store.fact<Tries>('tries')) ?? NO_TRIES
  }

  /** Never longer than the wait of that try: a clock that was set back must not lock her out for a year. */
  private wait_ms(tries: Tries): number {
    const longest_ms = (WAITS_S[tries.failed - 1] ?? 0) * 1000
    return Math.min(Math.max(tries.until_ms - this.now_ms(), 0), longest_ms)
  }

  private place(name: string): string {
    return this.store.place('ring', name)
  }
}

/** Loaded when it is needed, or a little before. */
export const hashing = () => import('./argon2')

async function pinKey(pin: string, salt: Bytes, cost: Cost): Promise<CryptoKey> {
  const { argon2id } = await hashing()
  const raw = await argon2id({
    password: pin,
    salt,
    parallelism: cost.lanes,
    iterations: cost.passes,
    memorySize: cost.memory_kib,
    hashLength: 32,
    outputType: 'binary',
  })
  return keyOf(new Uint8Array(raw))
}
