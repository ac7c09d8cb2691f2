/**
 * The growth chart: the bands of the WHO and the child's points.
 *
 * The rule this module protects: *it can be read without colour*: each line has its own dash and number, the
 * child's line is the thickest and black, and the same numbers stand in a table.
 */
import type { Growth, Standard } from '../phone/contract'
import { age, decimal } from '../words/format'
import { words } from '../words/words'
import { cut, frameOf, markOf, MONTH_DAYS, ticks, type Curve, type Frame, type Mark } from './scale'

const WIDTH = 340
const HEIGHT = 320
const LEFT = 36
const RIGHT = 32
const TOP = 10
const BOTTOM = 44

/** From which line to which, and what it means. Between -2 and 2 is what is usual for the age. */
const bands: [number, number, string][] = [
  [-3, -2, 'watch'],
  [-2, 2, 'good'],
  [2, 3, 'watch'],
]

type Place = (at: [number, number]) => string

function path(points: [number, number][], place: Place): string {
  return points.map((point, i) => (i === 0 ? 'M' : 'L') + place(point)).join('')
}

function Bands(props: { curve: Curve; frame: Frame; place: Place }) {
  const { curve, frame, place } = props
  const line = (z: number) => {
    const found = curve.sd.find((one) => one.z === z)
    return found ? cut(curve, found.y, frame) : null
  }
  return (
    <>
      <rect class="help" x={LEFT} y={TOP} width={WIDTH - LEFT - RIGHT} height={HEIGHT - TOP - BOTTOM} />
      {bands.map(([low, high, look]) => {
        const [under, over] = [line(low), line(high)]
        if (!under || !over) return null
        return (
          <path
            class={look}
            d={`${path(under, place)}${path([...over].reverse(), place).replace('M', 'L')}Z`}
          />
        )
      })}
      {curve.sd.map(({ z, y }) => {
        const points = cut(curve, y, frame)
        const end = points[points.length - 1]
        const dash = z === 0 ? 'median' : Math.abs(z) === 2 ? 'two' : Math.abs(z) === 3 ? 'three' : ''
        const [endX = '0', endY = '0'] = end ? place(end).split(' ') : []
        return (
          <>
            {Math.abs(z) !== 1 && <path class={`line ${dash}`} d={path(points, place)} />}
            {Math.abs(z) !== 1 && (
              <text x={Number(endX) + 4} y={Number(endY) + 5}>
                {z > 0 ? `+${z}` : String(z).replace('-', '\u2212')}
              </text>
            )}
          </>
        )
      })}
    </>
  )
}

function Last(props: { mark: Mark; unit: string; x: number; y: number }) {
  const text = `${decimal(String(props.mark.y))} ${props.unit}`
  const width = text.length * 9 + 16
  const left = Math.min(Math.max(props.x - width / 2, LEFT + 2), WIDTH - RIGHT - width - 2)
  const top = props.y - 38 < TOP ? props.y + 12 : props.y - 38
  return (
    <>
      <rect class="flag" x={left} y={top} width={width} height={26} rx={7} />
      <text class="flag-text" x={left + width / 2} y={top + 18.5} text-anchor="middle">
        {text}
      </text>
    </>
  )
}

export function Chart(props: { growth: Growth; standard: Standard; name: string }) {
  const w = words.value.growth
  const curve = props.growth.curves.find((one) => one.standard === props.standard)
  if (!curve) return null
  const marks = props.growth.points
    .map((point) => markOf(props.standard, point))
    .filter((mark): mark is Mark => !!mark)
  marks.sort((a, b) => a.point.age_days - b.point.age_days)
  const frame = frameOf(curve, marks)
  const x = (value: number) =>
    LEFT + ((value - frame.from) / (frame.to - frame.from)) * (WIDTH - LEFT - RIGHT)
  const y = (value: number) =>
    HEIGHT - BOTTOM - ((value - frame.low) / (frame.high - frame.low)) * (HEIGHT - TOP - BOTTOM)
  const place: Place = ([at, value]) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`
  const byAge = props.standard !== 'weight_for_length_height'
  const scale = byAge ? MONTH_DAYS : 1
  const last = marks[marks.length - 1]
  const lastSaid = last
    ? `${decimal(String(last.y))} ${curve.unit}, ${age({ ...yearsOf(last.point.age_days), about: false })}`
    : w.empty
  const long = w[`${props.standard}Long`]
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={w.summary(long, lastSaid)}>
      <Bands curve={curve} frame={frame} place={place} />
      {ticks(frame.low, frame.high, 7).map((at) => (
        <>
          <path class="grid" d={`M${LEFT} ${y(at)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 5} y={y(at) + 5} text-anchor="end">
            {decimal(String(at))}
          </text>
        </>
      ))}
      {ticks(frame.from / scale, frame.to / scale, 8).map((at) => (
        <>
          <path class="grid" d={`M${x(at * scale)} ${TOP}V${HEIGHT - BOTTOM}`} />
          <text x={x(at * scale)} y={HEIGHT - BOTTOM + 18} text-anchor="middle">
            {at}
          </text>
        </>
      ))}
      <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 5} text-anchor="middle">
        {byAge ? w.ageAxis : w.lengthAxis}
      </text>
      <text x={4} y={HEIGHT - 5}>
        {curve.unit}
      </text>
      <path
        class="trend"
        d={path(
          marks.filter(({ point }) => !point.implausible).map((m) => [m.x, m.y]),
          place,
        )}
      />
      {marks.map((mark) => (
        <circle
          class={`point ${mark.point.implausible ? 'doubt' : ''}`}
          cx={x(mark.x)}
          cy={y(mark.y)}
          r={mark === last ? 6 : 4}
        />
      ))}
      {last && <Last mark={last} unit={curve.unit} x={x(last.x)} y={y(last.y)} />}
    </svg>
  )
}

/** An age in days as people say it; the phone has said the exact one beside the name. */
export function yearsOf(days: number): { years: number; months: number; days: number } {
  const months = Math.floor(days / MONTH_DAYS)
  return { years: Math.floor(months / 12), months: months % 12, days: Math.floor(days - months * MONTH_DAYS) }
}
