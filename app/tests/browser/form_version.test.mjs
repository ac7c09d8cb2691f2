// A new version of the forms, which comes by sync.
//
// The rule this module protects: *a new question needs no new app*: the phone that synced asks it, saves it and sends it; the
// server keeps what it does not know yet.

import assert from 'node:assert/strict'
import test from 'node:test'
import * as hands from './hands.mjs'
import { until, village } from './village.mjs'

/** A question that no app was built with. */
const NEW = {
  number: 90,
  name: 'cooking_minutes',
  label: { id: 'Lama memasak', en: 'Cooking time' },
  shape: 'one',
  value: 'int',
  unit: 'menit',
  hard: { min: 1, max: 600 },
  soft: null,
  flags: [],
  elements: null,
  required: { optional: null },
  sensitivity: 0,
  sealed: false,
  policy: 'lww',
  writers: null,
  section: '',
  since: 2,
}

/** The document of the server's next version. */
async function nextDocument(server) {
  const document = await server.api('GET', '/v1/schema')
  const recipe = document.schema.kinds.find(({ name }) => name === 'menu_recipe')
  recipe.fields.push(NEW)
  recipe.form_version += 1
  document.schema.version += 1
  return document
}

test('a question of a newer form comes by sync, is asked, saved and sent', { timeout: 60_000 }, async (t) => {
  const { server, wire, enrolled } = await village(t)
  const document = await nextDocument(server)
  const version = String(document.schema.version)
  const asked = []
  wire.fate = (path) => {
    asked.push(path)
    if (path === '/v1/token' || path === '/v1/exchange') return { more_headers: { 'lumbung-schema': version } }
    if (path !== '/v1/schema') return null
    return { status: 200, headers: { 'content-type': 'application/json', 'lumbung-schema': version }, body: JSON.stringify(document) }
  }
  const phone = await enrolled()
  await until(() => asked.includes('/v1/schema'))
  await hands.send(phone.page, 0)
  await hands.startRecipe(phone.page, 'Pepes tahu')
  await phone.page.locator('#q-cooking_minutes').fill('45')
  await hands.pressSave(phone.page)
  await hands.isSaved(phone.page)
  await hands.send(phone.page, 1)
  const recipe = (await server.rows('menu_recipe')).find(({ fields }) => fields.name === 'Pepes tahu')
  // What the server does not know it exports by number.
  assert.deepEqual(recipe.fields[NEW.number], { int: 45 })
  // It survives the app: what was sent for is kept.
  await phone.close()
  await hands.unlock(await phone.open())
  await hands.startRecipe(phone.page, 'Sayur bayam')
  await phone.page.locator('#q-cooking_minutes').waitFor()
  assert.deepEqual(phone.errors, [])
})
