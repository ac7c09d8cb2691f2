// The states of a phone: new, enrolled, locked, sending, withdrawn, unreadable.
//
// The rule this module protects: *every state is reached as in the field*: by the real server, a cut wire, a damaged
// store; none is pretended.

import { VILLAGE } from '../server.mjs'
import { DESK } from './album.mjs'
import { enrol, PIN, typePin, visit } from './hands.mjs'

const WRONG_PIN = '975310'

export class States {
  constructor(server, handset, album, lang) {
    Object.assign(this, { server, handset, album, lang, page: handset.page })
  }

  take(name, options) {
    return this.album.take(this.page, `${this.lang}-${name}`, options)
  }

  /** From the first screen to an open phone with nothing in it. */
  async begin() {
    const { page, server, lang } = this
    if (lang === 'en') await page.locator('.segments button').nth(1).click()
    await this.take('welcome')
    await page.locator('.action button').click()
    await this.take('enrol')
    await this.refusedCode()
    this.person = await server.addPerson(`sri.${lang}`, 'kader', [VILLAGE], 'Sri Contoh')
    await enrol(page, await server.invite(this.person))
    await this.take('first-pin')
    await typePin(page)
    await this.take('first-pin-again')
    await typePin(page)
    await page.locator('.quick').waitFor()
    await this.take('today-empty')
    const empty = { families: '/keluarga', kitchen: '/dapur', activities: '/kegiatan', colleague: '/lainnya/teman', contact: '/lainnya/kontak' }
    for (const [name, hash] of Object.entries(empty)) {
      await visit(page, hash)
      await this.take(`${name}-empty`)
    }
  }

  async refusedCode() {
    const { page } = this
    const boxes = page.locator('.code input')
    for (let at = 0; at < 4; at += 1) await boxes.nth(at).fill('AB2C')
    await page.locator('.action button').click()
    await page.locator('[role="alert"]').waitFor()
    await this.take('enrol-refused')
  }

  /** Saves a family with a child of her own village. */
  async register() {
    const { page } = this
    await visit(page, '/isi/household')
    await page.locator('#q-head_name').fill('Damar Rekaan')
    await page.locator('#q-rt').fill('003')
    while ((await page.locator('#s-summary').count()) === 0) await page.locator('.f-foot .f-primary').click()
    await page.locator('.f-foot .f-primary').click()
    await page.locator('.f-saved').waitFor()
    await page.locator('.f-foot .f-primary').click()
    await page.locator('h2.name').waitFor()
  }

  /** Nothing unsent, unsent without signal, the server busy, all received. */
  async sending() {
    const { page, server } = this
    await visit(page, '/kirim')
    await this.take('sending-nothing')
    server.wire.cut()
    await this.register()
    await this.take('family-new')
    await visit(page, '/kirim')
    await page.locator('.action button').click()
    await page.waitForTimeout(600)
    await this.take('sending-no-signal')
    await this.take('sending-no-signal-wide', { size: DESK })
    server.wire.mend()
    server.wire.fate = (path) => (path === '/v1/push' ? { status: 503, headers: { 'retry-after': '30', 'content-type': 'application/json' }, body: '{}' } : null)
    await page.locator('.action button').click()
    await page.waitForTimeout(800)
    await this.take('sending-busy')
    server.wire.fate = () => null
    await page.locator('.action button').click()
    await page.locator('.strip.good').waitFor({ timeout: 40_000 }).catch(() => this.album.faults.push(`${this.lang}: sending never ended`))
    await this.take('sending-received')
  }

  async locked() {
    const { page } = this
    await visit(page, '/lainnya')
    await page.locator('main').getByText(this.lang === 'id' ? 'Kunci sekarang' : 'Lock now').click()
    await page.locator('.pin').waitFor()
    await this.take('unlock')
    await typePin(page, WRONG_PIN)
    await page.locator('.pin-says.error').waitFor({ timeout: 20_000 })
    await this.take('unlock-wrong')
    await page.locator('.buttons button').first().click()
    await page.locator('.sheet').waitFor()
    await this.take('unlock-forgot', { whole: false })
    await page.goBack()
    await page.locator('.sheet').waitFor({ state: 'detached' })
    await typePin(page, PIN)
    await page.locator('.quick').waitFor({ timeout: 20_000 })
  }

  /** With the largest letters everything still has its place. */
  async large() {
    const { page } = this
    await visit(page, '/lainnya')
    await page.locator('.segments').nth(1).locator('button').nth(2).click()
    for (const [name, hash] of Object.entries({ more: '/lainnya', today: '/', sending: '/kirim', form: '/isi/household' })) {
      await visit(page, hash)
      await this.take(`${name}-large`)
    }
    await visit(page, '/lainnya')
    await page.locator('.segments').nth(1).locator('button').first().click()
  }

  async secondTab() {
    const other = await this.handset.context.newPage()
    await other.goto(this.handset.origin)
    await other.locator('.said').waitFor()
    await this.album.take(other, `${this.lang}-second-tab`)
    await other.close()
  }

  async withdrawn() {
    const { page, server } = this
    for (const device of await server.api('GET', '/v1/devices')) {
      if (device.person === this.person) await server.api('POST', `/v1/devices/${device.id}/revoke`, {})
    }
    await visit(page, '/kirim')
    await page.locator('.action button').click()
    await page.locator('.said').waitFor({ timeout: 20_000 })
    await this.take('withdrawn')
  }

  /** Somebody else's phone, whose store is damaged behind her back. */
  async unreadable(other) {
    const page = await other.open()
    const person = await this.server.addPerson(`siti.${this.lang}`, 'kader', [VILLAGE], 'Siti Contoh')
    if (this.lang === 'en') await page.locator('.segments button').nth(1).click()
    await page.locator('.action button').click()
    await enrol(page, await this.server.invite(person))
    await typePin(page)
    await typePin(page)
    await page.locator('.quick').waitFor()
    await page.evaluate(damage)
    await page.reload()
    await page.locator('.pin').waitFor()
    await typePin(page)
    await page.locator('.said').waitFor({ timeout: 20_000 })
    await this.album.take(page, `${this.lang}-unreadable`)
  }
}

/** Runs in the page: every sealed piece of the store loses its sense. */
function damage() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open('lumbung')
    asked.onerror = () => failed(asked.error)
    asked.onsuccess = () => {
      const tx = asked.result.transaction(['snapshot', 'log'], 'readwrite')
      for (const name of ['snapshot', 'log']) {
        const store = tx.objectStore(name)
        store.openCursor().onsuccess = ({ target: { result: at } }) => {
          if (!at) return
          at.update(new Uint8Array(64))
          at.continue()
        }
      }
      tx.oncomplete = () => {
        asked.result.close()
        done()
      }
      tx.onerror = () => failed(tx.error)
    }
  })
}
