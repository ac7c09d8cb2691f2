/**
 * One open form: what is on the screen, what is on its way to the phone, what she has confirmed.
 *
 * The rule this module protects: *what she typed is never lost and never overtaken*: answers reach the phone
 * one after the other, and what is still on its way is shown in place of what the phone last said.
 */

import { signal } from '@preact/signals'
import type {
  FormState,
  FieldState,
  Id,
  Json,
  Kind,
  Me,
  Outcome,
  Phone,
  Row,
  Saved,
  Schema,
  Stale,
} from '../phone/contract'
import { defaults, type Given } from './defaults'
import { herself, names_of } from './names'
import { TWINS } from './plan'
import type { Measures } from './usual'
import { as_group } from './values'

/** So long no key is pressed until text is given to the phone. */
const TEXT_PAUSE_MS = 250

export interface Opening {
  kind?: string
  given?: Given
  record?: Id
  draft?: string
}

export class Desk {
  readonly state = signal<FormState | null>(null)
  /** The form could not be opened, or an answer (`field`) was not taken. */
  readonly failed = signal<{ field: string | null } | null>(null)
  /** Answers that the phone has not confirmed yet. */
  private readonly ahead = signal<{ [name: string]: Json }>({})
  private readonly waiting = new Map<string, Json>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private line: Promise<void> = Promise.resolve()
  /** Fields she has left, or chose an answer for: only these are questioned. */
  readonly left = signal<{ [name: string]: true }>({})
  readonly confirmed = signal<{ [question: string]: true }>({})
  private is_closed = false
  /** She has answered something: there is a draft. */
  has_typed = false
  readonly doubles_seen = signal(false)
  /** Who measured, for the next measurement of this form. */
  readonly measured_by = signal<{ [what in Measures]?: string }>({})
  readonly rows = signal<{ [id: string]: Row | undefined }>({})
  private readonly lists = new Map<string, Promise<Row[]>>()

  constructor(
    readonly phone: Phone,
    readonly schema: Schema,
    readonly given: Given,
  ) {}

  async open(opening: Opening): Promise<void> {
    try {
      const life = await this.phone.life()
      const me = life.is === 'open' ? life.me : null
      if (opening.draft !== undefined) this.state.value = await this.phone.resume(opening.draft)
      else if (opening.record !== undefined) this.state.value = await this.phone.open(opening.record)
      else {
        const kind = opening.kind ?? ''
        this.state.value = await this.phone.blank(kind, defaults(kind, this.given, me?.author ?? null))
      }
      void this.learn_names(me)
    } catch {
      this.failed.value = { field: null }
    }
  }

  private async learn_names(me: Me | null): Promise<void> {
    const [kind, state] = [this.kind(), this.state.value]
    const known = kind && state ? await names_of(this, kind, state) : []
    this.name_rows([...known, ...(me === null || known.some(({ id }) => id === me.author) ? [] : [herself(me)])])
  }

  private name_rows(rows: Row[]): void {
    this.rows.value = { ...this.rows.value, ...Object.fromEntries(rows.map((row) => [row.id, row])) }
  }

  kind(): Kind | undefined {
    return this.schema.kinds.find((kind) => kind.name === this.state.value?.kind)
  }

  field(name: string): FieldState | undefined {
    return this.state.value?.fields.find((field) => field.name === name)
  }

  value(name: string): Json {
    const ahead = this.ahead.value[name]
    return ahead === undefined ? (this.field(name)?.value ?? null) : ahead
  }

  /** An answer that is whole at once: a code, a tick. `shown`: the value of the whole field from now on. */
  answer(name: string, value: Json, shown: Json = value): void {
    this.take(name, value, shown)
    this.leave(field_of(name))
    void this.flush()
  }

