/**
 * The sheet: a question that lies above the screen, and a list of choices.
 *
 * The rule this module protects: *the focus stays inside and comes back*; Escape, the veil and the back
 * button close it.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { lay } from '../route'
import { words } from '../words/words'
import { Button } from './parts'
import { Icon } from './icon'

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]'

export function Sheet(props: {
  title: string
  onClose: () => void
  children: (close: () => void) => ComponentChildren
}) {
  const box = useRef<HTMLDivElement>(null)
  const leave = useRef<() => void>(() => undefined)
  const [id] = useState(() => 'sheet' + Math.random().toString(36).slice(2, 8))
  useEffect(() => {
    const before = document.activeElement
    leave.current = lay(props.onClose)
    document.body.style.overflow = 'hidden'
    box.current?.focus()
    return () => {
      leave.current()
      document.body.style.overflow = ''
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      leave.current()
    }
    if (event.key !== 'Tab' || !box.current) return
    const all = [...box.current.querySelectorAll<HTMLElement>(focusable)]
    const first = all[0]
    const last = all[all.length - 1]
    const now = document.activeElement
    if (event.shiftKey && (now === first || now === box.current)) {
      event.preventDefault()
      last?.focus()
    } else if (!event.shiftKey && now === last) {
      event.preventDefault()
      first?.focus()
    }
  }
  return (
    <div
      class="veil"
      onClick={(event) => event.target === event.currentTarget && leave.current()}
      onKeyDown={keys}
    >
      <div class="sheet" role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1} ref={box}>
        <div class="sheet-head">
          <h2 id={id}>{props.title}</h2>
          <button
            type="button"
            class="round"
            aria-label={words.value.app.close}
            onClick={() => leave.current()}
          >
            <Icon name="close" />
          </button>
        </div>
        {props.children(() => leave.current())}
      </div>
    </div>
  )
}

/** Asks before something that cannot be taken back. */
export function Confirm(props: {
  title: string
  text: string
  yes: string
  onYes: () => void
  onClose: () => void
}) {
  return (
    <Sheet title={props.title} onClose={props.onClose}>
      {(close) => (
        <div class="stack">
          <p class="soft">{props.text}</p>
          <div class="buttons">
            <Button onPress={close}>{words.value.app.cancel}</Button>
            <Button
              look="danger"
              onPress={() => {
                props.onYes()
                close()
              }}
            >
              {props.yes}
            </Button>
          </div>
        </div>
      )}
    </Sheet>
  )
}
