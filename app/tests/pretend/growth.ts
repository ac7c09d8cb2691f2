/**
 * Curves that look like growth, and a child's measurements on them. Not the tables of the WHO: shapes only.
 *
 * The rule this module protects: *invented numbers are for looking at*; what is true is tested in the core.
 */
import type { Growth, GrowthPoint } from '../../src/phone/contract'
import { day } from './village'

const zs = [-3, -2, -1, 0, 1, 2, 3]
const weight = (days: number) => 3.3 + 6.4 * Math.pow(days / 365, 0.52) + (days / 365) * 0.35
const length = (days: number) => 49.9 + 25.8 * Math.pow(days / 365, 0.62)
const ages = Array.from({ length: 62 }, (_, i) => i * 30)

const measured: [number, string, string, GrowthPoint['trend']][] = [
  [62, '5.4', '58.0', 'B'],
  [93, '6.1', '60.8', 'N'],
  [124, '6.6', '63.0', 'N'],
  [185, '7.3', '66.1', 'O'],
  [216, '7.6', '67.4', 'N'],
  [247, '3.1', '68.5', 'N'],
  [308, '8.2', '70.9', 'O'],
  [400, '8.6', '74.0', 'O'],
  [431, '8.6', '74.8', 'T'],
  [490, '8.85', '76.2', 'O'],
]

export const growth: Growth = {
  sex: 'male',
  birth_day: day(-490),
  points: measured.map(([age, kg, cm, trend], i) => ({
    visit: `kunjungan-${i}`,
    day: day(age - 490),
    age_days: age,
    weight_kg: kg,
    length_cm: cm,
    head_cm: null,
    waz: Math.round(((Number(kg) - weight(age)) / (weight(age) * 0.115)) * 100),
    haz: Math.round(((Number(cm) - length(age)) / (length(age) * 0.036)) * 100),
    whz: -64,
    implausible: kg === '3.1',
    trend,
  })),
  curves: [
    {
      standard: 'weight_for_age',
      unit: 'kg',
      x: ages,
      sd: zs.map((z) => ({ z, y: ages.map((x) => weight(x) * (1 + z * 0.115)) })),
    },
    {
      standard: 'length_height_for_age',
      unit: 'cm',
      x: ages,
      sd: zs.map((z) => ({ z, y: ages.map((x) => length(x) * (1 + z * 0.036)) })),
    },
    {
      standard: 'weight_for_length_height',
      unit: 'kg',
      x: ages.map((_, i) => 45 + i),
      sd: zs.map((z) => ({ z, y: ages.map((_, i) => (2.4 + i * 0.23) * (1 + z * 0.09)) })),
    },
  ],
}
