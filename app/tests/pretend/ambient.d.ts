/**
 * What colleagues write, as far as the shell needs its types: used only where the real module is not there.
 *
 * The rule this module protects: *the shell is checked on its own*.
 */
declare module '*/phone/client' {
  import type { News, Phone } from '../../src/phone/contract'
  export function connect(): { phone: Phone; on(listener: (news: News) => void): void }
}
declare module '*/forms/words' {
  import type { Signal } from '@preact/signals'
  export const lang: Signal<'id' | 'en'>
}
declare module '*/forms/form_screen' {
  import type { ComponentType } from 'preact'
  import type { Advice, Hit, Json, Phone, Schema } from '../../src/phone/contract'
  export interface Done {
    record: string
    kind: string
    then: 'close' | 'same_family' | 'again'
  }
  export const FormScreen: ComponentType<{
    kind?: string
    given?: { [field: string]: Json }
    record?: string
    draft?: string
    phone: Phone
    schema: Schema
    onDone: (done: Done) => void
    onLeave: (toast: string | null) => void
    onOpen?: (hit: Hit) => void
    say_advice?: (advice: Advice) => string
  }>
}
