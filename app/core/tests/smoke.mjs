// The session that session.rs plays natively, here on the WebAssembly as a phone would load it.
//   node smoke.mjs FOLDER      FOLDER holds app_core.js, app_core_bg.wasm and schema.json

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const core = await import(pathToFileURL(resolve(folder, 'app_core.js')));
core.initSync({ module: readFileSync(resolve(folder, 'app_core_bg.wasm')) });

const document = readFileSync(resolve(folder, 'schema.json'));

test('the session gets its answers, to the byte', () => {
  const session = JSON.parse(readFileSync(new URL('session.json', import.meta.url), 'utf8'));
  const phone = new core.Phone(new core.Rows(), document);
  for (const { call, with: given, answer } of session) {
    const said = phone[call](...(call === 'stir' ? [new Uint8Array(64).fill(given[0])] : given));
    const read = said === undefined ? null : typeof said === 'string' ? JSON.parse(said) : Buffer.from(said).toString('base64url');
    assert.deepEqual(read, answer, call);
  }
  const rows = new core.Rows();
  assert.ok(rows.load(phone.everything()));
  assert.deepEqual(new core.Phone(rows, document).everything(), phone.everything());
  assert.throws(() => new core.Phone(new core.Rows(), new TextEncoder().encode('{}')));
});

test('records: a page gives the same states and the same digest as natively', () => {
  const bytes = (text) => Buffer.from(text, 'base64url');
  const { page, states, area, digest } = JSON.parse(readFileSync(new URL('records.json', import.meta.url), 'utf8'));
  const records = new core.Records();
  assert.deepEqual(JSON.parse(records.take(bytes(page))), { value: { changed: 2, more: false } });
  assert.deepEqual(JSON.parse(records.take(bytes(page))), { value: { changed: 0, more: false } });
  assert.deepEqual(Buffer.from(records.states()), bytes(states));
  assert.deepEqual(JSON.parse(records.digest(area)), { value: digest });
  const again = new core.Records();
  assert.deepEqual(JSON.parse(again.load(bytes(states))), { value: 2 });
  assert.deepEqual(JSON.parse(again.digest(area)), { value: digest });
  assert.ok(JSON.parse(again.load(bytes(states).subarray(1))).fault);
  assert.ok(JSON.parse(again.take(bytes(page).subarray(1))).fault);
});

test('phone: it asks before it is somebody, and keeps rows', () => {
  const phone = new core.Phone(new core.Rows(), document);
  const value = (answer) => JSON.parse(answer).value;
  assert.match(JSON.parse(phone.who()).fault, /belum terdaftar/);
  phone.stir(new Uint8Array(64).fill(7));
  const { wanted } = value(phone.enrol('http://localhost', 'ABCD-EFGH', 'ponsel', 1795737600));
  assert.deepEqual([wanted.method, wanted.path], ['POST', '/v1/enrol']);
  assert.equal(JSON.parse(new TextDecoder().decode(phone.wanted_body())).code, 'ABCD-EFGH');
  // The key it will sign with is to be stored before the code is used.
  assert.equal(phone.changed()[0], 1);
  assert.equal(phone.changed().length, 0);
});
