// @vitest-environment happy-dom
/**
 * The PIN pad, the growth table, the long list, the strip, and a screen on a pretended phone.
 *
 * The rule this module protects: *what she sees is what the phone said*.
 */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { App } from '../../src/app'
import { markOf, ticks } from '../../src/growth/scale'
import { GrowthTable } from '../../src/growth/growth_section'
import type { Standing } from '../../src/phone/contract'
import { isEasy } from '../../src/phone/pin'
import { go } from '../../src/route'
import { NewPin } from '../../src/screens/new_pin'
import { begin } from '../../src/state'
import { initials } from '../../src/ui/parts'
import { PinPad } from '../../src/ui/pin_pad'
import { stripOf } from '../../src/ui/strip'
import { visible, Windowed } from '../../src/ui/windowed'
import { speak } from '../../src/words/words'
import { growth } from '../pretend/growth'
import { pretend } from '../pretend/phone'

beforeEach(() => {
  window.scrollTo = () => undefined
  speak('id')
  go('/', true)
})
afterEach(cleanup)

const press = (digits: string) => [...digits].forEach((digit) => fireEvent.click(screen.getByText(digit)))

describe('the PIN pad', () => {
  it('tells six digits once, and shows none', () => {
    const done = vi.fn()
    const { container } = render(<PinPad label="PIN" onDone={done} />)
    press('24681')
    expect(container.querySelectorAll('.dots .on')).toHaveLength(5)
    fireEvent.click(screen.getByLabelText('Hapus satu angka'))
    press('19')
    expect(done.mock.calls).toEqual([['246819']])
    expect(container.textContent).not.toContain('246')
  })
  it('takes a keyboard, and nothing while it waits', () => {
    const done = vi.fn()
    const { rerender } = render(<PinPad label="PIN" onDone={done} />)
    for (const key of '135790') fireEvent.keyDown(screen.getByLabelText('PIN'), { key })
    expect(done).toHaveBeenCalledWith('135790')
    rerender(<PinPad label="PIN" onDone={done} disabled />)
    for (const key of '135790') fireEvent.keyDown(screen.getByLabelText('PIN'), { key })
    expect(done).toHaveBeenCalledOnce()
  })
  it('wants a new PIN twice, and none that everybody tries', () => {
    const done = vi.fn()
    render(<NewPin onPin={done} />)
    press('123456')
    expect(screen.getByRole('alert').textContent).toContain('mudah ditebak')
    press('246810')
    press('246811')
    expect(screen.getByRole('alert').textContent).toContain('tidak sama')
    press('246810')
    press('246810')
    expect(done.mock.calls).toEqual([['246810']])
    expect(['111111', '987654', '012345', '135791'].map(isEasy)).toEqual([true, true, true, false])
  })
})

describe('growth', () => {
  it('stands in a table, newest first, with what should be measured again', () => {
    render(<GrowthTable growth={growth} standard="weight_for_age" />)
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows).toHaveLength(growth.points.length)
    expect(rows[0]?.textContent).toContain('8,85')
    expect(rows.map((row) => row.textContent).join()).toContain('perlu diukur ulang')
  })
  it('draws only what was measured', () => {
    const [point] = growth.points
    if (!point) throw new Error('there are points')
    expect(markOf('weight_for_age', { ...point, weight_kg: null })).toBeNull()
    expect(markOf('weight_for_length_height', point)).toMatchObject({ x: 58, y: 5.4 })
    expect(ticks(2.1, 16, 7)).toEqual([4, 6, 8, 10, 12, 14, 16])
  })
})

describe('a long list', () => {
  it('draws what is seen and a little more', () => {
    expect(visible(10_000, 80, 0, 640)).toEqual([0, 14])
    expect(visible(10_000, 80, 40_000, 640)).toEqual([494, 514])
    expect(visible(3, 80, -200, 640)).toEqual([0, 3])
    expect(visible(0, 80, 0, 640)).toEqual([0, 0])
  })
  it('of 10,000 rows has few in the page, each knowing its place', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `Keluarga ${i}`)
    render(
      <Windowed
        rows={rows}
        rowRem={5}
        label="Keluarga"
        keyOf={(row) => row}
        draw={(row) => <span>{row}</span>}
      />,
    )
    const drawn = screen.getAllByRole('listitem')
    expect(drawn.length).toBeLessThan(40)
    expect(drawn[2]?.getAttribute('aria-posinset')).toBe('3')
    expect(drawn[2]?.getAttribute('aria-setsize')).toBe('10000')
  })
})

it('is green only when all was received', () => {
  const now: Standing = {
    saved: 128,
    received: 128,
    unsent: 0,
    unsent_since_s: null,
    synced_at_s: null,
    phase: 'no_signal',
    refusal: null,
    progress: null,
    bytes_this_month: 0,
    records: 0,
    notices: 0,
    persisted: true,
    space_left_mb: null,
    update_ready: false,
  }
  expect(stripOf(now)).toMatchObject({ look: 'good', text: '128 tersimpan · 128 diterima' })
  const waiting = { ...now, received: 123, unsent: 5, unsent_since_s: Date.now() / 1000 }
  expect(stripOf(waiting)).toMatchObject({ look: 'wait', text: '5 belum terkirim sejak hari ini' })
  expect(stripOf({ ...waiting, phase: 'refused' }).look).toBe('bad')
})

it('has initials for names of every kind', () => {
  expect([initials('Siti Nurhaliza Rahmawati'), initials('Sumiati'), initials('')]).toEqual(['SR', 'S', '?'])
})

describe('the app', () => {
  it('shows no person while it is locked, and today once it is open', async () => {
    const { phone, on } = pretend({ life: 'waiting' })
    await begin({ ...phone, today: vi.fn(phone.today) }, on)
    render(<App />)
    expect(screen.queryByText('Sudah lewat')).toBeNull()
    cleanup()
    const open = pretend()
    await begin(open.phone, open.on)
    render(<App />)
    await waitFor(() => expect(screen.getByText('Sudah lewat')).toBeTruthy())
    expect(screen.getAllByText('7 dari 12')).toHaveLength(1)
  })
  it('speaks English everywhere at once', async () => {
    const { phone, on } = pretend()
    await begin(phone, on)
    go('/lainnya', true)
    render(<App />)
    fireEvent.click(screen.getByText('English'))
    await waitFor(() => expect(screen.getByText('Change PIN')).toBeTruthy())
    expect(document.documentElement.lang).toBe('en')
  })
})
