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
const functions = Object.keys(core).filter((name) => !['default', 'initSync'].includes(name));

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
