// A village for one test: a server, and phones that are gone when the test ends.

import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Handset } from './browser.mjs'
import * as hands from './hands.mjs'
import { APP, Server } from './server.mjs'

/** Longer than a phone waits before it tries again by itself. */
const PATIENCE_MS = 30_000

export async function village(t, options = {}) {
  const server = await Server.fresh(options.kind ?? 'sqlite', options.words, options.app)
  t.after(() => server.end())
  let people = 0

  /** Switched off, of nobody. */
  const handset = (settings) => {
    const handset = new Handset(server.origin, settings)
    t.after(() => handset.end())
    const open = handset.open.bind(handset)
    handset.open = async (path) => {
      const page = await open(path)
      page.setDefaultTimeout(PATIENCE_MS)
      return page
    }
    return handset
  }
  const invited = async () => {
    people += 1
    const person = await server.addPerson(`kader-${people}`)
    return { person, code: await server.invite(person) }
  }
  /** Of a new kader, open and enrolled. */
  const enrolled = async (settings) => {
    const phone = handset(settings)
    const { person, code } = await invited()
    const page = await phone.open()
    await hands.enrol(page, code)
    phone.person = person
    return phone
  }
  return { server, wire: server.wire, handset, invited, enrolled }
}

/** What everything ends with: exactly these on the server, each once. */
export async function serverHas(server, names) {
  assert.deepEqual(await hands.recipes(server), [...names].sort())
}

export function alertSays(page, words) {
  return page.getByRole('alert').filter({ hasText: words }).first().waitFor()
}

export async function until(holds) {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 50))
}

/** A folder of the app to change something in. Gone when the test ends. */
export function copyOfApp(t) {
  const folder = mkdtempSync(join(tmpdir(), 'app-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(APP, folder, { recursive: true })
  return folder
}
