/** Names, values and labels that everything else is made of. See `../contract.ts`. */

export type Id = string
export type Area = string
export type Day = string
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** What people read. */
export type Lang = 'id' | 'en'

/** In both languages. */
export interface Label {
  id: string
  en: string
}
