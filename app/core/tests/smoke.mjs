// The vectors that vectors.rs runs natively, here on the WebAssembly as a phone would load it.
//   node smoke.mjs FOLDER      FOLDER holds app_core.js and app_core_bg.wasm

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const core = await import(pathToFileURL(resolve(folder, 'app_core.js')));
core.initSync({ module: readFileSync(resolve(folder, 'app_core_bg.wasm')) });

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));
// Classes have tests of their own below.
const functions = Object.keys(core).filter((name) => /^[a-z]/.test(name) && !['default', 'initSync'].includes(name));

for (const name of functions) {
  const own = vectors.filter(({ call }) => call === name);
  test(`${name}: ${own.length} vectors`, () => {
    assert.ok(own.length > 0, 'every function has vectors');
    for (const vector of own) assert.deepEqual(JSON.parse(core[name](vector.with)), vector.answer);
  });
}

test('every vector names a function', () => {
  for (const { call } of vectors) assert.ok(functions.includes(call), call);
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

test('phone: it asks before it is somebody, keeps rows, and says why not', () => {
  const phone = new core.Phone(new core.Rows());
  const value = (answer) => JSON.parse(answer).value;
  assert.match(JSON.parse(phone.who()).fault, /belum terdaftar/);
  phone.stir(new Uint8Array(64).fill(7));
  const { wanted } = value(phone.enrol('http://localhost', 'ABCD-EFGH', 'ponsel', 1795737600));
  assert.deepEqual([wanted.method, wanted.path], ['POST', '/v1/enrol']);
  assert.equal(JSON.parse(new TextDecoder().decode(phone.wanted_body())).code, 'ABCD-EFGH');
  // The key it will sign with is to be stored before the code is used.
  const changed = phone.changed();
  assert.equal(changed[0], 1);
  assert.equal(phone.changed().length, 0);
  const form = value(phone.blank('household', '35.07.16.2013'));
  assert.equal(JSON.parse(phone.type_in(form, 'rt', '"001"')).fault, undefined);
  assert.match(JSON.parse(phone.type_in(form, 'rtt', '"001"')).fault, /not a field/);
  assert.ok(JSON.parse(phone.save(form, '01234567-89ab-8cde-bc00-000000000011', 0)).fault);
  assert.deepEqual(value(phone.counts()), { saved: 0, received: 0, held: 0 });
  assert.ok(value(core.kind('household')).fields.some((field) => field.name === 'head_name'));
  assert.ok(value(core.list('yes_no_unknown')).codes.length > 2);
});
