/**
 * How a child grows: the measure that is looked at, the chart, the numbers.
 *
 * The rule this module protects: *numbers, never a verdict*: no line here names a condition.
 */
import { useState } from 'preact/hooks'
import type { Growth, Standard } from '../phone/contract'
import { phone, useAsked } from '../state'
import { Empty } from '../ui/empty'
import { Icon } from '../ui/icon'
import { Segmented } from '../ui/choices'
import { Card, Section, Skeletons } from '../ui/parts'
import { decimal, deviation, shortDay } from '../words/format'
import { words } from '../words/words'
import { Chart } from './chart'

const order: Standard[] = [
  'weight_for_age',
  'length_height_for_age',
  'weight_for_length_height',
  'head_for_age',
]

const scores: Record<Standard, 'waz' | 'haz' | 'whz' | null> = {
  weight_for_age: 'waz',
  length_height_for_age: 'haz',
  weight_for_length_height: 'whz',
  head_for_age: null,
}

export function GrowthTable(props: { growth: Growth; standard: Standard }) {
  const w = words.value.growth
  const score = scores[props.standard]
  const points = [...props.growth.points].reverse()
  const measure = (text: string | null) => (text === null ? '-' : decimal(text))
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={w.table}>
      <table class="numbers">
        <caption>{w.table}</caption>
        <thead>
          <tr>
            <th scope="col">{w.day}</th>
            <th scope="col">{w.weight} (kg)</th>
            <th scope="col">{w.length} (cm)</th>
            {score && <th scope="col">{w.score} (SD)</th>}
            <th scope="col">{w.trend}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => {
            const value = score ? point[score] : null
            return (
              <tr key={point.visit}>
                <td>{shortDay(point.day)}</td>
                <td>{measure(point.weight_kg)}</td>
                <td>{measure(point.length_cm)}</td>
                {score && (
                  <td>{point.implausible ? w.implausible : value === null ? '-' : deviation(value)}</td>
                )}
                <td>{point.trend ? w[point.trend] : '-'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

export function GrowthView(props: { growth: Growth; name: string }) {
  const w = words.value.growth
  const there = order.filter((one) => props.growth.curves.some((curve) => curve.standard === one))
  const [standard, setStandard] = useState<Standard>(there[0] ?? 'weight_for_age')
  return (
    <Card>
      <div class="stack">
        <Segmented<Standard>
          label={w.standards}
          value={standard}
          onChange={setStandard}
          options={there.map((value) => ({ value, text: w[value], long: w[`${value}Long`] }))}
        />
        <h3 class="small soft">{w[`${standard}Long`]}</h3>
        <Chart growth={props.growth} standard={standard} name={props.name} />
        <p class="small soft">{w.legend}</p>
        <details class="more">
          <summary>
            <Icon name="chart" size={20} />
            {w.showTable}
          </summary>
          <GrowthTable growth={props.growth} standard={standard} />
        </details>
      </div>
    </Card>
  )
}

export function GrowthSection(props: { person: string; name: string }) {
  const w = words.value
  const asked = useAsked(async () => ({ growth: await phone.growth(props.person) }), [props.person])
  const growth = asked.value?.growth
  if (asked.failed) return null
  return (
    <Section title={w.person.growth}>
      {growth && growth.points.length > 0 && <GrowthView growth={growth} name={props.name} />}
      {asked.value && !growth?.points.length && (
        <Card>
          <Empty art="book" level={3} title={w.growth.empty} text={w.growth.emptyText} />
        </Card>
      )}
      {!asked.value && <Skeletons heights={[20]} />}
    </Section>
  )
}
