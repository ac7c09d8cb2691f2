/**
 * A day as day, month name and year; shortcuts for what is usual; births of which only the month or year is
 * known.
 *
 * The rule this module protects: *no day is made up*: a day that is not in the calendar or not whole is not
 * sent, and how well a birth is known is kept beside it.
 */

import { useState } from 'preact/hooks'
import type { Json } from '../../phone/contract'
import { today } from '../../words/format'
import { local_moment } from '../defaults'
import { as_group, day_after, is_day, write_day } from '../values'
import { words } from '../words'
import { Chips } from './choice'
import type { WidgetProps } from './widget'

type Precision = 'day' | 'month' | 'year'
type DayParts = { day: string; month: string; year: string }

const AHEAD = [7, 14, 30]

function split(value: Json): DayParts {
  const [year = '', month = '', day = ''] = typeof value === 'string' ? value.split('-') : []
  return { year, month, day: day.replace(/^0/, '') }
}

/** The parts as a day; null while something is missing. What the precision leaves open is the first. */
export function joined(parts: DayParts, precision: Precision): string | null {
  const month = precision === 'year' ? '01' : parts.month
  const day = precision === 'day' ? parts.day.padStart(2, '0') : '01'
  if (!/^\d{4}$/.test(parts.year) || !/^\d\d$/.test(month) || !/^\d\d$/.test(day) || day === '00') return null
  return `${parts.year}-${month}-${day}`
}

interface DayProps extends WidgetProps {
  precision?: Precision
  /** A month has no day. */
  is_month?: boolean
  /** Known parts of a day that is not whole any more. */
  start?: string
}

export function DateBox(props: DayProps) {
  const {
    id,
    labelled,
    described,
    value,
    spec,
    precision = 'day',
    is_month = false,
    onAnswer,
    onWrite,
  } = props
  const [parts, setParts] = useState(split(value ?? props.start ?? null))
  const whole = joined(parts, is_month ? 'month' : precision)
  const of_value = typeof value === 'string' ? (is_month ? `${value}-01` : value) : null
  // Another value than the boxes hold: it came from outside.
  const shown =
    of_value !== null && whole !== null && whole !== of_value && is_day(whole)
      ? split(of_value)
      : of_value !== null && whole === null && parts.year === ''
        ? split(of_value)
        : parts
  const is_impossible = whole !== null && !is_day(whole)
  const change = (part: Partial<DayParts>) => {
    const this_year =
      parts.year === '' && !/birth/.test(spec.name) ? { year: today().slice(0, 4) } : {}
    const next = { ...shown, ...this_year, ...part }
    setParts(next)
    const day = joined(next, is_month ? 'month' : precision)
    onWrite(day !== null && is_day(day) ? (is_month ? day.slice(0, 7) : day) : null)
  }
  const pick = (day: string) => {
    setParts(split(day))
    onAnswer(is_month ? day.slice(0, 7) : day)
  }
  const has_day = !is_month && precision === 'day'
  const digits = (text: string, most: number) => text.replace(/\D/g, '').slice(0, most)
  return (
    <div>
      {has_day && <Shortcuts spec={spec} value={value} onPick={pick} />}
      <div class="f-date">
        {has_day && (
          <label class="f-part">
            <span>{words().day}</span>
            <input
              id={id}
              class="f-input"
              type="text"
              inputMode="numeric"
              autoComplete="off"
              value={shown.day}
              aria-describedby={`${labelled} ${described}`}
              onInput={(event) => change({ day: digits(event.currentTarget.value, 2) })}
            />
          </label>
        )}
        {(is_month || precision !== 'year') && (
          <label class="f-part f-month">
            <span>{words().month}</span>
            <select
              id={has_day ? undefined : id}
              class="f-input"
              value={shown.month}
              aria-describedby={`${labelled} ${described}`}
              onChange={(event) => change({ month: event.currentTarget.value })}>
              <option value="">-</option>
              {MONTHS.map((month) => (
                <option key={month} value={month}>
                  {write_day(`2001-${month}`).split(' ')[0]}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="f-part">
          <span>{words().year}</span>
          <input
            id={precision === 'year' ? id : undefined}
            class="f-input"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={shown.year}
            aria-describedby={`${labelled} ${described}`}
            onInput={(event) => change({ year: digits(event.currentTarget.value, 4) })}
          />
        </label>
      </div>
      {is_impossible && (
        <p class="f-error" role="alert">
          {words().no_such_day}
        </p>
      )}
    </div>
  )
}

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']

function Shortcuts({
  spec,
  value,
  onPick,
}: Pick<WidgetProps, 'spec' | 'value'> & { onPick: (day: string) => void }) {
  if (/birth|lmp|wedding|declared|start_date/.test(spec.name)) return null
  const days = /^next_/.test(spec.name)
    ? AHEAD.map((days) => ({ value: day_after(days), label: words().in_days(days) }))
    : [
        { value: day_after(0), label: words().today },
        { value: day_after(-1), label: words().yesterday },
      ]
  return (
    <Chips
      options={days}
      chosen={value}
      label={words().day}
      onChoose={(day) => day !== null && onPick(day)}
    />
  )
}

const PRECISIONS: Precision[] = ['day', 'month', 'year']

/** A birth: the day, and how well it is known. */
export function BirthBox(props: WidgetProps) {
  const { value, onAnswer, onWrite } = props
  const { date = null, precision } = as_group(value)
  const [chosen, setChosen] = useState<Precision>(
    precision === 'month' || precision === 'year' ? precision : 'day',
  )
  const [start, setStart] = useState<string | undefined>(undefined)
  const group = (day: Json, known: Precision): Json => (day === null ? null : { date: day, precision: known })
  const options = [
    { value: 'day', label: words().full_date },
    { value: 'month', label: words().only_month },
    { value: 'year', label: words().only_year },
  ]
  return (
    <div>
      <Chips
        options={options}
        chosen={chosen}
        label={words().day}
        onChoose={(next) => {
          if (next !== 'day' && next !== 'month' && next !== 'year') return
          const is_finer = PRECISIONS.indexOf(next) < PRECISIONS.indexOf(chosen)
          setChosen(next)
          if (typeof date !== 'string') return
          // The day that a coarser answer stands for was never said: it is asked again.
          setStart(is_finer ? date.slice(0, chosen === 'year' ? 4 : 7) : undefined)
          onAnswer(is_finer ? null : group(joined(split(date), next), next))
        }}
      />
      <DateBox
        key={chosen}
        {...props}
        value={date}
        precision={chosen}
        start={start}
        onAnswer={(day) => onAnswer(group(day, chosen))}
        onWrite={(day) => onWrite(group(day, chosen))}
      />
    </div>
  )
}

/** A moment: the day and the time, with the offset of this phone. */
export function MomentBox(props: WidgetProps) {
  const { value, labelled, onAnswer, onWrite } = props
  const text = typeof value === 'string' ? value : ''
  const hour = text.slice(11, 16)
  const join = (day: Json, time: string): Json => {
    return typeof day === 'string' ? local_moment(new Date(`${day}T${time || '08:00'}`)) : null
  }
  const day = text === '' ? null : text.slice(0, 10)
  return (
    <div>
      <DateBox
        {...props}
        value={day}
        onAnswer={(next) => onAnswer(join(next, hour))}
        onWrite={(next) => onWrite(join(next, hour))}
      />
      <label class="f-part f-hour">
        <span>{words().hour}</span>
        <input
          class="f-input"
          type="time"
          value={hour}
          aria-describedby={labelled}
          onInput={(event) => day && onWrite(join(day, event.currentTarget.value))}
        />
      </label>
    </div>
  )
}
