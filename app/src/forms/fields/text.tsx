/**
 * Words and numbers that are names: NIK, KK, RT, telephone.
 *
 * The rule this module protects: *the right keyboard comes up*, and long text has room.
 */

import { useState } from 'preact/hooks'
import type { WidgetProps } from './widget'

const LONG_FROM = 300

type Manner = 'digits' | 'phone' | 'name' | 'plain' | 'long'

export function manner_of(name: string, most: number | null | undefined): Manner {
  if (/^(nik|kk_number|rt|rw)$/.test(name)) return 'digits'
  if (/phone/.test(name)) return 'phone'
  if (most && most >= LONG_FROM) return 'long'
  return /name|address|hamlet|place|occupation|speakers|product/.test(name) ? 'name' : 'plain'
}

export function TextBox({ spec, id, labelled, described, value, onWrite }: WidgetProps) {
  const manner = manner_of(spec.name, spec.hard?.max)
  const [text, setText] = useState(typeof value === 'string' ? value : '')
  const now = typeof value === 'string' ? value : ''
  const shown = text.trim() === now.trim() ? text : now
  const common = {
    id,
    class: 'f-input',
    'aria-labelledby': labelled,
    'aria-describedby': described,
    value: shown,
    onInput: (event: { currentTarget: { value: string } }) => {
      setText(event.currentTarget.value)
      const trimmed = event.currentTarget.value.trim()
      onWrite(trimmed === '' ? null : trimmed)
    },
  }
  if (manner === 'long') return <textarea {...common} rows={4} autoCapitalize="sentences" />
  /** "3" and "003" are the same RT: lists and filters know it by three digits. */
  const fill_up = () => {
    if (!/^(rt|rw)$/.test(spec.name) || !/^\d{1,2}$/.test(now)) return
    setText(now.padStart(3, '0'))
    onWrite(now.padStart(3, '0'))
  }
  const is_digits = manner === 'digits' || manner === 'phone'
  return (
    <input
      {...common}
      type="text"
      onBlur={fill_up}
      autoComplete="off"
      inputMode={manner === 'phone' ? 'tel' : manner === 'digits' ? 'numeric' : 'text'}
      autoCapitalize={is_digits ? 'off' : manner === 'name' ? 'words' : 'sentences'}
      size={is_digits && spec.hard?.max ? Math.max(4, spec.hard.max) : undefined}
    />
  )
}
