/**
 * What is shown where there is nothing: a drawing, a sentence, and what can be done.
 *
 * The rule this module protects: *an empty list is never a dead end*, and a failure says what became of her
 * notes.
 */
import type { ComponentChildren } from 'preact'
import { words } from '../words/words'
import { Art, type ArtName } from './art'
import { Button } from './parts'

export function Empty(props: {
  art: ArtName
  title: string
  text?: string
  level?: 2 | 3
  children?: ComponentChildren
}) {
  const Heading = props.level === 3 ? 'h3' : 'h2'
  return (
    <div class="empty">
      <Art name={props.art} />
      <Heading>{props.title}</Heading>
      {props.text && <p>{props.text}</p>}
      {props.children}
    </div>
  )
}

export function Failed(props: { again: () => void }) {
  const w = words.value.app
  return (
    <div class="empty" role="alert">
      <Art name="search" />
      <p>{w.failed}</p>
      <Button icon="turn" onPress={props.again}>
        {w.again}
      </Button>
    </div>
  )
}
