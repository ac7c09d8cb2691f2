// The invented village: every screen with people on it.
//
// The rule this module protects: *what is shown is what the real core says*, of people who were invented.

import { DESK } from './album.mjs'
import { Forms } from './forms.mjs'
import { typePin, visit } from './hands.mjs'

const PEOPLE = {
  catin: 'Tiara',
  pregnant: 'Kenanga',
  postpartum: 'Mawar',
  baduta: 'Nila',
  balita: 'Dito',
  newborn: 'Bayu',
  other: 'Surya',
}

async function search(page, text) {
  await visit(page, '/keluarga')
  await page.locator('.search input').fill(text)
  await page.waitForTimeout(350)
}

/** Opens somebody by searching, and tells her id. */
async function open(page, name) {
  await search(page, name)
  await page.locator('main a.row').filter({ hasText: name }).first().click()
  await page.locator('.who').waitFor()
  return decodeURIComponent(page.url().split('/').pop())
}

const given = (kind, fields) => `/isi/${kind}?given=${encodeURIComponent(JSON.stringify(fields))}`

export class Practice {
  constructor(album, page, lang) {
    Object.assign(this, { album, page, lang, form: new Forms(album, page, lang) })
  }

  take(name, options) {
    return this.album.take(this.page, `${this.lang}-${name}`, options)
  }

  async practice() {
    await visit(this.page, '/lainnya')
    await this.page.locator('[role="switch"]').click()
    await this.page.locator('.quick').waitFor({ timeout: 20_000 })
  }

  async places() {
    const { page } = this
    await visit(page, '/')
    await this.take('today')
    await this.take('today-wide', { size: DESK })
    await visit(page, '/keluarga')
    await this.take('families')
    await this.filters()
    await search(page, 'melti')
    await this.take('families-search')
    await search(page, 'xyzzy')
    await this.take('families-no-hit')
    const places = { kitchen: '/dapur', sending: '/kirim', more: '/lainnya', pin: '/lainnya/pin', colleague: '/lainnya/teman', contact: '/lainnya/kontak', help: '/lainnya/bantuan', about: '/lainnya/tentang', lost: '/tidak-ada' }
    for (const [name, hash] of Object.entries(places)) {
      await visit(page, hash)
      await page.waitForTimeout(200)
      await this.take(name)
    }
    for (const segment of [0, 1, 2]) {
      await visit(page, '/kegiatan')
      await page.locator('.segments button').nth(segment).click()
      await this.take(`activities-${segment + 1}`)
      await visit(page, '/dapur')
      const tab = page.locator('.segments button').nth(segment)
      if (await tab.count()) {
        await tab.click()
        await this.take(`kitchen-${segment + 1}`)
      }
    }
    await visit(page, '/kirim')
    await this.take('sending-wide', { size: DESK })
  }

  async filters() {
    const { page } = this
    const chips = page.locator('.chip')
    for (let at = 0; at < Math.min(await chips.count(), 3); at += 1) {
      await visit(page, '/keluarga')
      await chips.nth(at).click()
      await page.waitForTimeout(200)
      await this.take(`families-filter-${at + 1}`, { whole: false })
      if (await page.locator('.sheet').count()) {
        await page.goBack()
        await page.locator('.sheet').waitFor({ state: 'detached' })
      } else await chips.nth(at).click()
    }
  }

  async people() {
    const { page } = this
    this.ids = {}
    for (const [group, name] of Object.entries(PEOPLE)) {
      this.ids[group] = await open(page, name)
      await page.waitForTimeout(300)
      await this.take(`person-${group}`)
      if (group === 'baduta') await this.growth()
    }
    await page.locator('button.round').last().click()
    await this.take('person-more', { whole: false })
    await this.closeSheet()
    await page.locator('a.text-link').first().click()
    await page.locator('h2.name').waitFor()
    this.household = decodeURIComponent(page.url().split('/').pop())
    await this.take('family')
    await this.take('family-wide', { size: DESK })
    await page.locator('.action button').click()
    await this.take('family-visit-whom', { whole: false })
    await this.closeSheet()
    await page.locator('button.round').last().click()
    await this.take('family-more', { whole: false })
    await this.closeSheet()
  }

