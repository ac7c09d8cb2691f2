/**
 * The last step: what is filled in, what is missing, what is unusual, what to do about it.
 *
 * The rule this module protects: *she sees everything once more before it is saved, and every line leads to
 * its question*.
 */

import type { Field, FieldState, Json } from '../phone/contract'
import { said } from '../words/words'
import { AdviceCards, type SayAdvice } from './advice'
import type { Desk } from './desk'
import { is_typed, TWINS, type Section } from './plan'
import { doubt_key, doubts_of, say_flag } from './question'
import { is_empty, write_field } from './values'
import { words } from './words'

interface Props {
  desk: Desk
  sections: Section[]
  say_advice: SayAdvice
  onGo: (field: string) => void
}

/** The rest is said beside its question, and once more after saving. */
const PRESSING = ['danger', 'refer', 'measure_again']

/** Something worked out that she can use: not a "no", the name of a rule, or a figure for the office. */
function is_news(field: Field, value: Json): boolean {
  const is_for_office = field.value === 'text' || field.unit === 'SD' || field.unit === 'days'
  return !is_empty(value) && value !== false && !is_for_office
}

/** Filled in by the form, of no use to her: the plain month of a day, the version of a text. */
const UNSAID = [...Object.values(TWINS), 'text_version']

export function Summary({ desk, sections, say_advice, onGo }: Props) {
  const state = desk.state.value
  const kind = desk.kind()
  if (!state || !kind) return null
  const written = (field: Field) => write_field(desk.schema, field, desk.value(field.name), desk.rows.value)
  const answer = ({ name }: FieldState) => {
    const field = kind.fields.find((one) => one.name === name)
    return field ? `${said(field.label)}: ${written(field)}` : `${name}: `
  }
  const missing = sections
    .flatMap((section) => [...section.fields, ...section.more])
    .filter(({ name }) => state.missing.includes(name))
  const refused = state.fields.filter((field) => field.refused)
  const doubts = state.fields.flatMap((field) =>
    field.refused
      ? []
      : doubts_of(field)
          .filter((doubt) => !desk.confirmed.value[doubt_key(field, doubt, desk.value(field.name))])
          .map((doubt) => ({ field, doubt })),
  )
  const facts = kind.fields.filter((field) => !is_typed(field) && is_news(field, desk.value(field.name)))
  return (
    <div>
      {refused.length > 0 && (
        <section class="f-panel f-danger">
          <p>
            <b>{words().held}</b>
          </p>
          {refused.map((field) => (
            <p key={field.name} class="f-known">
              <span>
                <b>{answer(field)}.</b> {field.refused && said(field.refused)}
              </span>
              <button type="button" class="f-link" onClick={() => onGo(field.name)}>
                {words().mend}
              </button>
            </p>
          ))}
        </section>
      )}
      <AdviceCards advice={state.advice.filter(({ weight }) => PRESSING.includes(weight))} say_advice={say_advice} />
      {doubts.length > 0 && (
        <section class="f-panel f-warn">
          <h3>{words().unusual}</h3>
          {doubts.map(({ field, doubt }) => (
            <div key={doubt_key(field, doubt, null)} class="f-doubt-line">
              <p>
                <b>{answer(field)}</b> {say_flag(desk, doubt.flag)}
              </p>
              <div class="f-pair">
                <button
                  type="button"
                  class="f-button"
                  onClick={() => desk.confirm(doubt_key(field, doubt, desk.value(field.name)))}>
                  {words().yes_right}
                </button>
                <button type="button" class="f-button" onClick={() => onGo(field.name)}>
                  {words().change}
                </button>
              </div>
            </div>
          ))}
        </section>
      )}
      {missing.length > 0 && (
        <section class="f-panel">
          <h3>{words().missing(missing.length)}</h3>
          <p class="f-quiet">{words().missing_hint}</p>
          <ul class="f-missing">
            {missing.map((field) => (
              <li key={field.name}>
                <button type="button" class="f-link" onClick={() => onGo(field.name)}>
                  {said(field.label)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {sections.map((section) => {
        const filled = [...section.fields, ...section.more].filter(
          (field) => !is_empty(desk.value(field.name)) && !UNSAID.includes(field.name),
        )
        return (
          filled.length > 0 && (
            <section key={section.id} class="f-panel">
              <h3>{said(section.title)}</h3>
              <dl class="f-answers">
                {filled.map((field) => (
                  <div key={field.name}>
                    <dt>{said(field.label)}</dt>
                    <dd>
                      <button
                        type="button"
                        class="f-link"
                        onClick={() => onGo(field.name)}
                        aria-label={`${words().change}: ${said(field.label)}`}>
                        {written(field)}
                      </button>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        )
      })}
      {facts.length > 0 && (
        <section class="f-panel">
          <h3>{words().known}</h3>
          <dl class="f-answers">
            {facts.map((field) => (
              <div key={field.name}>
                <dt>{said(field.label)}</dt>
                <dd>{written(field)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  )
}
