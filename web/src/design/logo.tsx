interface LogoProps {
  /** Height of the mark in pixels. */
  readonly size?: number
}

/**
 * The mark: a pulse that runs through a nut and comes out level. Drawn in the current colour, so that it fits any
 * ground.
 */
export function Mark({ size = 28 }: LogoProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <path
        d="M10.2 4.6h11.6a2 2 0 0 1 1.73 1l5.2 9.4a2 2 0 0 1 0 2l-5.2 9.4a2 2 0 0 1-1.73 1H10.2a2 2 0 0 1-1.73-1l-5.2-9.4a2 2 0 0 1 0-2l5.2-9.4a2 2 0 0 1 1.73-1Z"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinejoin="round"
      />
      <path
        d="M8 16.4h3.6l2.3-5.2 3.9 9.2 2-4h4.2"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
