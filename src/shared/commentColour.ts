/** The colours a comment can be given, as services write them. Each has a shape and a word of its own on the screen. */
export const commentColours = {
  red: '#e5484d',
  amber: '#f5a524',
  green: '#30a46c',
  blue: '#3e63dd',
  violet: '#8e4ec6',
} as const
export type CommentColour = keyof typeof commentColours
export const commentColourNames = Object.keys(commentColours) as readonly CommentColour[]

/** What others call a hue, and where on the colour circle ours end: degrees, rising. */
const hueEnds: readonly (readonly [number, CommentColour])[] = [
  [20, 'red'],
  [75, 'amber'],
  [175, 'green'],
  [250, 'blue'],
  [320, 'violet'],
  [360, 'red'],
]

/**
 * The one of our colours that a stored colour is or comes nearest to; null for none, for greys, and for what is no
 * `#rgb` or `#rrggbb`. The stored colour itself is never replaced by it.
 */
export function colourNameOf(colour: string | null): CommentColour | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour ?? '')?.[1]
  if (digits === undefined) return null
  const whole = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(whole.slice(at, at + 2), 16))
  const most = Math.max(red, green, blue)
  const reach = most - Math.min(red, green, blue)
  if (reach < 24) return null
  const turn =
    most === red
      ? (green - blue) / reach
      : most === green
        ? 2 + (blue - red) / reach
        : 4 + (red - green) / reach
  const hue = (turn * 60 + 360) % 360
  return hueEnds.find(([end]) => hue <= end)?.[1] ?? null
}
