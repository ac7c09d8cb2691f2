/**
 * Choices: a chip that filters, one of a few, on or off.
 *
 * The rule this module protects: *what is chosen is told*, by `aria-pressed` or `aria-checked`, not by colour alone.
 */
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon'

export function Chip(props: {
  children?: ComponentChildren
  on: boolean
  more?: boolean
  onPress: () => void
}) {
  return (
    <button type="button" class="chip" aria-pressed={props.on ? 'true' : 'false'} onClick={props.onPress}>
      {props.children}
      {props.more && <Icon name="down" size={16} />}
    </button>
  )
}

export function Segmented<T extends string>(props: {
  label: string
  value: T
  options: { value: T; text: string; long?: string }[]
  onChange: (value: T) => void
}) {
  return (
    <div class="segments" role="group" aria-label={props.label}>
      {props.options.map(({ value, text, long }) => (
        <button
          type="button"
          aria-pressed={value === props.value ? 'true' : 'false'}
          aria-label={long ? `${text}: ${long}` : undefined}
          onClick={() => props.onChange(value)}
        >
          {text}
        </button>
      ))}
    </div>
  )
}

export function Toggle(props: {
  name: string
  under?: string
  icon?: IconName
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <button
      type="button"
      class="row"
      role="switch"
      aria-checked={props.on ? 'true' : 'false'}
      onClick={() => props.onChange(!props.on)}
    >
      {props.icon && <Icon name={props.icon} />}
      <span class="main-text">
        <span class="name">{props.name}</span>
        {props.under && <span class="under">{props.under}</span>}
      </span>
      <span class="toggle" />
    </button>
  )
}