  /** By the back button of the phone. */
  async closeSheet() {
    const sheet = this.page.locator('.sheet')
    await sheet.waitFor()
    await this.page.goBack()
    await sheet.waitFor({ state: 'detached' })
  }

  async growth() {
    const { page } = this
    await this.take('person-wide', { size: DESK })
    const tabs = page.locator('.segments button')
    for (let at = 0; at < (await tabs.count()); at += 1) {
      await tabs.nth(at).click()
      await page.locator('.chart').evaluate((chart) => chart.scrollIntoView({ block: 'center' }))
      await this.take(`growth-${at + 1}`, { whole: false })
    }
    await page.locator('details.more summary').click()
    await this.take('growth-table')
  }

  async forms() {
    const { form, ids, household } = this
    await form.fill('household', '/isi/household')
    await form.fill('member', given('member', { household_id: household }))
    for (const group of ['catin', 'pregnant', 'postpartum', 'baduta', 'balita']) {
      await form.fill(`visit-${group}`, given('visit', { household_id: await this.homeOf(ids[group]), subject_id: ids[group], target_group: group }))
    }
    await form.fill('risk_screening', given('risk_screening', { household_id: household }))
    await form.fill('couple', given('couple', { bride_id: ids.pregnant }))
    await form.fill('pregnancy', given('pregnancy', { mother_id: ids.postpartum }))
    await form.fill('consent', given('consent', { subject_id: ids.baduta }))
    await form.fill('transfer', given('transfer', { household_id: household }))
    for (const kind of ['kampung_kb', 'kampung_kb_activity', 'dashat_kitchen', 'menu_recipe', 'meal_session', 'education_session', 'uppka_group', 'uppka_sale', 'message']) {
      await form.fill(kind, `/isi/${kind}`)
    }
  }

  /** From the person's page, as the link of the family says. */
  async homeOf(person) {
    await visit(this.page, `/orang/${person}`)
    const link = this.page.locator('a.text-link').first()
    await link.waitFor()
    return decodeURIComponent((await link.getAttribute('href')).split('/').pop())
  }

  /** Questions the form asks back: a strange value, an impossible one, somebody who may be the same. */
  async doubts() {
    const { page, ids } = this
    const home = await this.homeOf(ids.baduta)
    await visit(page, given('visit', { household_id: home, subject_id: ids.baduta, target_group: 'baduta' }))
    await page.locator('.f-foot .f-primary').click()
    const weight = page.locator('#q-child_weight')
    await weight.fill('17,8')
    await page.locator('#q-child_length').focus()
    await page.waitForTimeout(500)
    await page.locator('.f-doubt').first().evaluate((doubt) => doubt.scrollIntoView({ block: 'center' }))
    await this.take('form-doubt')
    await weight.fill('178')
    await page.locator('#q-child_length').focus()
    await page.waitForTimeout(500)
    await this.take('form-refused')
    await page.locator('.f-head .f-icon-button').first().click()
    await visit(page, '/')
    await this.take('today-drafts')
    await visit(page, '/isi/household')
    await page.locator('#q-head_name').fill('Bagas Karangan')
    await page.locator('#q-rt').fill('001')
    await page.waitForTimeout(500)
    for (let step = 0; step < 3; step += 1) await page.locator('.f-foot .f-primary').click()
    await this.take('form-doubles')
  }

  async end() {
    await visit(this.page, '/lainnya')
    await this.page.locator('[role="switch"]').click()
    await this.page.waitForTimeout(300)
    if (await this.page.locator('.pin').count()) await typePin(this.page)
    await this.page.locator('.quick').waitFor()
  }
}
