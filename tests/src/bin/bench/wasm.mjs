// The calls of wasm.rs on the module that a phone loads.
//   node wasm.mjs MODULE FOLDER RUNS ROUNDS     FOLDER holds the files page and states

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [module, folder, runs, rounds] = process.argv.slice(2);
const core = await import(pathToFileURL(resolve(module, 'app_core.js')));
core.initSync({ module: readFileSync(resolve(module, 'app_core_bg.wasm')) });
const page = readFileSync(resolve(folder, 'page'));
const states = readFileSync(resolve(folder, 'states'));

function median_s(call) {
  const times = [];
  for (let run = 0; run < Number(runs); run++) {
    const start = performance.now();
    for (let round = 0; round < Number(rounds); round++) {
      const records = new core.Records();
      const answer = JSON.parse(call(records));
      if (answer.value === undefined) throw new Error(answer.fault);
      records.free();
    }
    times.push((performance.now() - start) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

const merge_s = median_s((records) => records.take(page));
const load_s = median_s((records) => records.load(states));
console.log(JSON.stringify({ merge_s, load_s }));
