/** The core as `cargo xtask wasm` writes it: every answer is JSON text, `{"value": ..}` or `{"fault": ".."}`. */

declare module 'core/app_core.js' {
  type Bytes = Uint8Array<ArrayBuffer>

  export default function init(from: { module_or_path: string }): Promise<unknown>

  export class Rows {
    load(bytes: Uint8Array): boolean
    free(): void
  }

  export class Phone {
    /** Takes the rows over. Throws a text when the schema document cannot be read. */
    constructor(rows: Rows, schema: Uint8Array)
    free(): void
    stir(chance: Uint8Array): void
    changed(): Bytes
    everything(): Bytes
    enrol(server: string, code: string, label: string, now_s: number): string
    practise(now_s: number): string
    sync(now_s: number): string
    wanted_body(): Bytes
    came(status: number, headers: string, body: Uint8Array, cut: boolean): void
    lost(): void
    take_receipt(json: string): string
    who(): string
    counts(): string
    marks(): string
    unsent_since(): string
    parcel(dot: string): Bytes
    today(day: string, authors: string): string
    families(filter: string, day: string): string
    family(id: string, day: string): string
    person(id: string, day: string): string
    growth(id: string): string
    search(text: string, day: string): string
    rows(kind: string, text: string): string
    contacts(): string
    colleagues(): string
    notices(day: string): string
    blank(kind: string, area: string, given: string): string
    open(id: string): string
    draft(form: number): Bytes
    resume(draft: Uint8Array): string
    look(form: number, day: string): string
    type_in(form: number, name: string, typed: string): string
    save(form: number, author: string, now_s: number): string
    save_beside(form: number, author: string, now_s: number): string
    close(form: number): void
  }
}
