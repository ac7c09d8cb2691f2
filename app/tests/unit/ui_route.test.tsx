// @vitest-environment happy-dom
/**
 * Addresses, layers, and the way back.
 *
 * The rule this module protects: *back takes away the last thing that appeared*.
 */
import { beforeEach, expect, it, vi } from 'vitest'
import { address, go, lay, parse, route } from '../../src/route'
import { codeIn, tidy } from '../../src/screens/code_input'
import { international } from '../../src/screens/more'

/** What the browser does at back: the entry before, and its event. */
function pressBack(state: unknown, hash: string) {
  history.replaceState(state, '', hash)
  window.dispatchEvent(new PopStateEvent('popstate', { state }))
}

beforeEach(() => {
  window.scrollTo = () => undefined
  history.replaceState({ depth: 0, layers: 0 }, '')
  go('/', true)
})

it('parses a path, a query, and what somebody typed badly', () => {
  const { path, query } = parse('#/isi/visit?given=%7B%22a%22%3A1%7D')
  expect(path).toEqual(['isi', 'visit'])
  expect(query.get('given')).toBe('{"a":1}')
  expect(parse('').path).toEqual([])
  expect(parse('#/orang/50%').path).toEqual(['orang', '50%'])
  expect(address('orang', 'a/b')).toBe('/orang/a%2Fb')
})

it('goes deeper and tells where it is', () => {
  go('/keluarga/k-1')
  expect(route.value.path).toEqual(['keluarga', 'k-1'])
  expect(history.state).toEqual({ depth: 1, layers: 0 })
})

it('stays where it is when that is where she wants to go: back would do nothing', () => {
  go('/kirim')
  go('/kirim')
  expect(history.state).toEqual({ depth: 1, layers: 0 })
})

it('closes a sheet before it leaves the screen', () => {
  go('/keluarga')
  const close = vi.fn()
  lay(close)
  expect(history.state).toEqual({ depth: 2, layers: 1 })
  pressBack({ depth: 1, layers: 0 }, '#/keluarga')
  expect(close).toHaveBeenCalledOnce()
  expect(route.value.path).toEqual(['keluarga'])
})

it('steps back once when a sheet is asked to go twice before the browser has stepped', () => {
  const back = vi.spyOn(history, 'back').mockImplementation(() => undefined)
  const leave = lay(() => undefined)
  leave()
  leave()
  expect(back).toHaveBeenCalledOnce()
  back.mockRestore()
  pressBack({ depth: 0, layers: 0 }, '#/')
})

it('leaves no empty layer behind when a choice in a sheet leads on', () => {
  const close = vi.fn()
  lay(close)
  go('/isi/visit')
  expect(close).toHaveBeenCalledOnce()
  expect(history.state).toEqual({ depth: 1, layers: 0 })
  expect(route.value.path).toEqual(['isi', 'visit'])
})

it('knows of no layer after a reload, so that the next one closes', async () => {
  history.replaceState({ depth: 3, layers: 2 }, '', '#/isi/household')
  const steps = vi.spyOn(history, 'go').mockImplementation(() => undefined)
  vi.resetModules()
  const reloaded = await import('../../src/route')
  expect(steps).toHaveBeenCalledExactlyOnceWith(-2)
  expect(history.state).toMatchObject({ depth: 3, layers: 0 })
  const close = vi.fn()
  reloaded.lay(close)
  pressBack({ depth: 3, layers: 0 }, '#/isi/household')
  expect(close).toHaveBeenCalledOnce()
})

it('reads a code from a QR, an address, or as it was typed', () => {
  const code = 'ABCD1234EFGH5678'
  expect(codeIn('LUMBUNG:ABCD-1234-EFGH-5678')).toBe(code)
  expect(codeIn('https://lumbung.example/#kode=abcd-1234-efgh-5678')).toBe(code)
  expect(codeIn('abcd 1234 efgh 5678')).toBe(code)
  expect(codeIn('ABCD-1234')).toBeNull()
  expect(codeIn('https://example.org/something-else')).toBeNull()
  expect(tidy('o0iL u-x')).toBe('0011X')
})

it('writes a number as the telephone wants it', () => {
  expect(international('0812-0000-0001')).toBe('6281200000001')
  expect(international('+62 812 0000 0001')).toBe('6281200000001')
})
