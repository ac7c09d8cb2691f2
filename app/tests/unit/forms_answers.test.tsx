// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { day_after } from '../../src/forms/values'
import { box, CHILD, choose, form, leave, press, question, rest, write } from './forms_bench'

const last = <T,>(list: T[]): T | undefined => list[list.length - 1]

describe('answers', () => {
  test('a weight with a comma reaches the phone with a point, with who measured, once she pauses', async () => {
    const { phone } = await form('visit', CHILD)
    write('child_weight', '8,')
    write('child_weight', '8,05')
    expect(phone.typed).toEqual([])
    await rest(280)
    expect(phone.typed).toEqual([['child_weight', { kg: '8.05', measured_by: 'cadre' }]])
    press(question('child_weight'), 'Ubah')
    await rest(5)
    press(question('child_weight'), 'Posyandu')
    await rest(5)
    expect(last(phone.typed)).toEqual(['child_weight', { kg: '8.05', measured_by: 'posyandu' }])
    expect(box('child_weight').value).toBe('8,05')
    write('child_head', '44')
    leave('child_head')
    await rest(5)
    expect(last(phone.typed)).toEqual(['child_head', { cm: '44', measured_by: 'posyandu' }])
  })

  test('an emptied box takes the answer out', async () => {
    const { phone } = await form('uppka_sale')
    write('unit_price_idr', '5.000')
    leave('unit_price_idr')
    await rest(5)
    write('unit_price_idr', '')
    leave('unit_price_idr')
    await rest(5)
    expect(phone.typed).toEqual([
      ['unit_price_idr', 5000],
      ['unit_price_idr', null],
    ])
  })

  test('what is written is given to the phone when the screen goes dark', async () => {
    const { phone } = await form('household')
    write('head_name', 'Slamet')
    document.dispatchEvent(new Event('visibilitychange'))
    await rest(5)
    expect(phone.typed).toEqual([['head_name', 'Slamet']])
  })

  test('minus and plus, and never below what is possible', async () => {
    const { phone } = await form('pregnancy')
    press(question('living_children'), '+')
    press(question('living_children'), '−')
    press(question('living_children'), '−')
    await rest(5)
    expect(phone.typed.map(([, value]) => value)).toEqual([1, 0])
  })

  test('a question appears when its condition holds', async () => {
    const { phone } = await form('visit', CHILD)
    expect(() => question('kie_topics')).toThrow('not asked')
    choose('kie_given', 'Ya')
    await rest(5)
    choose('kie_topics', 'MPASI')
    await rest(5)
    expect(last(phone.typed)).toEqual(['kie_topics', ['mpasi']])
  })

  test('a birth of which only the month is known keeps that, and fills the plain month', async () => {
    const { phone } = await form('member')
    press(question('birth_date'), 'Bulan & tahun')
    fireEvent.change(question('birth_date').querySelector('select')!, { target: { value: '03' } })
    fireEvent.input(last([...question('birth_date').querySelectorAll('input')])!, {
      target: { value: '2026' },
    })
    await rest(280)
    expect(phone.values.birth_date).toEqual({ date: '2026-03-01', precision: 'month' })
    expect(phone.values.birth_month).toBe('2026-03')
    press(question('birth_date'), 'Tanggal lengkap')
    await rest(5)
    expect(phone.values.birth_date).toBe(null)
  })

  test('a line of ingredients is sent whole, an empty line is not', async () => {
    const { phone } = await form('menu_recipe')
    press(question('ingredients'), '+ Tambah baris')
    const names = () =>
      [...question('ingredients').querySelectorAll('.f-line-card')].map((line) => line.querySelector('input'))
    fireEvent.input(names()[1]!, { target: { value: 'Tempe' } })
    await rest(280)
    expect(last(phone.typed)).toEqual([
      'ingredients',
      [{ food_code: null, name: 'Tempe', grams: null, edible_percent: null }],
    ])
  })

  test('recipients: a tick is one portion, a second tick takes her out, all of a group at once', async () => {
    const { phone, body } = await form('meal_session')
    await rest(10)
    press(body, 'Semua dari kelompok ini: Baduta')
    await rest(10)
    expect(phone.typed.map(([name]) => name)).toEqual(['recipients.m-1', 'recipients.m-2'])
    expect(phone.typed[0]![1]).toMatchObject({
      target_group: 'baduta',
      portions: '1.0',
      consumed: null,
      delivered_by: null,
    })
    press(body, 'Tambah: Aisyah Putri')
    await rest(10)
    expect(last(phone.typed)).toEqual(['recipients.m-1', expect.objectContaining({ portions: '1.5' })])
    expect(question('recipients').textContent).toContain('2 orang, 2,5 porsi')
    fireEvent.click(box('recipients'))
    await rest(10)
    expect(last(phone.typed)).toEqual(['recipients.m-1', null])
  })

  test('a day by its shortcut, or by day, month and year; a day that is not in the calendar is not sent', async () => {
    const { phone } = await form('uppka_sale', {})
    press(question('sale_date'), 'Kemarin')
    await rest(5)
    expect(phone.typed).toEqual([['sale_date', day_after(-1)]])
    fireEvent.change(question('sale_date').querySelector('select')!, { target: { value: '02' } })
    write('sale_date', '31')
    await rest(280)
    expect(last(phone.typed)).toEqual(['sale_date', null])
    expect(question('sale_date').textContent).toContain('tidak ada di kalender')
  })

  test('a moment keeps its time when the day changes', async () => {
    const { phone } = await form('kampung_kb_activity')
    fireEvent.input(question('activity_date').querySelector('.f-hour input')!, { target: { value: '13:30' } })
    press(question('activity_date'), 'Kemarin')
    await rest(280)
    expect(phone.values.activity_date).toMatch(new RegExp(`^${day_after(-1)}T13:30:00[+-]`))
  })

  test('a round of screening is a month', async () => {
    const { phone } = await form('risk_screening', { household_id: 'household-1' })
    press(document.body, 'Lainnya')
    await rest(5)
    fireEvent.change(question('round').querySelector('select')!, { target: { value: '01' } })
    await rest(280)
    expect(phone.values.round).toMatch(/^\d{4}-01$/)
  })

  test('a place is taken from the phone when she taps', async () => {
    const coords = { latitude: -7.98, longitude: 112.63, accuracy: 12.4 }
    const getCurrentPosition = (found: (position: { coords: typeof coords }) => void) => found({ coords })
    Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition } })
    const { phone } = await form('household')
    press(question('location'), 'Ambil lokasi')
    await rest(5)
    expect(phone.values.location).toEqual({ latitude: '-7.980000', longitude: '112.630000', accuracy_m: 12 })
  })

  test('few records stand on the card, many in a sheet with a search box', async () => {
    const { phone } = await form('meal_session')
    await rest(10)
    choose('kitchen_id', 'MelatiRT 003')
    await rest(5)
    expect(phone.values.kitchen_id).toBe('dashat_kitchen-1')
    const many = Array.from({ length: 9 }, (_, at) => ({
      id: `k-${at}`,
      kind: 'uppka_group',
      title: `Kelompok ${at}`,
      subtitle: '',
      area: '',
      day: null,
      unsent: false,
      contested: false,
    }))
    const sale = await form('uppka_sale', {}, (phone) => {
      phone.choices = async () => many
    })
    press(question('group_id'), 'Pilih dari daftar')
    await rest(10)
    press(document.querySelector('[role=dialog]')!, 'Kelompok 7')
    await rest(10)
    expect(sale.phone.values.group_id).toBe('k-7')
    expect(question('group_id').textContent).toContain('Kelompok 7')
  })

  test('a village is a whole code or nothing', async () => {
    const { phone } = await form('transfer', { household_id: 'household-1' })
    write('to_village', '35.07.16')
    await rest(280)
    write('to_village', '35.07.16.2014')
    await rest(280)
    expect(phone.typed.map(([, value]) => value)).toEqual([null, '35.07.16.2014'])
  })

  test('what the opener knows is a line, and can be changed', async () => {
    await form('visit', CHILD)
    press(document.body, 'Lainnya')
    await rest(5)
    expect(document.getElementById('q-subject_id')?.textContent).toContain('Aisyah Putri')
    press(document.getElementById('q-target_group')!, 'Ubah')
    await rest(5)
    choose('target_group', 'Ibu hamil')
  })

  test('an answer that the phone does not take is said, tried again, and stands in the way of saving', async () => {
    const { phone, body } = await form('household')
    const type = phone.type.bind(phone)
    phone.type = async () => {
      throw new Error('full')
    }
    write('rt', '003')
    leave('rt')
    await rest(5)
    expect(body.textContent).toContain('belum tersimpan')
    press(body, 'Simpan')
    await rest(5)
    expect(body.textContent).toContain('"RT" belum bisa disimpan')
    phone.type = type
    press(body, 'Simpan')
    await rest(10)
    expect(phone.typed).toEqual([['rt', '003']])
    expect(body.textContent).toContain('Tersimpan di HP')
  })

  test('a number for each group', async () => {
    const { phone } = await form('education_session')
    write('participants_by_group', '12')
    await rest(280)
    expect(phone.typed).toEqual([['participants_by_group.catin', 12]])
  })
})
