/**
 * Small drawings: the rice barn, a family, a pot, a letter on its way.
 *
 * The rule this module protects: *drawn with the palette and no more*: no picture is fetched, none holds a
 * word.
 */
const shapes = {
  barn: (
    <>
      <path d="M18 50h60l-5 30H23z" fill="#e9ac3b" />
      <path d="M6 50C22 44 34 30 48 12c14 18 26 32 42 38-14 4-70 4-84 0z" fill="#0f6b4f" />
      <path d="M48 12c14 18 26 32 42 38-10 3-30 3.5-42 3.5z" fill="#0a4f3a" />
      <path d="M40 62h16v18H40z" fill="#fbf7ef" />
      <path d="M26 80v8M70 80v8M48 80v8" stroke="#85540a" stroke-width="4" stroke-linecap="round" />
      <path
        d="M48 76V66m0 3c-3 0-4-2-4-4 3 0 4 2 4 4m0 0c3 0 4-2 4-4-3 0-4 2-4 4"
        stroke="#85540a"
        stroke-width="1.6"
        fill="#e9ac3b"
      />
    </>
  ),
  rest: (
    <>
      <circle cx="48" cy="42" r="19" fill="#e9ac3b" />
      <path
        d="M48 10v7M48 67v6M16 42h7M73 42h7M25.5 19.5l5 5M65.5 24.5l5-5"
        stroke="#e9ac3b"
        stroke-width="4"
        stroke-linecap="round"
      />
      <path d="M4 82c12-20 28-22 44-12 16-12 32-6 44 12z" fill="#0f6b4f" />
      <path d="M48 70c16-12 32-6 44 12H44z" fill="#0a4f3a" />
      <path
        d="m39 42 6 6 12-13"
        stroke="#fffdf9"
        stroke-width="5"
        fill="none"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  ),
  family: (
    <>
      <path d="M10 84c0-20 8-32 22-32s22 12 22 32z" fill="#0f6b4f" />
      <path d="M18 34c0-10 6-16 14-16s14 6 14 16c0 12-6 20-14 20s-14-8-14-20z" fill="#0a4f3a" />
      <circle cx="32" cy="36" r="9.5" fill="#f3d9b8" />
      <path d="M50 84c0-15 6-24 17-24s17 9 17 24z" fill="#e9ac3b" />
      <circle cx="67" cy="48" r="11" fill="#f3d9b8" />
      <path d="M56 46c1-8 6-11 11-11s10 3 11 11c-6 1-10-1-12-4-2 3-6 4-10 4z" fill="#4b3621" />
      <path d="M48 22c-4-6 3-10 6-5 3-5 10-1 6 5l-6 6z" fill="#c2574a" />
    </>
  ),
  pot: (
    <>
      <path d="M14 46h68v16c0 14-9 22-22 22H36c-13 0-22-8-22-22z" fill="#0f6b4f" />
      <path d="M10 42h76v9H10z" fill="#0a4f3a" />
      <path d="M4 52h10M82 52h10" stroke="#0a4f3a" stroke-width="6" stroke-linecap="round" />
      <path
        d="M34 32c-5-6 5-10 0-17M49 32c-5-6 5-10 0-17M64 32c-5-6 5-10 0-17"
        stroke="#e9ac3b"
        stroke-width="4"
        fill="none"
        stroke-linecap="round"
      />
      <path d="M48 76c-8-2-10-10-8-16 6 1 9 6 8 16zm0 0c8-2 10-10 8-16-6 1-9 6-8 16z" fill="#cfe8d3" />
    </>
  ),
  search: (
    <>
      <circle cx="42" cy="42" r="26" fill="#e2f0e7" stroke="#0f6b4f" stroke-width="6" />
      <path d="m62 62 20 20" stroke="#e9ac3b" stroke-width="9" stroke-linecap="round" />
      <path
        d="M29 44h26M34 35h16M34 53h16"
        stroke="#0f6b4f"
        stroke-width="4"
        stroke-linecap="round"
        opacity="0.55"
      />
    </>
  ),
  book: (
    <>
      <path
        d="M48 26c-10-8-24-9-38-6v56c14-3 28-2 38 6 10-8 24-9 38-6V20c-14-3-28-2-38 6z"
        fill="#fffdf9"
        stroke="#0f6b4f"
        stroke-width="5"
        stroke-linejoin="round"
      />
      <path d="M48 26v56" stroke="#0f6b4f" stroke-width="5" />
      <path
        d="M20 36c6-1 12 0 18 2M20 48c6-1 12 0 18 2M58 38c6-2 12-3 18-2M58 50c6-2 12-3 18-2"
        stroke="#e9ac3b"
        stroke-width="4"
        stroke-linecap="round"
        fill="none"
      />
    </>
  ),
  letter: (
    <>
      <path d="M12 34h56v40H12z" fill="#fffdf9" stroke="#0f6b4f" stroke-width="5" stroke-linejoin="round" />
      <path d="m14 37 26 20 26-20" fill="none" stroke="#0f6b4f" stroke-width="5" stroke-linejoin="round" />
      <circle cx="72" cy="32" r="18" fill="#e9ac3b" />
      <path
        d="m64 32 6 6 10-12"
        stroke="#fffdf9"
        stroke-width="5"
        fill="none"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  ),
  door: (
    <>
      <path d="M22 86V18c0-4 3-7 7-7h38c4 0 7 3 7 7v68z" fill="#0f6b4f" />
      <path d="M30 86V20h36v66z" fill="#e9ac3b" />
      <circle cx="58" cy="54" r="3.5" fill="#85540a" />
      <path d="M10 86h76" stroke="#0a4f3a" stroke-width="5" stroke-linecap="round" />
    </>
  ),
} as const

export type ArtName = keyof typeof shapes

export function Art(props: { name: ArtName; size?: number }) {
  const size = `${props.size ?? 6}rem`
  return (
    <svg
      viewBox="0 0 96 96"
      style={{ width: size, height: size }}
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[props.name]}
    </svg>
  )
}
