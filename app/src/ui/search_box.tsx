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
  const first = useRef(true)
  const told_ms = useRef(-PAUSE_MS)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const tell = () => {
      told_ms.current = performance.now()
      props.onSearch(text.trim())
    }
    const timer = setTimeout(tell, text === '' ? 0 : told_ms.current + PAUSE_MS - performance.now())
    return () => clearTimeout(timer)
  }, [text])
  const clear = () => {
    setText('')
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
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== '' && (
        <button type="button" class="round" aria-label={words.value.families.clear} onClick={clear}>
          <Icon name="close" size={20} />
        </button>
      )}
    </div>
  )
}
