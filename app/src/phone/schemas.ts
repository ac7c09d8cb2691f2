/**
 * Which schema the phone works by: the one it was built with, or a newer one of the server.
 *
 * The rule this module protects: *a phone that is not updated still learns new fields, and a document it cannot read does
 * not stop it*: then it stays with the one it was built with.
 */

import { text, type Bytes } from './bytes'
import type { Schema } from './contract'
import type { Core, MakeCore } from './core'
import { Unreadable } from './crypt'
import { ask, jsonOf, type Fetch, type Traffic } from './net'
import type { Store } from './store'

interface Document {
  version: number
  bytes: Bytes
  /** Its schema, once somebody has read it. */
  schema?: Schema
}

export class Schemas {
  private inUse: Document | null = null
  /** The one of this app: read once. */
  private ofApp: Promise<Document> | null = null

  constructor(
    private readonly makeCore: MakeCore,
    private readonly builtin: () => Promise<Bytes>,
    private readonly store: Store | null,
  ) {}

  /** The document that the next core is tried with first. */
  async newest(): Promise<Bytes> {
    return (await this.documents())[0]!.bytes
  }

  /** A core with these rows, on the newest schema that it reads. Throws `Unreadable` when it is the rows. */
  async load(rows: Bytes[]): Promise<Core> {
    const [first, second] = await this.documents()
    try {
      return await this.use(rows, first!)
    } catch (why) {
      if (!second || !(why instanceof Unreadable)) throw why
      return this.use(rows, second)
    }
  }

  async schema(): Promise<Schema> {
    const document = this.inUse ?? (await this.documents())[0]!
    return (document.schema ??= schemaOf(document.bytes))
  }

  /** Fetches and keeps what the server has, when it is newer. `true`: the next `load` uses it. */
  async renew(version: number, count: (traffic: Traffic) => void, fetcher?: Fetch): Promise<boolean> {
    const [held] = await this.documents()
    if (!this.store || version <= held!.version) return false
    const headers: [string, string][] = [['accept', 'application/json']]
    const answer = await ask({ method: 'GET', path: '/v1/schema', headers, body: null }, count, fetcher)
    const document = jsonOf<{ schema?: { version?: unknown } }>(answer)
    const got = document?.schema?.version
    if (!answer || typeof got !== 'number' || got <= held!.version) return false
    await this.store.keepSchema(got, answer.body)
    return true
  }

  private async use(rows: Bytes[], document: Document): Promise<Core> {
    const core = await this.makeCore(rows, document.bytes)
    this.inUse = document
    return core
  }

  /** Newest first. */
  private async documents(): Promise<Document[]> {
    this.ofApp ??= this.readOwn()
    const builtin = await this.ofApp
    const kept = await this.store?.db.get('schema', 'newest')
    return kept && kept.version > builtin.version ? [kept, builtin] : [builtin]
  }

  private async readOwn(): Promise<Document> {
    try {
      const bytes = await this.builtin()
      const schema = schemaOf(bytes)
      return { version: schema.version, bytes, schema }
    } catch (why) {
      this.ofApp = null
      throw why
    }
  }
}

function schemaOf(document: Bytes): Schema {
  return (JSON.parse(text(document)) as { schema: Schema }).schema
}
