/**
 * What the tests of forms share: the real schema, one form with a pretend phone behind it.
 *
 * The rule this module protects: *tests press what she presses*.
 */

import { cleanup, fireEvent, render } from '@testing-library/preact'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeEach } from 'vitest'
import type { FieldState, Json, Schema } from '../../src/phone/contract'
import { FormScreen, type Done } from '../../src/forms/form_screen'
import { lang } from '../../src/words/words'
import { PretendPhone } from '../pretend/forms'

beforeEach(() => {
  lang.value = 'id'
})

/** As the core reads it. Needs `cargo xtask wasm`. */
export const schema = read_schema()

/** What the opener of a visit knows of a child. */
export const CHILD = {
  household_id: 'household-1',
  subject_id: 'm-1',
  target_group: 'baduta',
  child_age_days: 245,
}

function read_schema(): Schema {
  const folder = resolve(process.cwd(), existsSync('core') ? '../target/wasm' : 'target/wasm')
  return (JSON.parse(readFileSync(`${folder}/schema.json`, 'utf8')) as { schema: Schema }).schema
}

/** A question that is asked and has no answer yet. */
export function state_of(name: string, over: Partial<FieldState> = {}): FieldState {
  return {
    name,
    asked: true,
    demanded: true,
    value: null,
    source: 'none',
    flags: [],
    refused: null,
    others: [],
    ...over,
  }
}

export interface Bench {
  phone: PretendPhone
  done: Done[]
  toasts: (string | null)[]
  body: Element
}

/** Until the promises that are under way have come to rest. */
export async function rest(ms = 0): Promise<void> {
  await new Promise((ready) => setTimeout(ready, ms))
  await new Promise((ready) => setTimeout(ready, 0))
}

/** A form of `kind`, all on one page unless `is_stepped`. */
export async function form(
  kind: string,
  given: { [field: string]: Json } = {},
  prepare: (phone: PretendPhone) => void = () => undefined,
  is_stepped = false,
): Promise<Bench> {
  cleanup()
  const phone = new PretendPhone(schema)
  prepare(phone)
  const done: Done[] = []
  const toasts: (string | null)[] = []
  const { container } = render(
    <FormScreen
      kind={kind}
      given={given}
      phone={phone.as_phone()}
      schema={schema}
      onDone={(one) => done.push(one)}
      onLeave={(toast) => toasts.push(toast)}
      say_advice={(advice) => ({ title: advice.words, text: '' })}
    />,
  )
  await rest(5)
  if (!is_stepped) press(container, 'Semua dalam satu halaman')
  await rest(5)
  return { phone, done, toasts, body: container }
}

export function box(name: string): HTMLInputElement {
  const found = document.getElementById(`q-${name}`)
  if (!(found instanceof HTMLInputElement)) throw new Error(`no box for ${name}`)
  return found
}

export function write(name: string, text: string): void {
  fireEvent.input(box(name), { target: { value: text } })
}

export function leave(name: string): void {
  fireEvent.focusOut(box(name))
}

/** The button with these words; within a field when it is named. */
export function press(root: ParentNode, words: string): void {
  const buttons = [...root.querySelectorAll('button')]
  const found =
    buttons.find((button) => button.textContent?.trim().startsWith(words)) ??
    buttons.find((button) => button.getAttribute('aria-label')?.startsWith(words))
  if (!found)
    throw new Error(`no button "${words}" among: ${buttons.map((button) => button.textContent).join(' | ')}`)
  fireEvent.click(found)
}

export function question(name: string): HTMLElement {
  const found = document.getElementById(`q-${name}-label`)?.closest('fieldset')
  if (!found) throw new Error(`${name} is not asked`)
  return found
}

/** Ticks or chooses the option with these words. */
export function choose(name: string, words: string): void {
  const option = [...question(name).querySelectorAll('label.f-option')].find(
    (one) => one.textContent?.trim() === words,
  )
  const input = option?.querySelector('input')
  if (!input) throw new Error(`no option "${words}" of ${name}`)
  fireEvent.click(input)
}
