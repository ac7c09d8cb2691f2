// @vitest-environment happy-dom
import { cleanup, fireEvent } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import type { Double } from '../../src/phone/contract'
import { lang } from '../../src/words/words'
import { box, CHILD, form, leave, press, question, rest, state_of, write } from './forms_bench'

describe('doubts', () => {
  test('an unusual value is asked about after she leaves, confirmed once, asked again when it changes', async () => {
    await form('uppka_sale')
    write('unit_price_idr', '300000')
    await rest(280)
    expect(question('unit_price_idr').textContent).not.toContain('Apakah benar?')
    leave('unit_price_idr')
    await rest(5)
    expect(question('unit_price_idr').textContent).toContain('Apakah benar?')
    press(question('unit_price_idr'), 'Ya, benar')
    await rest(5)
    expect(question('unit_price_idr').textContent).not.toContain('Apakah benar?')
    write('unit_price_idr', '400000')
    await rest(280)
    expect(question('unit_price_idr').textContent).toContain('Apakah benar?')
  })

  test('an impossible value says what is possible, and saving is asked twice, never blocked', async () => {
    const { body, done } = await form('visit', CHILD)
    write('child_head', '80')
    leave('child_head')
    await rest(5)
    expect(question('child_head').textContent).toContain('Yang mungkin: 25 sampai 65 cm.')
    press(body, 'Simpan')
    await rest(5)
    expect(body.textContent).toContain('akan ditahan')
    press(body, 'Simpan juga')
    await rest(10)
    expect(body.textContent).toContain('Tersimpan di HP')
    press(body, 'Kunjungan lain di keluarga ini')
    expect(done).toEqual([{ record: 'r-1', kind: 'visit', then: 'same_family' }])
  })

  test('two people saw different things: both are shown, and she may still answer', async () => {
    await form('visit', CHILD, (phone) => {
      const others = [
        { value: 'healthy', author: 'Bu Wati', day: '2026-11-20' },
        { value: 'ill', author: 'Bidan Rina', day: '2026-11-21' },
      ]
      phone.extra = { fields: [state_of('child_status', { source: 'recorded', others })] }
    })
    expect(question('child_status').textContent).toMatch(/Sehat.*Bu Wati.*Sakit.*Bidan Rina.*PLKB/)
  })
})

describe('saving', () => {
  test('a newer value is shown first, and chosen for each answer', async () => {
    const { phone, body } = await form('uppka_sale', { product: 'Abon' }, (phone) => {
      phone.stale = [{ field: 'product', element: null, value: 'Keripik', author: 'Bidan Rina' }]
    })
    press(body, 'Simpan')
    await rest(10)
    expect(body.textContent).toMatch(/Isian IbuAbon/)
    expect(body.textContent).toMatch(/Bidan Rina\)Keripik/)
    press(body, 'Pakai yang baru')
    await rest(5)
    fireEvent.click(body.querySelector('.f-warn > .f-primary')!)
    await rest(10)
    expect(phone.typed).toEqual([['product', 'Keripik']])
    expect(phone.saved_beside).toBe(true)
    expect(body.textContent).toContain('Tersimpan di HP')
  })

  test('a possible double is shown before saving', async () => {
    const double = {
      is: 'family',
      id: 'h-9',
      household: 'h-9',
      name: 'Slamet',
      head: 'Slamet',
      rt: '003',
      age: null,
      groups: [],
      score: 90,
      why: [],
    } as Double
    const { body } = await form('household', {}, (phone) => {
      phone.extra = { doubles: [double] }
    })
    press(body, 'Simpan')
    await rest(10)
    expect(document.activeElement?.textContent).toBe('Apakah keluarga ini yang dimaksud?')
    press(body, 'Bukan, ini yang lain')
    await rest(5)
    press(body, 'Simpan')
    await rest(10)
    expect(body.textContent).toContain('Tersimpan di HP')
  })

  test('leaving asks nothing and keeps the draft; only deleting asks', async () => {
    const untouched = await form('household')
    press(untouched.body, 'Tutup')
    await rest(5)
    expect([untouched.phone.left, untouched.toasts]).toEqual([[true], [null]])
    const { phone, body, toasts } = await form('household')
    write('rt', '003')
    press(body, 'Tutup')
    await rest(5)
    expect([phone.left, toasts, phone.typed]).toEqual([[true], ['Draf tersimpan'], [['rt', '003']]])
    const dropped = await form('household')
    press(dropped.body, 'Hapus draf ini')
    await rest(5)
    press(dropped.body, 'Ya, hapus')
    await rest(5)
    expect(dropped.phone.left).toEqual([false])
  })

  test('taken away by the back button it keeps its draft, and is closed once', async () => {
    const { phone } = await form('household')
    write('rt', '003')
    cleanup()
    await rest(5)
    expect([phone.left, phone.typed]).toEqual([[true], [['rt', '003']]])
  })
})

describe('steps', () => {
  test('one section after the other, the focus on its heading, a missing answer is a link', async () => {
    const { body } = await form('household', {}, undefined, true)
    expect(body.textContent).toContain('Bagian 1 dari 4')
    press(body, 'Lanjut')
    await rest(5)
    expect(document.activeElement?.textContent).toBe('Kartu dan telepon')
    press(body, 'Lanjut')
    await rest(5)
    press(body, 'Periksa')
    await rest(5)
    press(body, 'RT')
    await rest(5)
    expect(document.activeElement).toBe(box('rt'))
  })

  test('in English everything is English', async () => {
    lang.value = 'en'
    const { body } = await form('household', {}, undefined, true)
    expect(body.textContent).toContain('Part 1 of 4')
    expect(body.textContent).toContain('Name of the head of family')
  })
})
