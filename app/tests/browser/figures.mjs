// The figures of the phone: `cargo xtask bench app`.
//
// The rule this module protects: *a figure is what a person waits for*: from her finger to what is drawn, on the built app,
// the real server and a page six times slower than this machine's.

import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { Handset } from './browser.mjs'
import { Report } from './figures/report.mjs'
import { beginning, memory, scaled, slow, watchPage, watchWorkers, workerPart } from './figures/stopwatch.mjs'
import { Typist } from './figures/typist.mjs'
import { APP, Server, VILLAGE } from './server.mjs'

const FILL = process.env.FILL_BINARY ?? resolve(import.meta.dirname, '../../../target/release/fill')
const PIN = '493817'
const RUNS = Number(process.env.FIGURES_RUNS ?? 5)
/** Other villages of the kader's subdistrict, Tumpang. */
const OF_PLKB = ['35.07.16.2001', '35.07.16.2002', '35.07.16.2003', '35.07.16.2004', '35.07.16.2005']
const VISITS = 15
const SESSIONS = 2
/** Somebody's name begins so in any village of Java. */
const BEGINNINGS = ['si', 'su', 'mar']
const LIST = 'a[href^="#/orang/"]'
const FAMILY = 'a[href^="#/keluarga/"]'

/** One after the other. */
async function times(count, work) {
  const results = []
  for (let nth = 0; nth < count; nth += 1) results.push(await work(nth))
  return results
}

/** Gives the number of records that are on the server then. */
async function fill(server, villages, records, families) {
  const codes = villages.map((area) => area.replaceAll('.', ''))
  const words = [`--base=http://127.0.0.1:${server.port}`, `--token=${server.token}`, `--records=${records}`, `--families=${families}`, ...codes]
  return Number((await promisify(execFile)(FILL, words)).stdout)
}

async function switchOn(handset, path = '/') {
  const page = await handset.switchOn()
  await watchPage(page)
  const session = await slow(page)
  await page.goto(handset.origin + path)
  return { page, session }
}

/** Presses the PIN; gives the moment of the last key. */
function typePin(page) {
  return page.evaluate(async (pin) => {
    await window.watched.painted('.keys button:not([disabled])')
    for (const digit of pin) {
      const keys = [...document.querySelectorAll('.keys button')]
      const key = keys.find((one) => one.textContent === digit)
      await new Promise(requestAnimationFrame)
      window.pressed_ms = performance.now()
      key.click()
    }
    return window.pressed_ms
  }, PIN)
}

const painted = (page, selector, text = '') =>
  page.evaluate(([selector, text]) => window.watched.painted(selector, text), [selector, text])

/** A new phone, until all that is known is on it. */
async function firstSync(server, login, role, areas) {
  const code = await server.invite(await server.addPerson(login, role, areas))
  const handset = new Handset(server.origin)
  const { page, session } = await switchOn(handset, `/#/masuk?kode=${code}`)
  await page.evaluate(async () => {
    await window.watched.painted('button.main:not([disabled])')
    document.querySelector('button.main').click()
  })
  await typePin(page)
  await painted(page, '.pin[aria-label="Ketik PIN sekali lagi"]')
  server.wire.asked()
  await typePin(page)
  await page.waitForFunction(() => window.watched.synced_ms > 0, null, { timeout: 300_000 })
  const whole = await page.evaluate(() => window.watched.synced_ms - window.watched.opened_ms)
  await painted(page, LIST)
  const asked = server.wire.asked()
  const down = asked.reduce((sum, one) => sum + one.down_bytes + one.down_head_bytes, 0)
  const used = await memory(session, page)
  return { handset, whole, down, asked, used }
}

/** From the icon to the list of today, without signal. */
async function open(handset) {
  await handset.close()
  const { page, session } = await switchOn(handset)
  const pad = await painted(page, '.keys button:not([disabled])')
  const pressed = await typePin(page)
  const drawn = await painted(page, LIST)
  const before = await beginning(page, pad)
  const { busy, hashing } = await workerPart(page, pressed, drawn, ['unlock', 'today'])
  const opening = { whole: drawn - pressed - hashing, worker: busy - hashing }
  return { page, session, pad: before, opening, hashing, all: sum(before, opening) }
}

const sum = (one, other) => ({
  whole: one.whole + other.whole,
  worker: one.worker + other.worker,
  scaled: one.scaled + scaled(other.whole, other.worker),
})

/** From a change of the address to what is drawn. */
async function goTo(page, path, selector, calls) {
  const [from, to] = await page.evaluate(
    async ([path, selector]) => {
      const from = performance.now()
      location.hash = path
      return [from, await window.watched.painted(selector)]
    },
    [path, selector],
  )
  return { whole: to - from, worker: (await workerPart(page, from, to, calls)).busy }
}

/** From a key to the hits, where all families were listed. */
async function search(page, text) {
  const [from, to] = await page.evaluate(async (text) => {
    const box = document.querySelector('input[type=search]')
    const type = (text) => {
      box.value = text
      box.dispatchEvent(new Event('input', { bubbles: true }))
    }
    type('')
    await window.watched.painted('.family-row')
    // She looks at the list before she types.
    await new Promise(requestIdleCallback)
    const from = performance.now()
    type(text)
    return [from, await window.watched.painted('.row:not(.family-row)')]
  }, text)
  return { whole: to - from, worker: (await workerPart(page, from, to, ['search'])).busy }
}

