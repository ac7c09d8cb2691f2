// The office of the subdistrict: who works in the village, and what it writes to them.
//
// The rule this module protects: *a colleague is a record that somebody else wrote*: it comes to the phone by a pull, as in
// the field. The coordinator's device is the second client, which shares no code with the app.

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import * as bytes from '../../../tests/second_client/bytes.mjs'
import { seal, signedToken } from '../../../tests/second_client/proof.mjs'
import { putBatch } from '../../../tests/second_client/write.mjs'
import { VILLAGE } from './server.mjs'

const SUBDISTRICT = VILLAGE.slice(0, 8)
const AREA = Number(VILLAGE.replaceAll('.', ''))
/** Kinds, their fields and codes, by their numbers in the schema. */
const WORKER = { kind: 1, full_name: 1, role: 2, phone: 5, village_codes: 7, active: 8 }
const ROLES = { kader: 1, plkb: 6 }
const MESSAGE = { kind: 29, message_type: 1, text: 2 }
const QUESTION = 1
const [TEXT, CODE, YES] = [5, 9, [2]]

const edit = (field, value, element = bytes.WHOLE) => ({ field, element, context: [], value })

export class Office {
  static async open(server) {
    const office = new Office()
    const login = `korlap.${randomBytes(4).toString('hex')}`
    const code = await server.invite(await server.addPerson(login, 'korlap', [SUBDISTRICT]))
    const keys = generateKeyPairSync('ed25519')
    const public_key = keys.publicKey.export({ format: 'jwk' }).x
    const enrolled = await server.ask('POST', '/v1/enrol', { code, public_key, app_version: 'office', label: '' })
    const actor = BigInt(`0x${enrolled.actor}`)
    return Object.assign(office, { server, keys, enrolled, actor, seq: 0, chain: bytes.chainStart(actor) })
  }

  /** Somebody who works in the village; gives her id. */
  addWorker(name, { role = 'kader', phone } = {}) {
    return this.write(WORKER.kind, (sealed) => [
      edit(WORKER.full_name, sealed(WORKER.full_name, name)),
      edit(WORKER.role, [CODE, ROLES[role]]),
      ...(phone ? [edit(WORKER.phone, sealed(WORKER.phone, phone))] : []),
      edit(WORKER.village_codes, YES, [3, AREA]),
      edit(WORKER.active, YES),
    ])
  }

  /** A question to everybody in the village. */
  ask(text) {
    return this.write(MESSAGE.kind, (sealed) => [
      edit(MESSAGE.message_type, [CODE, QUESTION]),
      edit(MESSAGE.text, sealed(MESSAGE.text, text)),
    ])
  }

  /** Saves a new record and sends it. `edits`: of a function that seals texts under the record's key. */
  async write(kind, edits) {
    const { server, actor, enrolled } = this
    const seq = (this.seq += 1)
    const now_s = Math.floor(Date.now() / 1000)
    const record = bytes.recordOfDot(actor, seq)
    const key = randomBytes(32)
    const sealed = (field, text) => seal(key, actor, seq, field, [TEXT, text])
    const when = { second: now_s, counter: seq, time: now_s }
    const change = { kind, record, actor, seq, ...when, author: record, area: AREA, form: 1, edits: [edit(0, [1]), ...edits(sealed)] }
    const before = this.chain
    this.chain = bytes.chainAfter(before, [change])
    const authorization = `Bearer ${await this.token(now_s)}`
    const owner = { owner: bytes.uuid(record), area: VILLAGE, key: bytes.base64url(key) }
    await server.ask('POST', '/v1/keys', { actor: enrolled.actor, keys: [owner] }, { authorization })
    const receipt = await server.ask('POST', '/v1/push', putBatch(actor, seq - 1, before, [change]), {
      authorization,
      'lumbung-device-time': String(now_s),
    })
    if (receipt.held?.length > 0) throw new Error(`held: ${JSON.stringify(receipt.held)}`)
    return bytes.uuid(record)
  }

  async token(now_s) {
    const { server, enrolled, keys } = this
    const { challenge } = await server.ask('GET', '/v1/challenge')
    const heads = [{ actor: enrolled.actor, seq: this.seq, chain: this.chain.toString('hex') }]
    const standing = { device: enrolled.device, challenge, epoch: enrolled.epoch, heads, unsent: 1 }
    const request = signedToken(keys.privateKey, { ...standing, app_version: 'office', device_time_s: now_s })
    return (await server.ask('POST', '/v1/token', request)).token
  }
}
