/**
 * What this phone has on its disk, with everything that opens it.
 *
 * The rule this module protects: *store, PINs and schema belong to one database, and are changed together*.
 */

import { setAside, setAsideBefore } from './aside'
import type { Life } from './contract'
import type { MakeCore, Who } from './core'
import { Fault } from './core-fault'
import { unsentHere } from './courier'
import { currentName, openDatabase, wipe } from './database'
import { Open } from './open'
import { Schemas } from './schemas'
import { diskShelf } from './shelf'
import { Store } from './store'
import { Vault } from './vault'

export interface Tools {
  makeCore: MakeCore
  builtinSchema: () => Promise<Uint8Array<ArrayBuffer>>
  makeVault?: (store: Store) => Vault
  /** Makes ready what comes after the PIN. */
  warm?: (document: () => Promise<Uint8Array<ArrayBuffer>>) => void
}

/** A key that needs no PIN yet, and what it opens. */
export interface Bare {
  open: Open
  key: CryptoKey
}

export class Disk {
  private constructor(
    readonly store: Store,
    readonly vault: Vault,
    readonly schemas: Schemas,
    private readonly warm: NonNullable<Tools['warm']>,
  ) {}

  /** The database in use. Throws `Unreadable` when a newer app wrote it. */
  static async open({ makeCore, builtinSchema, makeVault, warm }: Tools): Promise<Disk> {
    const store = await Store.on(await openDatabase(await currentName()))
    return new Disk(
      store,
      makeVault?.(store) ?? new Vault(store),
      new Schemas(makeCore, builtinSchema, store),
      warm ?? (() => undefined),
    )
  }

  /** Leaves the one in use under its name and goes on with an empty one. */
  static async setAside(tools: Tools): Promise<{ disk: Disk; name: string }> {
    const name = await setAside()
    return { disk: await Disk.open(tools), name }
  }

  /** Everything on it. Throws `Unreadable`. */
  async opened(key: CryptoKey): Promise<Open> {
    const shelf = diskShelf(this.store, key, (rows) => this.schemas.load(rows))
    return new Open(await shelf.reload(), shelf)
  }

  /** A new key, before anything was stored. */
  async bare(): Promise<Bare> {
    const key = await this.vault.make()
    return { key, open: await this.opened(key) }
  }

  /** Where the phone stands before anybody does anything. Throws `Unreadable`. */
  async found(): Promise<{ life: Life; bare: Bare | null }> {
    if (await this.store.fact('withdrawn')) {
      return { life: { is: 'withdrawn', unsent: await unsentHere(this.store.db) }, bare: null }
    }
    const is = await this.vault.is()
    if (is === 'owned') {
      const life = await this.locked()
      this.store.readAhead()
      this.warm(() => this.schemas.newest())
      return { life, bare: null }
    }
    if (is === 'none') return { life: await this.empty(), bare: null }
    const key = await this.vault.openBare()
    const bare = { key, open: await this.opened(key) }
    const who = await bare.open.ask((core) => whoOrNobody(core))
    return { life: who ? { is: 'unowned', name: who.name ?? '' } : await this.empty(), bare }
  }

  /** Of nobody yet. Until it is somebody's again, it goes on saying that another store was set aside. */
  private async empty(): Promise<Life> {
    const set_aside = setAsideBefore(this.store.db.name)
    if (set_aside === null) return { is: 'fresh' }
    return { is: 'unreadable', why: 'set aside', set_aside, unsent: await unsentHere(this.store.db) }
  }

  async locked(): Promise<Life> {
    return { is: 'locked', ...(await this.vault.locks()) }
  }

  close(): void {
    this.store.db.close()
  }

  /** Only what was received, or is nobody's any more. */
  async wipe(): Promise<void> {
    this.close()
    await wipe(this.store.db.name)
  }
}

function whoOrNobody(core: { who(): Who }): Who | null {
  try {
    return core.who()
  } catch (why) {
    if (why instanceof Fault) return null
    throw why
  }
}
