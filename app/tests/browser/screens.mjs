// Walks through every screen in both languages, takes its picture, and holds it against WCAG 2.2 AA.
//
// node tests/browser/screens.mjs [--out folder] [--only part-of-a-name] [--lang id] [--parts sending,people,..] [--docs]
//
// The rule this module protects: *a screen that nobody has looked at is not finished*: what a machine can see ends this
// program with an error, what only eyes can see lies in the folder.

import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Handset } from './browser.mjs'
import { Album } from './screens/album.mjs'
import { isChosen, writeDocs } from './screens/docs.mjs'
import { Practice } from './screens/practice.mjs'
import { States } from './screens/states.mjs'
import { Server } from './server.mjs'

const PATIENCE_MS = 6000
const ROOT = resolve(import.meta.dirname, '../../..')
const PARTS = ['sending', 'locked', 'large', 'secondTab', 'practice', 'places', 'people', 'doubts', 'forms', 'end', 'unreadable', 'withdrawn']
const { values: wanted } = parseArgs({
  options: {
    out: { type: 'string', default: join(ROOT, 'target/screens') },
    only: { type: 'string' },
    lang: { type: 'string' },
    parts: { type: 'string', default: PARTS.join(',') },
    docs: { type: 'boolean', default: false },
  },
})
const parts = wanted.parts.split(',')

async function walk(server, album, lang) {
  const [handset, other] = [new Handset(server.origin), new Handset(server.origin)]
  try {
    const page = await handset.open()
    page.setDefaultTimeout(PATIENCE_MS)
    const states = new States(server, handset, album, lang)
    const practice = new Practice(album, page, lang)
    await states.begin()
    for (const part of PARTS.filter((one) => parts.includes(one))) {
      const walker = part in practice ? practice : states
      await walker[part](other).catch((why) => album.faults.push(`${lang} ${part}: ${why.message.split('\n').slice(0, 4).join(' ')}`))
    }
  } finally {
    album.faults.push(...handset.errors, ...other.errors)
    await handset.end()
    await other.end()
  }
}

const wants = (name) => (wanted.docs ? isChosen(name) : name.includes(wanted.only ?? ''))
const album = new Album(wanted.out, wants)
const server = await Server.fresh('sqlite')
try {
  for (const lang of wanted.lang ? [wanted.lang] : ['id', 'en']) await walk(server, album, lang)
} finally {
  await server.end()
}
for (const fault of album.faults) console.error(fault)
if (wanted.docs) await writeDocs(wanted.out, join(ROOT, 'docs/screens'))
console.log(`${album.count} screens in ${wanted.out}, ${album.faults.length} faults`)
process.exitCode = album.faults.length > 0 ? 1 : 0
