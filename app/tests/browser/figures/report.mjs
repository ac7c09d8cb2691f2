// The figures, as a table and as JSON.
//
// The rule this module protects: *medians, and what was measured beside what was reckoned*.

import { scaled } from './stopwatch.mjs'

/** What is wanted at most, in the unit of the figure. */
const WANTED = {
  open_4k: 1500,
  save_visit: 100,
  search_4k: 50,
  list_40k: 3000,
  week_sync_bytes: 10_000,
}

const median = (numbers) => [...numbers].sort((one, two) => one - two)[Math.floor(numbers.length / 2)]
const round = (number) => Math.round(number * 10) / 10

export class Report {
  figures = {}

  /** `runs`: the whole time with a slow page, and the worker's part of it, unslowed, in milliseconds. */
  time(name, runs) {
    const whole = runs.map(({ whole }) => whole)
    const as_phone = runs.map((run) => run.scaled ?? scaled(run.whole, run.worker))
    const worker = median(runs.map(({ worker }) => worker))
    // On a machine with other work the least says more of the app, the median more of the machine.
    const least = round(Math.min(...as_phone))
    this.add(name, { value: round(median(whole)), worker: round(worker), scaled: round(median(as_phone)), least, unit: 'ms' })
  }

  bytes(name, runs) {
    this.add(name, { value: median(runs), unit: 'B' })
  }

  memory(name, { page, worker, wasm }) {
    const mb = (bytes) => round(bytes / 1e6)
    this.add(name, { value: mb(page + worker + wasm), page: mb(page), worker: mb(worker), wasm: mb(wasm), unit: 'MB' })
  }

  requests(name, asked) {
    const up = asked.reduce((sum, one) => sum + one.up_bytes + one.up_head_bytes, 0)
    const down = asked.reduce((sum, one) => sum + one.down_bytes + one.down_head_bytes, 0)
    this.add(`${name}_requests`, { value: asked.length, unit: 'requests', asked })
    this.add(`${name}_bytes`, { value: up + down, up, down, unit: 'B' })
  }

  note(name, value) {
    this.add(name, { value, unit: 'records' })
  }

  add(name, figure) {
    this.figures[name] = { ...figure, wanted: WANTED[name] }
    console.error(name, JSON.stringify(figure))
  }

  json() {
    return JSON.stringify(this.figures, null, 2)
  }

  toString() {
    const line = ([name, { value, worker, scaled, unit, wanted }]) =>
      [name, value, worker ?? '', scaled ?? '', unit, wanted ?? ''].map((cell) => String(cell).padEnd(18)).join('')
    return [line(['figure', { value: 'measured', worker: 'worker', scaled: 'worker x 6', unit: 'unit', wanted: 'wanted' }])]
      .concat(Object.entries(this.figures).map(line))
      .join('\n')
  }
}
