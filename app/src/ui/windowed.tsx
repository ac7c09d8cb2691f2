/**
 * A long list of which only what is seen is drawn.
 *
 * The rule this module protects: *10,000 rows cost what 20 cost*. All rows are equally high, in rem, so that
 * where a row lies is a multiplication; the height of the whole list is kept, so that the scroll bar tells
 * the truth.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

const BEYOND = 6

/** The first row that is drawn and the last, for a list that begins `above` pixels above the window. */
export function visible(count: number, row: number, above: number, height: number): [number, number] {
  const first = Math.max(0, Math.floor(above / row) - BEYOND)
  const last = Math.min(count, Math.ceil((above + height) / row) + BEYOND)
  return [Math.min(first, count), Math.max(last, 0)]
}

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}

export function Windowed<T>(props: {
  rows: T[]
  rowRem: number
  label: string
  keyOf: (row: T) => string
  draw: (row: T) => ComponentChildren
}) {
  const list = useRef<HTMLUListElement>(null)
  const [above, setAbove] = useState(0)
  const [height, setHeight] = useState(window.innerHeight)
  const row = props.rowRem * remPx()
  useEffect(() => {
    let asked = 0
    const look = () => {
      asked = 0
      if (!list.current) return
      // In whole rows: within one the same rows are seen, and nothing is drawn again.
      const high = props.rowRem * remPx()
      setAbove(Math.floor(-list.current.getBoundingClientRect().top / high) * high)
      setHeight(window.innerHeight)
    }
    const soon = () => {
      if (!asked) asked = requestAnimationFrame(look)
    }
    look()
    window.addEventListener('scroll', soon, { passive: true })
    window.addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(asked)
      window.removeEventListener('scroll', soon)
      window.removeEventListener('resize', soon)
    }
  }, [props.rows])
  const [first, last] = visible(props.rows.length, row, above, height)
  return (
    <ul
      ref={list}
      aria-label={props.label}
      style={{ position: 'relative', height: `${props.rows.length * row}px` }}
    >
      {props.rows.slice(first, last).map((one, i) => (
        <li
          key={props.keyOf(one)}
          aria-setsize={props.rows.length}
          aria-posinset={first + i + 1}
          style={{
            position: 'absolute',
            left: 0,
            right: 0,
            height: `${row}px`,
            top: `${(first + i) * row}px`,
          }}
        >
          {props.draw(one)}
        </li>
      ))}
    </ul>
  )
}
