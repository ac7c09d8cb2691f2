/**
 * The icons: strokes on a grid of 24.
 *
 * The rule this module protects: *an icon never speaks alone*. It is hidden from screen readers; words stand
 * beside it.
 */
const paths = {
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  home: 'M3.5 11.2 12 4l8.5 7.2M5.5 9.8V20h13V9.8M10 20v-5.5h4V20',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.8a3.4 3.4 0 0 1 0 6.5M17.5 14.3c2.4.7 4 2.8 4 5.7',
  pot: 'M4 10h16v5.5a4.5 4.5 0 0 1-4.5 4.5h-7A4.5 4.5 0 0 1 4 15.5zM2 12.5h2M20 12.5h2M8.5 7c-1-1.2 1-2.2 0-3.5M12.5 7c-1-1.2 1-2.2 0-3.5M16.5 7c-1-1.2 1-2.2 0-3.5',
  flag: 'M5 21V4M5 4.5c4-2 7 2 14 0v9c-7 2-10-2-14 0',
  more: 'M4.5 6.5h15M4.5 12h15M4.5 17.5h15',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  chevron: 'm9.5 5.5 6.5 6.5-6.5 6.5',
  down: 'm5.5 9.5 6.5 6.5 6.5-6.5',
  close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  check: 'm4.5 12.5 5 5 10-11',
  checks: 'm2 12.5 4.5 4.5 9-10M12 16l1.5 1 8.5-10',
  cloud: 'M7 18.5a4.5 4.5 0 0 1-.4-9A6 6 0 0 1 18 10.6a4 4 0 0 1-.5 7.9z',
  upload: 'M7 18.5a4.5 4.5 0 0 1-.4-9A6 6 0 0 1 18 10.6a4 4 0 0 1 1 7.4M12 20.5V13M8.8 15.8 12 12.6l3.2 3.2',
  noSignal: 'M3 3l18 18M7 18.5a4.5 4.5 0 0 1-.4-9M10 6.4A6 6 0 0 1 18 10.6a4 4 0 0 1 2.5 6',
  turn: 'M20 11.5A8 8 0 0 0 5.6 7.2M4 4v4h4M4 12.5a8 8 0 0 0 14.4 4.3M20 20v-4h-4',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  alert: 'M12 4 2.8 19.5h18.4zM12 10v4.2M12 17v.2',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5M12 8v.2',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16.2 16.2 21 21',
  pencil: 'm4 20 .8-4L16 4.8a2 2 0 0 1 2.8 0l.4.4a2 2 0 0 1 0 2.8L8 19.2zM14.3 6.5l3.2 3.2',
  trash: 'M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5 7.5 20h9l1-13.5M10.2 10v6.5M13.8 10v6.5',
  calendar: 'M4 6.5h16V20H4zM4 10.5h16M8 4v4M16 4v4',
  phone:
    'M5 4h3.5l1.7 4.4-2.2 1.5a12 12 0 0 0 6 6l1.6-2.2L20 15.4V19a1.6 1.6 0 0 1-1.7 1.6C10.5 20 4 13.5 3.4 5.7A1.6 1.6 0 0 1 5 4',
  chat: 'M4 5h16v11.5H10.5L6 20v-3.5H4z',
  lock: 'M5.5 10.5h13V20h-13zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2',
  key: 'M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M11 12.7 20 4M16 8l3 3',
  language:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17',
  text: 'M3 19 8.5 5 14 19M5 14.5h7M15 19l3-7.5 3 7.5M16 16.7h4',
  camera: 'M3.5 7.5h4L9 5h6l1.5 2.5h4V19h-17zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5z',
  file: 'M6 3.5h8l4 4V20.5H6zM14 3.5v4h4M12 17v-5.5M9.5 14.2l2.5-2.7 2.5 2.7',
  save: 'M12 4v10.5M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15',
  help: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.9M12 16.5v.2',
  practice: 'M12 4 2.5 8.5 12 13l9.5-4.5zM6.5 10.5V15c2 2.5 9 2.5 11 0v-4.5M21.5 8.5V14',
  heart: 'M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 15 12 20 12 20',
  move: 'M4 8h13M13.5 4.5 17 8l-3.5 3.5M20 16H7M10.5 12.5 7 16l3.5 3.5',
  shield: 'M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zM8.8 12l2.3 2.3 4.2-4.6',
  chart: 'M4 4v16h16M7 15l4-4.5 3 2.5 5-6.5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  erase: 'M9 5.5h11v13H9L3 12zM11.5 9.5l5 5M16.5 9.5l-5 5',
  book: 'M12 6.5c-2-1.5-5-2-8-1.5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5M12 6.5v13',
  basket: 'M3.5 10h17l-2 9.5h-13zM8 10l3-6M16 10l-3-6M9.5 13.5v3M14.5 13.5v3',
} as const

export type IconName = keyof typeof paths

export function Icon(props: { name: IconName; size?: number; class?: string }) {
  const size = `${(props.size ?? 24) / 16}rem`
  return (
    <svg
      class={props.class}
      style={{ width: size, height: size }}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.9"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[props.name]} />
    </svg>
  )
}
