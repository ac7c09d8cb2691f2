// One phone, several people and the office: a colleague's own PIN, a forgotten PIN, a phone that is withdrawn.
//
// The rule this module protects: *whatever happens to the phone or the PIN, what was saved goes out*, under the name of who
// saved it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Handset } from './browser.mjs'
import { Office } from './office.mjs'
import { Server } from './server.mjs'
import * as steps from './steps.mjs'
import { follow, goTo, press, sees } from './steps.mjs'
import { FAMILIES, registerFamily } from './neighbours.mjs'

const PIN = '284719'
const OTHER_PIN = '630582'

/** An enrolled phone that has the village. */
async function withPhone(work) {
  const server = await Server.fresh('sqlite')
  const handset = new Handset(server.origin)
  try {
    const office = await Office.open(server)
    const colleague = await office.addWorker('Bu Lastri')
    const person = await server.addPerson('sri.kader')
    const page = await steps.open(handset)
    await steps.enrol(page, await server.invite(person))
    await steps.choosePin(page, PIN)
    await steps.atHome(page)
    await steps.connected(page)
    await work({ server, page, person, office, colleague })
    assert.deepEqual(handset.errors, [])
  } catch (why) {
    console.error(handset.errors, await handset.page?.locator('body').ariaSnapshot().catch(String))
    throw why
  } finally {
    await handset.end()
    await server.end()
  }
}

test('two kader on one phone: each has her own PIN and signs her own entries', { timeout: 90_000 }, () =>
  withPhone(async ({ server, page, colleague }) => {
    await goTo(page, 'Lainnya')
    await follow(page, 'Tambah teman di HP ini')
    await press(page, 'Bu Lastri')
    await steps.choosePin(page, OTHER_PIN)
    await sees(page, 'Bu Lastri sekarang bisa memakai HP ini')
    await registerFamily(page, FAMILIES[0])
    await steps.lock(page)
    await press(page, 'Bu Lastri')
    await steps.unlock(page, PIN)
    await sees(page, 'PIN belum cocok. Coba lagi pelan-pelan.')
    await steps.unlock(page, OTHER_PIN)
    await goTo(page, 'Hari ini')
    await page.getByRole('heading', { name: 'Bu Lastri' }).waitFor()
    await registerFamily(page, FAMILIES[1])
    await steps.send(page)
    const families = await server.rows('household')
    const authors = new Map()
    for (const { id, fields } of families) {
      const [first] = await server.api('GET', `/v1/records/${id}/history`)
      authors.set(fields.head_name, first.author)
    }
    assert.equal(authors.get('Wagiman'), colleague)
    assert.notEqual(authors.get('Moh. Suparmin'), colleague)
    assert.equal(authors.size, 2)
  }),
)

test('the office writes: whom to call, and a question that she answers', { timeout: 90_000 }, () =>
  withPhone(async ({ server, page, office }) => {
    await office.addWorker('Pak Wahyu', { role: 'plkb', phone: '081234567890' })
    await office.ask('Apakah keluarga Slamet sudah pindah?')
    await steps.openSending(page)
    await press(page, 'Kirim sekarang')
    await sees(page, 'Apakah keluarga Slamet sudah pindah?')
    await sees(page, 'Ada pertanyaan')
    await follow(page, 'Jawab')
    await steps.write(page, 'Isi', 'Belum, masih di RT 3.')
    await steps.save(page)
    await steps.send(page)
    const [question, answer] = (await server.rows('message')).sort((one) => (one.fields.message_type === 'question' ? -1 : 1))
    assert.equal(answer.fields.message_type, 'answer')
    assert.equal(answer.fields.reply_to, question.id)
    await steps.openSending(page)
    await press(page, 'Sudah dibaca')
    await page.getByText('Ada pertanyaan').waitFor({ state: 'detached' })
    await goTo(page, 'Lainnya')
    await follow(page, /^Hubungi PLKB/)
    await sees(page, 'Pak Wahyu')
    assert.equal(await page.locator('a[href="tel:+6281234567890"]').count(), 1)
  }),
)

test('a forgotten PIN is made anew with a code, and unsent work stays', { timeout: 90_000 }, () =>
  withPhone(async ({ server, page, person }) => {
    server.wire.cut()
    await registerFamily(page, FAMILIES[0])
    await steps.lock(page)
    await press(page, 'Lupa PIN?')
    server.wire.mend()
    await steps.typeCode(page, await server.pinCode(person))
    await press(page, 'Lanjut')
    await steps.choosePin(page, OTHER_PIN)
    await goTo(page, 'Keluarga')
    await page.getByRole('link', { name: /Moh. Suparmin/ }).waitFor()
    await steps.send(page)
    assert.deepEqual((await server.rows('household')).map(({ fields }) => fields.head_name), ['Moh. Suparmin'])
    await steps.lock(page)
    await steps.unlock(page, PIN)
    await sees(page, 'PIN belum cocok. Coba lagi pelan-pelan.')
    await steps.unlock(page, OTHER_PIN)
    await steps.atHome(page)
  }),
)

test('a phone that is withdrawn sends what it has, then forgets everything and says so', { timeout: 90_000 }, () =>
  withPhone(async ({ server, page, person }) => {
    server.wire.cut()
    await registerFamily(page, FAMILIES[0])
    const devices = await server.api('GET', '/v1/devices')
    const phone = devices.find((device) => device.person === person)
    await server.api('POST', `/v1/devices/${phone.id}/revoke`, {})
    server.wire.mend()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await sees(page, 'HP ini sudah tidak terdaftar')
    await sees(page, 'Semua catatan sudah diterima kantor.')
    const held = await server.api('GET', '/v1/quarantine')
    assert.match(JSON.stringify(held), /revoked_device/, 'it came, and waits for a person to look')
    await page.reload()
    await sees(page, 'Selamat datang di Lumbung')
  }),
)
