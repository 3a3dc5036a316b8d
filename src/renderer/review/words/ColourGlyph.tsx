import { type CommentColour, commentColours } from '../../../shared/commentColour.ts'

/** A shape for each colour, in a square of 16: told apart without seeing colour. */
const paths: Readonly<Record<CommentColour, string>> = {
  red: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  amber: 'M8 1.5 15.5 14.5H.5z',
  green: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  blue: 'M2 2h12v12H2z',
  violet: 'M8 .5 15.5 8 8 15.5.5 8z',
}

interface ColourGlyphProps {
  readonly colour: CommentColour
  readonly size?: number
  /** Said by a screen reader; absent where words stand beside it. */
  readonly label?: string
}

export function ColourGlyph({ colour, size = 12, label }: ColourGlyphProps) {
  const shape = <path d={paths[colour]} fill={commentColours[colour]} stroke="var(--line-strong)" />
  const box = { width: size, height: size, viewBox: '0 0 16 16', 'data-colour': colour }
  if (label === undefined)
    return (
      <svg {...box} aria-hidden="true">
        {shape}
      </svg>
    )
  return (
    <svg {...box} role="img" aria-label={label}>
      <title>{label}</title>
      {shape}
    </svg>
  )
}
