// The phone's clock, as the phone sees it: page and worker.
//
// The rule this module protects: *the app is the one that is shipped, behind one line*: its worker asks the wire how far
// its clock is off before it reads any time, and every time it reads is the moved one.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyOfApp } from './village.mjs'

const moved = (offset) => `{
  self.clock_off_ms = ${offset};
  const Real = Date;
  const now = () => Real.now() + self.clock_off_ms;
  self.Date = class extends Real {
    constructor(...parts) { if (parts.length === 0) super(now()); else super(...parts) }
    static now() { return now() }
  };
}`
const ASKED = `(() => {
  const question = new XMLHttpRequest();
  question.open('GET', '/clock', false);
  try { question.send() } catch { return 0 }
  return Number(question.responseText);
})()`

/** A folder of the app whose clock can be moved. Gone when the test ends. */
export function appWithClock(t) {
  const folder = copyOfApp(t)
  for (const name of readdirSync(join(folder, 'assets'))) {
    const file = join(folder, 'assets', name)
    if (/^worker-.*\.js$/.test(name)) writeFileSync(file, moved(ASKED) + readFileSync(file, 'utf8'))
    if (/^worker-.*\.(br|gz)$/.test(name)) rmSync(file)
  }
  return folder
}

/** The clock of the phones behind this wire. */
export class Clock {
  off_ms = 0

  constructor(wire) {
    this.fate = (path) => {
      return path === '/clock' ? { status: 200, headers: { 'content-type': 'text/plain' }, body: String(this.off_ms) } : null
    }
    wire.fate = this.fate
  }

  /** For a handset: its page too. */
  get settings() {
    return { prepare: (context) => context.addInitScript(moved(ASKED)) }
  }

  /** While the phone is open. */
  async move(page, off_ms) {
    this.off_ms = off_ms
    const move = (ms) => void (self.clock_off_ms = ms)
    await Promise.all([page, ...page.workers()].map((one) => one.evaluate(move, off_ms)))
  }
}
