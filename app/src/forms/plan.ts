/**
 * How the fields of a kind are laid out for the doorstep: short titled sections, in the order in which
 * things happen.
 *
 * The rule this module protects: *every field that people type is reachable exactly once*, also one that a
 * newer schema brings and no plan names: it stands in a last section.
 */

import type { Field, FieldState, Kind, Label } from '../phone/contract'
import { KITCHEN_PLANS } from './plan_kitchen'
import { PEOPLE_PLANS } from './plan_people'
import { VISIT_PLAN } from './plan_visit'

export interface PlanSection {
  id: string
  title: Label
  fields: string[]
  /** Rarely used, behind "Lainnya". */
  more?: string[]
}

export interface Section {
  id: string
  title: Label
  fields: Field[]
  more: Field[]
}

const PLANS: { [kind: string]: PlanSection[] } = { ...PEOPLE_PLANS, ...KITCHEN_PLANS, visit: VISIT_PLAN }

const OTHERS: Label = { id: 'Pertanyaan lain', en: 'Other questions' }

/** Answers that follow from another one: the month that stays readable when the sealed day is erased. */
export const TWINS: { [field: string]: string } = {
  'member.birth_date': 'birth_month',
  'pregnancy.delivery_date': 'delivery_month',
}

/** People answer it. Photos are left out: the phone does not carry files. */
export function is_typed(field: Field): boolean {
  return field.policy !== 'derived' && field.policy !== 'server' && field.value !== 'blob'
}

/** Expected, and neither given nor filled in by another answer, when the form was opened. */
export function open_fields(kind: string, states: FieldState[]): Set<string> {
  const twins = Object.entries(TWINS)
    .filter(([field]) => field.startsWith(`${kind}.`))
    .map(([, twin]) => twin)
  const open = states.filter((state) => state.demanded && state.value === null && !twins.includes(state.name))
  return new Set(open.map((state) => state.name))
}

/** All sections of a kind, whether they are asked now or not. */
export function sections_of(kind: Kind): Section[] {
  const plan = PLANS[kind.name] ?? []
  const typed = new Map(kind.fields.filter(is_typed).map((field) => [field.name, field]))
  const take = (names: string[]) =>
    names.flatMap((name) => {
      const field = typed.get(name)
      typed.delete(name)
      return field ? [field] : []
    })
  const sections = plan.map(({ id, title, fields, more }) => ({
    id,
    title,
    fields: take(fields),
    more: take(more ?? []),
  }))
  const rest = [...typed.values()]
  if (rest.length > 0)
    sections.push({ id: 'rest', title: plan.length ? OTHERS : kind.label, fields: rest, more: [] })
  return sections
}

/**
 * The sections with something to answer now, each with what is asked now. `open`: what must not hide behind
 * "Lainnya", because the opener did not know it.
 */
export function asked_sections(
  sections: Section[],
  states: Map<string, FieldState>,
  open: Set<string>,
): Section[] {
  const asked = (fields: Field[]) => fields.filter((field) => states.get(field.name)?.asked)
  return (
    sections
      .map((section) => ({
        ...section,
        fields: [...asked(section.more).filter((field) => open.has(field.name)), ...asked(section.fields)],
        more: asked(section.more).filter((field) => !open.has(field.name)),
      }))
      .filter((section) => section.fields.length + section.more.length > 0)
      // A section of which only the rare things are asked shows them openly.
      .map((section) => (section.fields.length ? section : { ...section, fields: section.more, more: [] }))
  )
}
