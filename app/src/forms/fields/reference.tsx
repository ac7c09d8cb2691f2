/**
 * Another record: a person, a kitchen, a colleague. One or many, chosen in a sheet with a search box.
 *
 * The rule this module protects: *she sees names, never ids*.
 */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Row } from '../../phone/contract'
import { lay } from '../../route'
import { said } from '../../words/words'
import type { Desk } from '../desk'
import { as_texts } from '../values'
import { words } from '../words'
import { SearchBox } from './choice'
import type { WidgetProps } from './widget'

const SEARCH_PAUSE_MS = 200
/** So few stand on the card itself. */
const INLINE_UP_TO = 5

/** Rows of `kind` for what she searches. */
export function useChoices(desk: Desk, kind: string, text: string): Row[] | null {
  const [rows, setRows] = useState<Row[] | null>(null)
  useEffect(() => {
    let is_old = false
    const timer = setTimeout(
      () => {
        desk.choices(kind, text.trim()).then(
          (found) => {
            if (!is_old) setRows(found)
          },
          () => setRows([]),
        )
      },
      text === '' ? 0 : SEARCH_PAUSE_MS,
    )
    return () => {
      is_old = true
      clearTimeout(timer)
    }
  }, [desk, kind, text])
  return rows
}

export function Reference(props: WidgetProps & { kind: string; is_many: boolean }) {
  const { desk, spec, id, labelled, described, value, kind, is_many, onAnswer } = props
  const [is_open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const chosen = is_many ? as_texts(value) : typeof value === 'string' ? [value] : []
  const near = useChoices(desk, kind, '')
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const toggle = (row: Row) => {
    if (!is_many) {
      onAnswer(row.id)
      close()
      return
    }
    const next = chosen.includes(row.id) ? chosen.filter((one) => one !== row.id) : [...chosen, row.id]
    onAnswer(next.length ? next : null)
  }
  if (
    near &&
    near.length > 0 &&
    near.length <= INLINE_UP_TO &&
    chosen.every((one) => near.some((row) => row.id === one))
  ) {
    return (
      <div
        class={`f-options f-rows ${is_many ? 'f-checks' : ''}`}
        role="group"
        aria-labelledby={labelled}
        aria-describedby={described}>
        {near.map((row, at) => (
          <label key={row.id} class="f-option">
            <input
              type={is_many ? 'checkbox' : 'radio'}
              id={at === 0 ? id : undefined}
              name={id}
              checked={chosen.includes(row.id)}
              onChange={() => toggle(row)}
            />
            <span>
              <span class="f-two">
                <b>{row.title}</b>
                <small>{row.subtitle}</small>
              </span>
            </span>
          </label>
        ))}
      </div>
    )
  }
  return (
    <div>
      {chosen.map((one) => {
        const row = desk.rows.value[one]
        return (
          <p key={one} class="f-picked">
            <span>
              <b>{row?.title ?? '...'}</b>
              {row?.subtitle ? <small>{row.subtitle}</small> : null}
            </span>
            <button
              type="button"
              class="f-link"
              aria-label={`${words().clear}: ${row?.title ?? ''}`}
              onClick={() =>
                onAnswer(is_many && chosen.length > 1 ? chosen.filter((other) => other !== one) : null)
              }>
              ✕
            </button>
          </p>
        )
      })}
      <button
        ref={opener}
        id={id}
        type="button"
        class="f-button"
        aria-haspopup="dialog"
        aria-describedby={`${labelled} ${described}`}
        onClick={() => setOpen(true)}>
        {chosen.length > 0 && !is_many ? words().change : words().choose_from_list}
      </button>
      {is_open && (
        <Sheet
          desk={desk}
          kind={kind}
          title={said(spec.label)}
          chosen={chosen}
          is_many={is_many}
          onToggle={toggle}
          onClose={close}
        />
      )}
    </div>
  )
}

function Sheet({
  desk,
  kind,
  title,
  chosen,
  is_many,
  onToggle,
  onClose,
}: {
  desk: Desk
  kind: string
  title: string
  chosen: string[]
  is_many: boolean
  onToggle: (row: Row) => void
  onClose: () => void
}) {
  const [sought, setSought] = useState('')
  const rows = useChoices(desk, kind, sought)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  // The back button takes the list away, not the form below it.
  useEffect(() => lay(onClose), [])
  return (
    <div
      class="f-sheet"
      role="dialog"
      aria-modal="true"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}>
      <div class="f-sheet-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="f-link" onClick={onClose}>
          {is_many ? words().done : words().close}
        </button>
      </div>
      <SearchBox value={sought} onInput={setSought} />
      <ul class="f-rows">
        {(rows ?? []).map((row) => (
          <li key={row.id}>
            <button
              type="button"
              class="f-row"
              aria-pressed={chosen.includes(row.id)}
              onClick={() => onToggle(row)}>
              <b>{row.title}</b>
              <small>{row.subtitle}</small>
            </button>
          </li>
        ))}
      </ul>
      {rows !== null && rows.length === 0 && <p class="f-quiet">{words().none_found}</p>}
    </div>
  )
}

const VILLAGE = /^\d\d\.\d\d\.\d\d\.\d{4}$/

/** A village: its code, or a name that this phone knows. */
export function AreaBox({ desk, spec, id, labelled, described, value, onAnswer, onWrite }: WidgetProps) {
  const level = typeof spec.value === 'object' && 'area' in spec.value ? spec.value.area : 'village'
  const [text, setText] = useState(typeof value === 'string' ? value : '')
  const rows = useChoices(desk, level, text)
  const known = (rows ?? []).filter((row) => row.area !== value).slice(0, 6)
  return (
    <div>
      <input
        id={id}
        class="f-input"
        type="text"
        autoComplete="off"
        value={text}
        aria-labelledby={labelled}
        aria-describedby={`${described} ${id}-code`}
        onInput={(event) => {
          const typed = event.currentTarget.value
          setText(typed)
          onWrite(VILLAGE.test(typed.trim()) ? typed.trim() : null)
        }}
      />
      <p id={`${id}-code`} class="f-quiet">
        {words().area_code}
      </p>
      {text !== '' &&
        known.map((row) => (
          <button
            key={row.id}
            type="button"
            class="f-row"
            onClick={() => {
              setText(row.area)
              onAnswer(row.area)
            }}>
            <b>{row.title}</b>
            <small>{row.area}</small>
          </button>
        ))}
    </div>
  )
}
