// A second client, written from docs/PROTOCOL.md alone: it shares no code with Lumbung and knows nothing else of it.
//
// It enrols, brings a household's key and two changes, checks the receipt, repeats the push, meets a gap and a fork,
// pulls, opens what is sealed and compares the digest of the village. Usage: node client.mjs URL CODE AREA

import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { WHOLE, base64url, chainAfter, chainStart, number, recordOfDot, sumOfDigests, uuid, value } from './bytes.mjs';
import { digestOf, isReceiptOf, open, seal, signedToken } from './proof.mjs';
import { readPage } from './read.mjs';
import { putBatch } from './write.mjs';

const [url, code, area] = process.argv.slice(2);
const here = Number(area.replaceAll('.', ''));
const now = Math.floor(Date.now() / 1000);

// The kind household (4) and two of its fields; what a client knows of the schema is in docs/reference.
const HOUSEHOLD = 4;
const HEAD_NAME = 2;
const RT = 6;
const NO_SUCH_FIELD = 9999;

const ask = async (method, path, { token, body, headers = {} } = {}) => {
  const isBatch = body instanceof Uint8Array;
  const type = isBatch ? 'application/vnd.lumbung.batch' : 'application/json';
  const reply = await fetch(url + path, {
    method,
    body: isBatch || body === undefined ? body : JSON.stringify(body),
    headers: {
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, headers: reply.headers, bytes, json: () => JSON.parse(bytes.toString('utf8')) };
};

const done = async (method, path, options) => {
  const reply = await ask(method, path, options);
  assert(reply.status < 300, `${method} ${path}: ${reply.status} ${reply.bytes.toString('utf8')}`);
  return reply;
};

// --- Becoming a device

const keys = generateKeyPairSync('ed25519');
const enrolment = {
  code,
  public_key: keys.publicKey.export({ format: 'jwk' }).x,
  app_version: 'second client',
  label: '',
};
const enrolled = (await done('POST', '/v1/enrol', { body: enrolment })).json();
const onceMore = (await done('POST', '/v1/enrol', { body: enrolment })).json();
assert.equal(onceMore.actor, enrolled.actor, 'a lost answer costs nothing');

// --- Work without signal

const actor = BigInt(`0x${enrolled.actor}`);
const household = recordOfDot(actor, 1);
const author = recordOfDot(0x77aan, 1);
const key = randomBytes(32);
const edit = (field, written) => ({ field, element: WHOLE, context: [], value: written });
const sealed = (seq, name) => edit(HEAD_NAME, seal(key, actor, seq, HEAD_NAME, [5, name]));
const change = (seq, ...edits) => ({
  kind: HOUSEHOLD,
  record: household,
  actor,
  seq,
  second: now,
  counter: seq,
  time: now,
  author,
  area: here,
  form: 1,
  edits,
});
const changes = [
  change(1, edit(0, [1]), sealed(1, 'Nama Karangan'), edit(NO_SUCH_FIELD, [3, 7])),
  change(2, sealed(2, 'Nama Karangan Kedua')),
];
const start = chainStart(actor);
const head = chainAfter(start, changes);

// --- Signal: a token, the key, the changes

const { challenge } = (await done('GET', '/v1/challenge')).json();
const heads = [{ actor: enrolled.actor, seq: 2, chain: head.toString('hex') }];
const standing = { device: enrolled.device, challenge, epoch: enrolled.epoch, heads, unsent: 2 };
const request = signedToken(keys.privateKey, { ...standing, app_version: '1', device_time_s: now });
const session = (await done('POST', '/v1/token', { body: request })).json();
assert.equal(session.heads[0].seq, 0, 'the server holds nothing of it yet');
const { token } = session;

const made = [{ owner: uuid(household), area, key: base64url(key) }];
await done('POST', '/v1/keys', { token, body: { actor: enrolled.actor, keys: made } });

const push = (body) => ask('POST', '/v1/push', { token, body, headers: { 'lumbung-device-time': `${now}` } });
for (const time of ['the first time', 'again, as after a lost reply']) {
  const reply = await push(putBatch(actor, 0, start, changes));
  assert.equal(reply.status, 200, reply.bytes.toString('utf8'));
  const receipt = reply.json();
  assert(isReceiptOf(enrolled.server_key, receipt), time);
  assert.deepEqual([receipt.actor, receipt.seq, receipt.chain], [enrolled.actor, 2, head.toString('hex')], time);
  assert.deepEqual(receipt.held, [{ seq: 1, field: NO_SUCH_FIELD, reason: 'unknown_field' }], time);
}
const gap = await push(putBatch(actor, 5, head, [change(6, edit(RT, [5, '001']))]));
assert.deepEqual([gap.status, gap.json().code, gap.json().expected_seq], [409, 'seq_gap', 3]);
const fork = await push(putBatch(actor, 1, start, [change(2, edit(RT, [5, '002']))]));
assert.deepEqual([fork.status, fork.json().code], [409, 'fork']);

// --- What others would see

const page = readPage((await done('GET', '/v1/pull', { token })).bytes);
assert.equal(page.epoch, enrolled.epoch);
assert(page.scope.includes(BigInt(here)));
const position = page.records.findIndex((record) => record.id.equals(household));
const survivor = page.records[position].changes.find((one) => one.edits.some((write) => write.field === HEAD_NAME));
const name = survivor.edits.find((write) => write.field === HEAD_NAME);
const [, pulled] = page.keys.find(([owner]) => owner === position);
const opened = open(pulled, survivor.actor, survivor.seq, HEAD_NAME, name.value[1]);
assert.deepEqual(opened, value([5, 'Nama Karangan Kedua']));
const village = page.standings.find((one) => one.area === BigInt(here));
assert.equal(sumOfDigests(page.records.map(digestOf)), village.digest, 'both sides hold the same');

const idle = readPage((await done('GET', `/v1/pull?cursor=${page.cursor}`, { token })).bytes);
assert.deepEqual([idle.more, idle.records.length, idle.standings.length], [false, 0, 0]);

// --- A first sync that is cut

const path = `/v1/areas/${area}/snapshot`;
const snapshot = await done('GET', path, { token });
assert.equal(number(snapshot.bytes.subarray(0, 4)), BigInt(snapshot.bytes.length - 4), 'one frame');
assert.deepEqual(readPage(snapshot.bytes.subarray(4)).records, page.records);
const goOn = { range: 'bytes=10-', 'if-range': snapshot.headers.get('etag') };
const rest = await done('GET', path, { token, headers: goOn });
assert.equal(rest.status, 206);
assert(rest.bytes.equals(snapshot.bytes.subarray(10)));
const have = `${here}:${snapshot.headers.get('lumbung-version')}`;
const tail = readPage((await done('GET', `/v1/pull?have=${have}`, { token })).bytes);
assert.deepEqual([tail.records.length, tail.scope], [0, page.scope]);

console.log('sent 2, received 2, held 1, pulled and opened: the page is enough');
