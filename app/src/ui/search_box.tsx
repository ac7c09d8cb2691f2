/**
 * The search box: the first letter is told at once, those that follow fast together.
 *
 * The rule this module protects: *typing never waits for searching*: the letters are the box's own, the
 * search follows.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../words/words'
import { Icon } from './icon'

const PAUSE_MS = 80

export function SearchBox(props: { label: string; start?: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(props.start ?? '')
  const box = useRef<HTMLInputElement>(null)
  const told_ms = useRef(-PAUSE_MS)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const write = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    const tell = () => {
      told_ms.current = performance.now()
      props.onSearch(next.trim())
    }
    const wait_ms = next === '' ? 0 : told_ms.current + PAUSE_MS - performance.now()
    // The first letter waits for nothing, not even for the picture of itself.
    if (wait_ms <= 0) tell()
    else timer.current = setTimeout(tell, wait_ms)
  }
  const clear = () => {
    write('')
    box.current?.focus()
  }
  return (
    <div class="search" role="search">
      <Icon name="search" size={20} />
      <input
        ref={box}
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        autocapitalize="words"
        spellcheck={false}
        aria-label={props.label}
        placeholder={props.label}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {text !== '' && (
        <button type="button" class="round" aria-label={words.value.families.clear} onClick={clear}>
          <Icon name="close" size={20} />
        </button>
      )}
    </div>
  )
}
