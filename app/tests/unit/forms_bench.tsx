/**
 * What the tests of forms share: the real schema, one form with a pretend phone behind it.
 *
 * The rule this module protects: *tests press what she presses*.
 */

import { cleanup, fireEvent, render } from '@testing-library/preact'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Json, Schema } from '../../src/phone/contract'
import { FormScreen, type Done } from '../../src/forms/form_screen'
import { PretendPhone } from '../pretend/forms'
import { KADER_KINDS, read_schema, type Core } from '../pretend/schema'

const WASM = resolve(process.cwd(), existsSync('core') ? '../target/wasm' : 'target/wasm')

const READ = `
  import { readFileSync } from 'node:fs'
  const [folder, kinds] = process.argv.slice(1)
  const core = await import('file://' + folder + '/app_core.js')
  core.initSync({ module: readFileSync(folder + '/app_core_bg.wasm') })
  const answers = {}
  for (const kind of kinds.split(',')) answers[kind] = core.kind(kind)
  const lists = new Set(JSON.stringify(answers).match(/code\\W+(\\w+)/g).map((one) => one.replace(/^code\\W+/, '')))
  const named = {}
  for (const list of lists) named[list] = core.list(list)
  process.stdout.write(JSON.stringify({ answers, named }))
`

/** Needs `cargo xtask wasm`. Asked in a Node of its own, because the test's module loader stays within the app. */
export function real_schema(): Schema {
  const said = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', READ, WASM, KADER_KINDS.join(',')],
    { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 },
  )
  const { answers, named } = JSON.parse(said) as { [part: string]: { [name: string]: string } }
  return read_schema({ kind: (name) => answers![name]!, list: (name) => named![name]! } satisfies Core)
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
  schema: Schema,
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
      say_advice={(advice) => advice.words}
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
