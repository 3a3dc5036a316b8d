/** How many characters of a long name always stay at its end: the take number and the ending tell clips apart. */
const keptAtEnd = 9

/** A name in two pieces: the first may be cut by the layout, the last is always shown. */
export function middleCut(name: string): readonly [string, string] {
  const characters = Array.from(name)
  if (characters.length <= keptAtEnd + 4) return [name, '']
  return [characters.slice(0, -keptAtEnd).join(''), characters.slice(-keptAtEnd).join('')]
}
