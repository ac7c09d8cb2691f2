/**
 * Sending without signal: a sealed file that somebody carries.
 *
 * The rule this module protects: *a courier carries and does not read*: the file is sealed before it is
 * here, and is given to the phone as it came.
 */
import { useRef, useState } from 'preact/hooks'
import { phone, refused } from '../state'
import { Icon } from '../ui/icon'
import { Card, Row, Section } from '../ui/parts'
import { toast } from '../ui/toast'
import { count } from '../words/format'
import { said, words } from '../words/words'

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // A slow phone starts the download after this turn; the address must still lead somewhere then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export function Files() {
  const w = words.value.sending
  const picker = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const backup = async () => {
    const file = await phone.backup()
    if (!file) return toast(w.backupNone, 'info')
    download(file.name, file.text)
    toast(w.backupDone, 'save')
  }
  const bring = async (file: File) => {
    setWrong(null)
    const outcome = await phone.bring(await file.text())
    if (refused(outcome)) setWrong(said(outcome.refused.message))
    else toast(w.bringDone(count(outcome.received)))
  }
  return (
    <Section title={w.files}>
      <Card look="flush">
        <Row
          before={<Icon name="save" />}
          name={w.backup}
          under={w.backupText}
          onPress={() => void backup()}
        />
        <Row
          before={<Icon name="file" />}
          name={w.bring}
          under={w.bringText}
          onPress={() => picker.current?.click()}
        />
      </Card>
      {wrong && (
        <p class="error after" role="alert">
          {wrong}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={w.bring}
        onChange={(event) => {
          const box = event.currentTarget
          const file = box.files?.[0]
          if (file) void bring(file)
          box.value = ''
        }}
      />
    </Section>
  )
}
