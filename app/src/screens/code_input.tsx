/**
 * The code of the PLKB: sixteen letters and digits in four groups, typed, pasted or scanned.
 *
 * The rule this module protects: *a code read wrongly is mended here*: the alphabet has no I, L, O or U, so
 * what looks like a digit is one.
 */
import { useRef, useState } from 'preact/hooks'
import { Button } from '../ui/parts'
import { Sheet } from '../ui/sheet'
import { words } from '../words/words'

export const CODE_LENGTH = 16
const GROUP = 4
const groups = [0, 1, 2, 3]

export function tidy(text: string): string {
  const plain = text.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return plain.replace(/[^0-9A-HJKMNP-TV-Z]/g, '').slice(0, CODE_LENGTH)
}

/** From a QR or the clipboard: `LUMBUNG:7K2M-...`, an address with `#kode=`, or the code alone. */
export function codeIn(text: string): string | null {
  const named = /(?:LUMBUNG:|[#&?]kode=)([0-9A-Za-z-]+)/i.exec(text)
  const code = tidy(named?.[1] ?? text)
  const bare = (named?.[1] ?? text).replace(/[\s-]/g, '')
  return code.length === CODE_LENGTH && bare.length === CODE_LENGTH ? code : null
}

/** Sixteen places, so that a group in the middle can be mended without the others moving. */
function split(code: string): string[] {
  return groups.map((group) => code.slice(group * GROUP, group * GROUP + GROUP))
}

export function CodeInput(props: { onCode: (code: string | null) => void }) {
  const w = words.value.welcome
  const [parts, setParts] = useState(['', '', '', ''])
  const [scanning, setScanning] = useState(false)
  const boxes = useRef<(HTMLInputElement | null)[]>([])

  const tell = (next: string[]) => {
    setParts(next)
    const code = next.join('')
    props.onCode(code.length === CODE_LENGTH ? code : null)
  }
  const typed = (group: number, text: string) => {
    const whole = codeIn(text)
    if (whole) {
      tell(split(whole))
      return boxes.current[3]?.focus()
    }
    const clean = tidy(text)
    const next = [...parts]
    next[group] = clean.slice(0, GROUP)
    tell(next)
    if (clean.length >= GROUP) boxes.current[group + 1]?.focus()
  }
  return (
    <div class="stack">
      <div class="code" role="group" aria-label={w.codeTitle}>
        {groups.map((group) => (
          <input
            key={group}
            ref={(box) => {
              boxes.current[group] = box
            }}
            aria-label={w.codeGroup(group + 1)}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            value={parts[group]}
            onInput={(event) => {
              typed(group, event.currentTarget.value)
              event.currentTarget.value = tidy(event.currentTarget.value).slice(0, GROUP)
            }}
            onPaste={(event) => {
              const whole = codeIn(event.clipboardData?.getData('text') ?? '')
              if (!whole) return
              event.preventDefault()
              tell(split(whole))
            }}
            onKeyDown={(event) => {
              if (event.key === 'Backspace' && parts[group] === '') boxes.current[group - 1]?.focus()
            }}
          />
        ))}
      </div>
      <Button icon="qr" wide onPress={() => setScanning(true)}>
        {w.scan}
      </Button>
      {scanning && (
        <Sheet title={w.scan} onClose={() => setScanning(false)}>
          {(close) => (
            <Scanner
              onText={(text) => {
                const code = codeIn(text)
                if (!code) return
                tell(split(code))
                close()
              }}
            />
          )}
        </Sheet>
      )}
    </div>
  )
}

type Looking = (props: { onText: (text: string) => void }) => preact.JSX.Element

/** The camera is a chunk of its own: most people type. */
function Scanner(props: { onText: (text: string) => void }) {
  const [Camera, setCamera] = useState<{ is: Looking } | null>(null)
  const [failed, setFailed] = useState(false)
  const asked = useRef(false)
  if (!asked.current) {
    asked.current = true
    import('./camera').then(
      ({ Camera }) => setCamera({ is: Camera }),
      () => setFailed(true),
    )
  }
  if (failed)
    return (
      <p class="error" role="alert">
        {words.value.welcome.scanNone}
      </p>
    )
  return Camera ? <Camera.is onText={props.onText} /> : <div class="camera skeleton" style="height:16rem" />
}
