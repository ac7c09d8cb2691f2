/**
 * Would Chrome 87 run what was built? `node lint/chrome87.mjs FOLDER`
 *
 * The rule this module protects: *a phone that cannot be updated any more still opens the app*. Syntax is judged by a
 * parser that stops at ECMAScript 2021; calls and style by name, because polyfills are not taken in.
 */

import { parse } from 'acorn'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Younger than Chrome 87, with the version that brought each. A call behind its own check is written `x?.(..)`. */
const CALLS = [
  [/\.at\(-?\d+\)/, '.at() (92)'],
  [/\bObject\.hasOwn\b/, 'Object.hasOwn (93)'],
  [/(?<![.\w])structuredClone\(/, 'structuredClone (98)'],
  [/\bcrypto\.randomUUID\(/, 'crypto.randomUUID (92)'],
  [/\.findLast(Index)?\(/, 'findLast (97)'],
  [/\.(toSorted|toReversed|toSpliced)\(/, 'toSorted and friends (110)'],
  [/\bArray\.fromAsync\b/, 'Array.fromAsync (121)'],
  [/\bObject\.groupBy\b/, 'Object.groupBy (117)'],
  [/\bPromise\.(withResolvers|try)\b/, 'Promise.withResolvers (119)'],
  [/\bAbortSignal\.(timeout|any)\(/, 'AbortSignal.timeout (103)'],
  [/\.checkVisibility\(/, 'checkVisibility (105)'],
  [/\.showPicker\(/, 'showPicker (99)'],
  [/\bnew (Compression|Decompression)Stream\("deflate-raw"/, 'deflate-raw (103)'],
  [/\bUint8Array\.from(Base64|Hex)\(/, 'fromBase64 (140)'],
]

const STYLES = [
  [/:has\(/, ':has() (105)'],
  [/:(where|is)\(/, ':where() and :is() (88)'],
  [/@layer\b/, '@layer (99)'],
  [/@container\b/, '@container (105)'],
  [/aspect-ratio\s*:/, 'aspect-ratio (88)'],
  [/\d[dsl]v[hw]\b/, 'dvh and friends (108)'],
  [/color-mix\(/, 'color-mix() (111)'],
  [/accent-color\s*:/, 'accent-color (93)'],
  [/\b(oklch|oklab|lab|lch)\(/, 'colours of CSS 4 (111)'],
  [/[{;]\s*&/, 'nesting (112)'],
  [/@media[^{]*\(\s*(width|height)\s*[<>]/, 'ranges of media queries (104)'],
]

const folder = process.argv[2]
if (!folder) {
  console.error('usage: node lint/chrome87.mjs FOLDER')
  process.exit(2)
}

const complaints = []
const complain = (file, what) => complaints.push(`${file}: ${what}`)

/** Nothing that `text` says and Chrome 87 does not know. */
function named(file, text, table) {
  for (const [pattern, what] of table) {
    const found = pattern.exec(text)
    if (found) complain(file, `${what}: ${around(text, found.index)}`)
  }
}

function around(text, at) {
  return text.slice(Math.max(0, at - 30), at + 40).replace(/\s+/g, ' ')
}

function script(file, text) {
  try {
    parse(text, { ecmaVersion: 2021, sourceType: 'module' })
  } catch (why) {
    complain(file, `syntax: ${why.message}: ${around(text, why.pos ?? 0)}`)
  }
  named(file, text, CALLS)
}

/** A module that declares reference types (96) is refused when it is compiled. */
function wasm(file, bytes) {
  if (bytes.includes('reference-types')) complain(file, 'reference types (96)')
}

let looked = 0
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  const bytes = /\.(js|css|wasm)$/.test(file) ? readFileSync(join(folder, file)) : null
  if (!bytes) continue
  looked += 1
  if (file.endsWith('.js')) script(file, bytes.toString())
  else if (file.endsWith('.css')) named(file, bytes.toString(), STYLES)
  else wasm(file, bytes)
}
if (looked === 0) complain(folder, 'nothing was built here')
for (const line of complaints) console.error(line)
console.log(`chrome 87: ${looked} files, ${complaints.length} complaints`)
process.exit(complaints.length === 0 ? 0 : 1)