/** A visit that is typed already, from Simpan to Tersimpan. */
async function save(page, typist, due) {
  const state = await typist.visit(due)
  await typist.ask('leave', state.form, true)
  const drafts = await typist.ask('drafts')
  await page.evaluate((draft) => (location.hash = `/draf/${draft}`), drafts[0].draft)
  const [from, to] = await page.evaluate(async () => {
    const button = (words) => [...document.querySelectorAll('button')].find((one) => words.includes(one.textContent.trim()))
    await window.watched.painted('.f-foot')
    while (!button(['Simpan'])) {
      button(['Lanjut', 'Periksa'])?.click()
      await new Promise((done) => setTimeout(done, 100))
    }
    const from = performance.now()
    button(['Simpan']).click()
    const to = window.watched.painted('.f-saved h1')
    await new Promise((done) => setTimeout(done, 300))
    button(['Simpan juga'])?.click()
    return [from, await to]
  })
  return { whole: to - from, worker: (await workerPart(page, from, to, ['save'])).busy }
}

/** Tokens live an hour, and a week lies between two syncs: the phone takes them to end after seconds. A phone does not use
 * the last half a minute. */
function shortenTokens(wire) {
  const before = wire.fate
  const shortened = (session) => ({ ...session, expires_in_s: 35 })
  const fates = {
    '/v1/token': { edit: shortened },
    '/v1/exchange': { edit: (answer) => ({ ...answer, token: shortened(answer.token) }) },
  }
  wire.fate = (path) => fates[path] ?? before(path)
}

/** A week typed without signal, then sent in one go, with what was saved before. */
async function week(server, page, typist) {
  const today = await typist.ask('today')
  const save = async (state) => {
    const outcome = await typist.ask('save', state.form)
    if (!outcome.saved) throw new Error(`not saved: ${JSON.stringify(outcome)}`)
  }
  for (const due of today.due.slice(-VISITS)) await save(await typist.visit(due))
  for (let nth = 0; nth < SESSIONS; nth += 1) await save(await typist.session(today))
  server.wire.mend()
  server.wire.asked()
  await typist.ask('sync')
  const standing = await typist.ask('standing')
  if (standing.unsent > 0) throw new Error(`not sent: ${JSON.stringify(standing)}`)
  return server.wire.asked()
}

async function measure(report, server, name, role, areas) {
  const firsts = await times(RUNS, async (nth) => {
    const first = await firstSync(server, `${role}-${name}-${nth}`, role, areas)
    if (nth < RUNS - 1) await first.handset.end()
    return first
  })
  report.time(`first_sync_${name}`, firsts.map(({ whole }) => ({ whole, worker: whole })))
  report.requests(`first_sync_${name}`, firsts[0].asked)
  report.bytes(`first_sync_${name}_down`, firsts.map(({ down }) => down))
  const { handset } = firsts.at(-1)
  server.wire.cut()
  const opens = await times(RUNS, async () => open(handset))
  report.time(`pad_${name}`, opens.map(({ pad }) => pad))
  report.time(`list_${name}`, opens.map(({ opening }) => opening))
  report.time(`open_${name}`, opens.map(({ all }) => all))
  report.time(`pin_${name}`, opens.map(({ hashing }) => ({ whole: hashing, worker: hashing })))
  const { page, session } = opens.at(-1)
  const families = await times(RUNS, async () => {
    await goTo(page, '/', LIST, ['today'])
    return goTo(page, '/keluarga', FAMILY, ['families'])
  })
  report.time(`families_${name}`, families)
  const finds = await times(RUNS, (nth) => search(page, BEGINNINGS[nth % BEGINNINGS.length]))
  report.time(`search_${name}`, finds)
  report.memory(`memory_${name}`, await memory(session, page))
  if (name === '4k') {
    const typist = await Typist.at(page)
    const { due } = await typist.ask('today')
    report.time('save_visit', await times(RUNS, (nth) => save(page, typist, due[nth])))
    report.requests('week_sync', await week(server, page, typist))
  }
  if (handset.errors.length) console.error(handset.errors)
  await handset.end()
  server.wire.mend()
}

const words = process.argv.slice(2)
const at = words.indexOf('--json')
const wanted = (size) => !words.some((word) => /^4/.test(word)) || words.includes(size)
const report = new Report()
const server = await Server.fresh('sqlite')
watchWorkers(server.wire, APP)
shortenTokens(server.wire)
try {
  if (wanted('4k')) {
    report.note('records_4k', await fill(server, [VILLAGE], 4000, 150))
    await measure(report, server, '4k', 'kader', [VILLAGE])
  }
  if (wanted('40k')) {
    report.note('records_40k', await fill(server, OF_PLKB, 8000, 300))
    await measure(report, server, '40k', 'plkb', OF_PLKB)
  }
} finally {
  console.log(String(report))
  if (at >= 0) writeFileSync(words[at + 1], report.json())
  await server.end()
}
