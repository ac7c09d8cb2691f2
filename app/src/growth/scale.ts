/**
 * From measures to the paper: where a value lies on the chart, and which values the axes name.
 *
 * The rule this module protects: *the child is in view*: the window shows her points with room around them,
 * not the whole of five years in which a month is a hair's breadth.
 */
import type { Growth, GrowthPoint, Standard } from '../phone/contract'

export type Curve = Growth['curves'][number]

export interface Mark {
  point: GrowthPoint
  x: number
  y: number
  /** Hundredths of a standard deviation, when the standard has a score. */
  score: number | null
}

export interface Frame {
  from: number
  to: number
  low: number
  high: number
}

export const MONTH_DAYS = 30.4375

/** What a standard draws of a measurement, or null when that was not measured. */
export function markOf(standard: Standard, point: GrowthPoint): Mark | null {
  const number = (text: string | null) => (text === null ? null : Number(text))
  const [kg, cm, head] = [number(point.weight_kg), number(point.length_cm), number(point.head_cm)]
  const at = (x: number | null, y: number | null, score: number | null): Mark | null =>
    x === null || y === null || Number.isNaN(x + y) ? null : { point, x, y, score }
  if (standard === 'weight_for_age') return at(point.age_days, kg, point.waz)
  if (standard === 'length_height_for_age') return at(point.age_days, cm, point.haz)
  if (standard === 'weight_for_length_height') return at(cm, kg, point.whz)
  return at(point.age_days, head, null)
}

/** By age always from birth, to the next half-year after the last point; by length ten centimetres around. */
export function frameOf(curve: Curve, marks: Mark[]): Frame {
  const byAge = curve.standard !== 'weight_for_length_height'
  const first = curve.x[0] ?? 0
  const end = curve.x[curve.x.length - 1] ?? 1
  const xs = marks.map((mark) => mark.x)
  const half = 6 * MONTH_DAYS
  const last = xs.length === 0 ? half : Math.max(...xs)
  const from = byAge ? first : Math.max(first, (xs.length === 0 ? first : Math.min(...xs)) - 5)
  const wanted = byAge ? Math.max(2, Math.ceil((last + 15) / half)) * half : last + 7
  const to = Math.min(end, Math.max(from + 1, wanted))
  const ys = marks.map((mark) => mark.y)
  for (const { y } of curve.sd) {
    curve.x.forEach((x, i) => {
      if (x >= from && x <= to) ys.push(y[i] ?? 0)
    })
  }
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const room = (high - low) * 0.03
  return { from, to, low: Math.max(0, low - room), high: high + room }
}

/** Round values, at most about `most` of them. */
export function ticks(low: number, high: number, most: number): number[] {
  const steps = [0.5, 1, 2, 3, 5, 6, 10, 12, 20]
  const step = steps.find((one) => (high - low) / one <= most) ?? 50
  const found: number[] = []
  for (let at = Math.ceil(low / step) * step; at <= high + 1e-9; at += step) found.push(at)
  return found
}

/** The part of a curve inside the frame, as points; its two ends are reckoned where the frame cuts it. */
export function cut(curve: Curve, y: number[], frame: Frame): [number, number][] {
  const all = curve.x.map((x, i): [number, number] => [x, y[i] ?? 0])
  const at = (x: number): [number, number] => {
    const i = Math.max(
      1,
      all.findIndex(([one]) => one >= x),
    )
    const [x0, y0] = all[i - 1] ?? [x, 0]
    const [x1, y1] = all[i] ?? [x0, y0]
    return [x, x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)]
  }
  return [at(frame.from), ...all.filter(([x]) => x > frame.from && x < frame.to), at(frame.to)]
}
