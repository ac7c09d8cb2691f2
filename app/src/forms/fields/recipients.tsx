/**
 * Who ate: names by target group, ticked quickly, with portions and what was eaten.
 *
 * The rule this module protects: *one line for one person*: a second tap takes the line away, it never adds.
 */

import { useState } from 'preact/hooks'
import type { Field, Json, Part, Row, TargetGroup } from '../../phone/contract'
import { decimal } from '../../words/format'
import { said } from '../../words/words'
import { as_group, code_label, portions_of, type Group } from '../values'
import { words } from '../words'
import { Chips, codes_of, SearchBox } from './choice'
import { useChoices } from './reference'
import type { WidgetProps } from './widget'

const GROUPS: TargetGroup[] = ['baduta', 'balita', 'pregnant', 'postpartum', 'catin', 'pus', 'teen', 'other']
/** Those a kitchen cooks for; the others are folded up. */
const MOSTLY = 5
const STEP = 0.5

/** Each person once, in the first of her groups; last those of whom the phone knows none. */
function by_group(rows: Row[]): [TargetGroup | null, Row[]][] {
  const found = new Map<TargetGroup | null, Row[]>([...GROUPS, null].map((group) => [group, []]))
  for (const row of rows) found.get(GROUPS.find((group) => row.groups?.includes(group)) ?? null)?.push(row)
  return [...found].filter(([, people]) => people.length > 0)
}

type Props = WidgetProps & { field: Field; onElement: (element: string, value: Json, shown: Json) => void }

export function Recipients({ desk, field, id, labelled, described, value, onElement }: Props) {
  const [sought, setSought] = useState('')
  const rows = useChoices(desk, 'member', sought) ?? []
  const [unfolded, setUnfolded] = useState<string[]>([])
  const chosen = as_group(value)
  const parts = typeof field.value === 'object' && 'group' in field.value ? field.value.group : []
  const line = (group: string): Group => {
    const blank: Group = {}
    for (const part of parts) blank[part.name] = null
    return { ...blank, target_group: group, portions: '1.0' }
  }
  const set = (changes: { [id: string]: Json }) => {
    let shown: Group = { ...chosen }
    for (const [element, next] of Object.entries(changes)) {
      const { [element]: _before, ...others } = shown
      shown = next === null ? others : { ...others, [element]: next }
      onElement(element, next, shown)
    }
  }
  return (
    <div role="group" aria-labelledby={labelled} aria-describedby={described}>
      <p class="f-sum" role="status">
        {words().recipients(Object.keys(chosen).length, decimal(String(portions_of(value))))}
      </p>
      <SearchBox value={sought} onInput={setSought} />
      {by_group(rows).map(([group, people], at) => {
        const title = group ? code_label(desk.schema, 'target_group', group) : words().no_group
        const is_folded =
          sought === '' &&
          group !== null &&
          GROUPS.slice(0, MOSTLY).every((usual) => usual !== group) &&
          !unfolded.includes(title) &&
          people.every((row) => !(row.id in chosen))
        if (is_folded) {
          return (
            <button
              key={title}
              type="button"
              class="f-button f-more"
              aria-expanded="false"
              onClick={() => setUnfolded([...unfolded, title])}>
              {title} ({people.length}) ▾
            </button>
          )
        }
        return (
          <div key={title} class="f-people">
            <div class="f-people-head">
              <h3>{title}</h3>
              <button
                type="button"
                class="f-button f-small"
                aria-label={`${words().all_of_group}: ${title}`}
                onClick={() =>
                  set(
                    Object.fromEntries(
                      people
                        .filter((row) => !(row.id in chosen))
                        .map((row) => [row.id, line(group ?? 'other')]),
                    ),
                  )
                }>
                {words().all}
              </button>
            </div>
            {people.map((row, nth) => (
              <Person
                key={row.id}
                row={row}
                line={row.id in chosen ? as_group(chosen[row.id] ?? null) : null}
                parts={parts}
                desk={desk}
                id={at === 0 && nth === 0 ? id : `${id}-${row.id}`}
                is_grouped={group !== null}
                onLine={(next) => set({ [row.id]: next })}
                start={line(group ?? 'other')}
              />
            ))}
          </div>
        )
      })}
      {rows.length === 0 && <p class="f-quiet">{words().none_found}</p>}
    </div>
  )
}

function Person({
  row,
  line,
  start,
  parts,
  desk,
  id,
  is_grouped,
  onLine,
}: {
  row: Row
  line: Group | null
  start: Group
  parts: Part[]
  desk: WidgetProps['desk']
  id: string
  is_grouped: boolean
  onLine: (line: Group | null) => void
}) {
  const part = (name: string) => parts.find((one) => one.name === name)
  const eaten = part('consumed')
  const group = part('target_group')
  const portions = Number(line?.portions ?? 1)
  const step = (by: number) => {
    if (line && portions + by > 0) onLine({ ...line, portions: (portions + by).toFixed(1) })
  }
  return (
    <div class="f-person">
      <label class="f-option">
        <input id={id} type="checkbox" checked={line !== null} onChange={() => onLine(line ? null : start)} />
        <span>
          <span class="f-two">
            <b>{row.title}</b>
            <small>{row.subtitle}</small>
          </span>
        </span>
      </label>
      {line && (
        <div class="f-person-more">
          <div class="f-number">
            <button
              type="button"
              class="f-step"
              aria-label={`${words().less}: ${row.title}`}
              onClick={() => step(-STEP)}>
              −
            </button>
            <span class="f-figure" aria-live="polite">
              {words().some_portions(decimal(String(portions)))}
            </span>
            <button
              type="button"
              class="f-step"
              aria-label={`${words().plus}: ${row.title}`}
              onClick={() => step(STEP)}>
              +
            </button>
          </div>
          {eaten && (
            <Chips
              options={codes_of({ desk, spec: eaten })}
              chosen={line.consumed ?? null}
              label={`${said(eaten.label)}: ${row.title}`}
              onChoose={(next) => onLine({ ...line, consumed: next })}
            />
          )}
          {!is_grouped && group && (
            <Chips
              options={codes_of({ desk, spec: group })}
              chosen={line.target_group ?? null}
              label={`${said(group.label)}: ${row.title}`}
              onChoose={(next) => next !== null && onLine({ ...line, target_group: next })}
            />
          )}
        </div>
      )}
    </div>
  )
}