  /** An answer that is still being written. */
  write(name: string, value: Json, shown: Json = value): void {
    this.take(name, value, shown)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.flush(), TEXT_PAUSE_MS)
  }

  /** She prefers what a colleague wrote meanwhile. */
  take_newer(name: string, value: Json): void {
    const [field = name, element] = name.split('.')
    const before = this.value(field)
    this.answer(name, value, element === undefined ? value : { ...as_group(before), [element]: value })
  }

  /** Gives the phone everything at once: on leaving a field, a step, the form, or when the screen goes dark. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    for (const [name, value] of this.waiting) this.send(name, value)
    this.waiting.clear()
    return this.line
  }

  /** She is done with this field: now it may be questioned. */
  leave(name: string): void {
    if (this.left.value[name] === undefined) this.left.value = { ...this.left.value, [name]: true }
  }

  confirm(question: string): void {
    this.confirmed.value = { ...this.confirmed.value, [question]: true }
  }

  /** Fails while the phone has not taken every answer: `failed` says which one. */
  async save(beside: boolean): Promise<Outcome<Saved | Stale>> {
    await this.flush()
    if (this.waiting.size > 0) throw new Error('not every answer is kept')
    const form = this.state.value?.form ?? 0
    const answer = await (beside ? this.phone.save_beside(form) : this.phone.save(form))
    this.is_closed = 'saved' in answer
    return answer
  }

  /** Once: after saving, or when it is closed already, nothing is left to close. */
  async close(keep: boolean): Promise<void> {
    if (this.is_closed) return
    this.is_closed = true
    await this.flush()
    if (this.state.value) await this.phone.leave(this.state.value.form, keep)
  }

  /** Records that a reference can name; the unsearched list is asked for once. */
  async choices(kind: string, text: string): Promise<Row[]> {
    const found =
      text === '' ? (this.lists.get(kind) ?? this.phone.choices(kind, '')) : this.phone.choices(kind, text)
    if (text === '') this.lists.set(kind, found)
    const rows = await found.catch((why: unknown) => {
      this.lists.delete(kind)
      throw why
    })
    if (rows.some((row) => this.rows.value[row.id] === undefined)) this.name_rows(rows)
    return rows
  }

  private take(name: string, value: Json, shown: Json): void {
    const before = this.value(name)
    this.ahead.value = { ...this.ahead.value, [field_of(name)]: shown }
    this.waiting.set(name, value)
    this.has_typed = true
    // Measured on the day of the visit, unless she said otherwise.
    const is_child = /^(baduta|balita)$/.test(String(this.value('target_group')))
    if (name === 'visit_date' && is_child && this.value('child_measured_on') === before)
      this.take('child_measured_on', value, value)
    const twin = TWINS[`${this.state.value?.kind}.${name}`]
    if (twin === undefined) return
    const day = typeof value === 'string' ? value : as_group(value).date
    const month = typeof day === 'string' ? day.slice(0, 7) : null
    if (this.value(twin) !== month) this.take(twin, month, month)
  }

  private send(name: string, value: Json): void {
    const field = field_of(name)
    this.under_way[field] = (this.under_way[field] ?? 0) + 1
    this.line = this.line.then(async () => {
      const form = this.state.value?.form
      let refused = form === undefined
      if (form !== undefined) {
        try {
          this.state.value = await this.phone.type(form, name, value)
          if (this.failed.value?.field === field) this.failed.value = null
        } catch {
          this.failed.value = { field }
          refused = true
        }
      }
      // What the phone did not take goes with the next answer, unless she has changed it since.
      if (refused && !this.waiting.has(name)) this.waiting.set(name, value)
      this.settle(field)
    })
  }

  /** What the phone says stands again, once nothing of this field is on its way. */
  private settle(field: string): void {
    this.under_way[field] = (this.under_way[field] ?? 1) - 1
    const is_waiting = [...this.waiting.keys()].some((name) => field_of(name) === field)
    if (is_waiting || this.under_way[field]! > 0) return
    const { [field]: _settled, ...rest } = this.ahead.value
    this.ahead.value = rest
  }

  private readonly under_way: { [field: string]: number } = {}
}

function field_of(name: string): string {
  return name.split('.')[0] ?? name
}
