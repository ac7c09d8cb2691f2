// Chromium as a cheap phone: one profile folder is one phone, which outlives every crash of it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export class Handset {
  /** `settings.options`: of the browser; `settings.prepare(context)`: before the first page is opened. */
  constructor(origin, settings = {}) {
    this.origin = origin
    this.settings = settings
    this.folder = mkdtempSync(join(tmpdir(), 'handset-'))
    this.errors = []
  }

  /** Switches it on and opens the app. */
  async open(path = '/') {
    await this.switchOn()
    await this.page.goto(this.origin + path)
    return this.page
  }

  /** A page, and nothing in it. */
  async switchOn() {
    const options = {
      executablePath: CHROMIUM,
      args: FLAGS,
      viewport: { width: 360, height: 640 },
      locale: 'id-ID',
      timezoneId: 'Asia/Jakarta',
      reducedMotion: 'reduce',
      ...this.settings.options,
    }
    const launch = () => chromium.launchPersistentContext(this.folder, options)
    // Chromium itself was seen to crash while it started, before any page of ours.
    this.context = await launch().catch(launch)
    await this.settings.prepare?.(this.context)
    this.page = this.context.pages()[0] ?? (await this.context.newPage())
    this.watch(this.page)
    return this.page
  }

  /** What goes wrong in a page fails the test that looks at `errors`. */
  watch(page) {
    page.on('pageerror', (error) => this.errors.push(String(error)))
  }

  async close() {
    await this.context?.close()
    this.context = null
  }

  /** As a battery that dies: no page gets to say goodbye. */
  async die() {
    const browser = this.context
    const session = await browser.newCDPSession(this.page)
    session.send('Browser.crash').catch(() => {})
    await new Promise((done) => browser.once('close', done))
    this.context = null
  }

  async end() {
    await this.close().catch(() => {})
    rmSync(this.folder, { recursive: true, force: true })
  }
}
