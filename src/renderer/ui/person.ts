const hues = 6

/** The custom property of a person's colour: the same person has the same hue everywhere. */
export function hueOf(name: string): string {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return `var(--p${(sum % hues) + 1})`
}

/** One or two letters for a name: `Ada Dahl` is AD, `Mira` is MI. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean)
  const first = Array.from(words[0] ?? '')
  const last = words.length > 1 ? Array.from(words.at(-1) ?? '') : []
  const letters = words.length > 1 ? [first[0], last[0]] : first.slice(0, 2)
  return letters.join('').toUpperCase() || '?'
}
