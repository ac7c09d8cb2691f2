// The office of the subdistrict: who works in the village.
//
// The rule this module protects: *a colleague is a record that somebody else wrote*: it comes to the phone by a pull, as in
// the field. The coordinator's device is the second client, which shares no code with the app.

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import * as bytes from '../../../tests/second_client/bytes.mjs'
import { seal, signedToken } from '../../../tests/second_client/proof.mjs'
import { putBatch } from '../../../tests/second_client/write.mjs'
import { VILLAGE } from './server.mjs'

const SUBDISTRICT = VILLAGE.slice(0, 8)
/** Kind and fields of a worker, by their numbers in the schema; and the role of a kader. */
const WORKER = 1
const FULL_NAME = 1
const ROLE = 2
const WORK_AREA = 7
const ACTIVE = 8
const KADER = 1

/** Writes the record of a kader who works in the village. */
export async function addWorker(server, name) {
  const login = `korlap.${randomBytes(4).toString('hex')}`
  const code = await server.invite(await server.addPerson(login, 'korlap', [SUBDISTRICT]))
  const keys = generateKeyPairSync('ed25519')
  const public_key = keys.publicKey.export({ format: 'jwk' }).x
  const enrolled = await server.ask('POST', '/v1/enrol', { code, public_key, app_version: 'office', label: '' })

  const now_s = Math.floor(Date.now() / 1000)
  const actor = BigInt(`0x${enrolled.actor}`)
  const record = bytes.recordOfDot(actor, 1)
  const area = Number(VILLAGE.replaceAll('.', ''))
  const key = randomBytes(32)
  const edit = (field, value, element = bytes.WHOLE) => ({ field, element, context: [], value })
  const change = {
    kind: WORKER,
    record,
    actor,
    seq: 1,
    second: now_s,
    counter: 1,
    time: now_s,
    author: record,
    area,
    form: 1,
    edits: [
      edit(0, [1]),
      edit(FULL_NAME, seal(key, actor, 1, FULL_NAME, [5, name])),
      edit(ROLE, [9, KADER]),
      edit(WORK_AREA, [2], [3, area]),
      edit(ACTIVE, [2]),
    ],
  }
  const start = bytes.chainStart(actor)
  const chain = bytes.chainAfter(start, [change]).toString('hex')
  const { challenge } = await server.ask('GET', '/v1/challenge')
  const standing = { device: enrolled.device, challenge, epoch: enrolled.epoch, heads: [{ actor: enrolled.actor, seq: 1, chain }], unsent: 1 }
  const request = signedToken(keys.privateKey, { ...standing, app_version: 'office', device_time_s: now_s })
  const { token } = await server.ask('POST', '/v1/token', request)
  const authorization = `Bearer ${token}`
  const owner = { owner: bytes.uuid(record), area: VILLAGE, key: bytes.base64url(key) }
  await server.ask('POST', '/v1/keys', { actor: enrolled.actor, keys: [owner] }, { authorization })
  const receipt = await server.ask('POST', '/v1/push', putBatch(actor, 0, start, [change]), {
    authorization,
    'lumbung-device-time': String(now_s),
  })
  if (receipt.held?.length > 0) throw new Error(`held: ${JSON.stringify(receipt.held)}`)
  return bytes.uuid(record)
}
