// What her hands do: the code, the PIN, the address, the answers of a form.
//
// The rule this module protects: *only what a person can do*: taps, keys, and the back button; nothing of the app is
// reached behind its screen, but for the address, which is a link somebody may tap.

export const PIN = '482615'

export async function enrol(page, code) {
  const boxes = page.locator('.code input')
  const parts = code.replace(/[^0-9A-Za-z]/g, '').match(/.{1,4}/g)
  for (const [at, part] of parts.entries()) await boxes.nth(at).fill(part)
  await page.locator('.action button').click()
  await page.locator('.pin').waitFor()
}

export async function typePin(page, pin = PIN) {
  const keys = page.locator('.keys button')
  for (const digit of pin) await keys.filter({ hasText: new RegExp(`^${digit}$`) }).click()
}

/** Goes to an address as a link would. */
export async function visit(page, hash) {
  await page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)
  await page.waitForTimeout(120)
}

/** The language of this device, as the switch on the page More does it. */
export async function speak(page, lang) {
  await visit(page, '/lainnya')
  await page.locator('.segments').first().getByText(lang === 'id' ? 'Bahasa Indonesia' : 'English').click()
}

/** Fills in every question on the screen; `answers` are by the name of the field, otherwise what is usual. */
export async function answer(page, answers) {
  for (let round = 0; round < 4; round += 1) {
    const names = await page.locator('fieldset.f-question').evaluateAll((all) =>
      all.filter((one) => !one.dataset.done).map((one) => one.querySelector('legend')?.id ?? ''),
    )
    if (names.length === 0) return
    for (const id of names) await question(page, id, answers)
  }
}

async function question(page, legend, answers) {
  const name = legend.replace(/^q-/, '').replace(/-label$/, '')
  const box = page.locator(`fieldset.f-question:has(#${legend})`)
  if ((await box.count()) === 0) return
  await box.evaluate((one) => {
    one.dataset.done = 'yes'
  })
  const given = answers[name]
  if (given === null) return
  if (given !== undefined) return give(page, box, given)
  await usual(box)
}

/** The first choice, a middling number, some words: enough to be saved. */
async function usual(box) {
  if ((await box.locator('input:checked').count()) > 0) return
  const option = box.locator('.f-option').first()
  if (await option.count()) return option.click()
  const chip = box.locator('.f-chip').first()
  if (await chip.count()) return chip.click()
  const input = box.locator('input.f-input, textarea').first()
  if ((await input.count()) && (await input.inputValue()) === '') await input.fill(await middling(input))
}

async function middling(input) {
  const mode = await input.getAttribute('inputmode')
  return mode === 'decimal' ? '12,5' : mode === 'numeric' ? '12' : 'Contoh'
}

/** A text for the first box, a list of which options are tapped, a day as `YYYY-MM-DD`, or boxes by their place. */
async function give(page, box, given) {
  if (Array.isArray(given)) {
    for (const at of given) await box.locator('.f-option, .f-chip, .f-row').nth(at).click()
  } else if (/^\d{4}-\d\d-\d\d$/.test(given)) {
    const [year, month, day] = given.split('-')
    const parts = box.locator('.f-date')
    await parts.locator('input').first().fill(String(Number(day)))
    await parts.locator('select').selectOption(month)
    await parts.locator('input').last().fill(year)
  } else if (typeof given === 'object') {
    for (const [at, text] of Object.entries(given)) await box.locator('input.f-input').nth(Number(at)).fill(text)
  } else {
    await box.locator('input.f-input, textarea').first().fill(given)
  }
  await page.waitForTimeout(30)
}
