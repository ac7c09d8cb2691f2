// The album: a screenshot of a screen, and what axe says against it.
//
// The rule this module protects: *a screen is looked at when it is still*, as she would see it, and every violation is
// told with the screen on which it was found.

import AxeBuilder from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const STILL_MS = 150
const PHONE = { width: 360, height: 640 }
export const DESK = { width: 1280, height: 800 }
/** Roles and names of the elements that scroll past the right edge. */
const beyond_edge = () => {
  const wide = document.documentElement.scrollWidth - window.innerWidth
  return wide > 0 ? [`${wide} px wider than the window`] : []
}

export class Album {
  /** `wants`: which screens, by name. */
  constructor(folder, wants) {
    this.folder = folder
    this.wants = wants
    this.faults = []
    this.count = 0
    mkdirSync(folder, { recursive: true })
  }

  /** `name` is the file's; `whole`: also what lies below the edge. */
  async take(page, name, { whole = true, size = PHONE } = {}) {
    if (!this.wants(name)) return
    await page.setViewportSize(size)
    await page.waitForFunction(() => !document.querySelector('.skeleton, [aria-busy="true"]'), null, { timeout: 5000 }).catch(() => {
      this.faults.push(`${name}: still waiting`)
    })
    await page.waitForTimeout(STILL_MS)
    await page.screenshot({ path: join(this.folder, `${name}.png`), animations: 'disabled' })
    const tall = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight + 8)
    if (tall && size === PHONE) await this.judgeWhole(page, name, whole)
    else await this.judge(page, name)
    this.count += 1
  }

  /** The window grown to the page: what sticks to an edge lies at the edge of the whole,
   * and nothing half hidden is too small to touch. */
  async judgeWhole(page, name, isTaken) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width: PHONE.width, height: Math.min(height + 4, 6000) })
    await page.waitForTimeout(STILL_MS)
    if (isTaken) await page.screenshot({ path: join(this.folder, `${name}-whole.png`), animations: 'disabled' })
    await this.judge(page, name)
    await page.setViewportSize(PHONE)
  }

  async judge(page, name) {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
    for (const { id, help, nodes } of violations) {
      this.faults.push(`${name}: ${id}: ${help}: ${nodes.slice(0, 2).map((node) => node.html.slice(0, 140)).join(' | ')}`)
    }
    for (const fault of await page.evaluate(beyond_edge)) this.faults.push(`${name}: ${fault}`)
  }
}
