/**
 * A form that only says what it was asked to open, and the language it was lent.
 *
 * The rule this module protects: *links into forms can be followed* before there are forms.
 */
import { signal } from '@preact/signals'
import type { Json } from '../../src/phone/contract'

export const lang = signal<'id' | 'en'>('id')

interface Props {
  kind?: string
  given?: { [field: string]: Json }
  record?: string
  draft?: string
  onLeave: (toast: string | null) => void
}

export function FormScreen({ kind, given, record, draft, onLeave }: Props) {
  return (
    <main>
      <h1>Formulir</h1>
      <pre>{JSON.stringify({ kind, given, record, draft })}</pre>
      <button type="button" onClick={() => onLeave('Tersimpan')}>
        Tutup
      </button>
    </main>
  )
}
