// Every form: its first step, a later one, the summary, saved.
//
// The rule this module protects: *every kind is really filled in and saved*: a form that cannot be saved, or says
// nothing on the way, fails the walk.

import { answer, visit } from './hands.mjs'

const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

/** By kind: what is answered otherwise than by the first choice. */
const ANSWERS = {
  household: { head_name: 'Damar Rekaan', rt: '003', rw: '001', hamlet: 'Dusun Krajan', address: 'Gang Contoh 9', location: null, kk_number: null, phone: '081200000000' },
  member: { full_name: 'Tirta Rekaan', birth_date: day(420), sex: [0], relationship: [2], nik: null, birth_weight: '3100', birth_length: '49,5', gest_age_at_birth: '39' },
  couple: { groom_name: 'Banyu Rekaan', groom_birth_date: day(9000), wedding_date: day(-80), groom_id: null },
  pregnancy: { lmp_date: day(80), living_children: '1', gravida_no: '2', last_child_birth_date: day(1200) },
  'visit-pregnant': { pregnant_weight: '54,2', pregnant_muac: '24,5', pregnant_height: '152', pregnant_gest_age_weeks: '21', pregnant_hb: '11,4', pregnant_blood_pressure: { 0: '110', 1: '70' }, notes: 'Ibu sehat' },
  'visit-postpartum': { postpartum_complication: [1], notes: null },
  'visit-baduta': { child_weight: '8,05', child_length: '71,5', child_muac: '13,2', child_head: '44', child_oedema: [1], child_illness_2w: [0], notes: null },
  'visit-balita': { child_weight: '15,2', child_length: '101,5', child_muac: '15', child_head: null, child_oedema: [1], notes: null },
  'visit-catin': { catin_weight: '49,5', catin_height: '155', catin_muac: '23,8', catin_hb: '12,1', notes: null },
  dashat_kitchen: { name: 'DASHAT Melati', start_date: day(300), sessions_per_week_plan: '2', capacity_portions: '40' },
  menu_recipe: { name: 'Bubur ikan kelor', yield_portions: '10', portion_g: '150', steps: 'Rebus beras, masukkan ikan dan kelor.', ingredients: { 0: 'Beras', 1: '500' } },
  meal_session: { portions_cooked: '30', portions_served_free: '28', portions_discarded: '0', served_by_group: null, ingredient_cost_idr: '350000' },
  education_session: { hours: '2', participants_by_group: '12' },
  uppka_group: { name: 'UPPKA Melati', members_total: '12', members_acceptor: '8' },
  uppka_sale: { product: 'Abon ikan', quantity: '10', unit_price_idr: '15000' },
  kampung_kb: { name: 'Kampung KB Melati', declared_on: day(900) },
  kampung_kb_activity: { title: 'Senam bersama', place: 'Balai desa', description: 'Senam pagi bersama ibu-ibu.' },
  transfer: { to_village: '35.07.16.2014', notes: 'Ikut suami' },
  message: { text: 'Timbangan posyandu rusak.' },
}

export class Forms {
  constructor(album, page, prefix) {
    Object.assign(this, { album, page, prefix })
  }

  /** Opens `hash`, answers it step by step, saves, and says done. `label`: the name of the screens. */
  async fill(label, hash) {
    const states = ['1', '2', '3', '4', '5', '6', '7', 'summary', 'saved', 'after']
    if (!states.some((state) => this.album.wants(`${this.prefix}-form-${label}-${state}`))) return
    try {
      await this.walk(label, hash)
    } catch (why) {
      this.album.faults.push(`${this.prefix} ${label}: ${why.message.split('\n').slice(0, 3).join(' ')}`)
    }
  }

  async walk(label, hash) {
    const { page } = this
    const take = async (state) => {
      await page.evaluate(() => window.scrollTo(0, 0))
      await this.album.take(page, `${this.prefix}-form-${label}-${state}`)
    }
    await visit(page, '/')
    await visit(page, hash)
    await page.locator('.f-question, .f-known').first().waitFor()
    const answers = ANSWERS[label] ?? {}
    for (let step = 1; step < 14; step += 1) {
      if (step === 1) await take('1')
      if (await page.locator('#s-summary').count()) break
      await answer(page, answers)
      await page.waitForTimeout(120)
      if (step > 1) await take(String(step))
      await page.locator('.f-foot .f-primary').click()
      await page.waitForTimeout(80)
    }
    await take('summary')
    const other = page.locator('section:has(> #f-doubles) > button').last()
    if (await other.count()) await other.click()
    await page.locator('.f-foot .f-primary').click()
    if (await page.locator('.f-danger').count()) await page.locator('.f-foot .f-primary').click()
    await page.locator('.f-saved').waitFor({ timeout: 4000 }).catch(() => this.album.faults.push(`${label}: was not saved`))
    await take('saved')
    await page.locator('.f-foot .f-primary').click()
    await page.waitForTimeout(200)
    await this.album.take(page, `${this.prefix}-form-${label}-after`)
  }
}
