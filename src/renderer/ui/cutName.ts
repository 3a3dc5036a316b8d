/** So much of a long name always stays at its end: the take number and the ending tell clips apart. */
const keptOfStem = 8
const longestEnding = 6

/** A name in two pieces: the first may be cut by the layout, the last is always shown. */
export function middleCut(name: string): readonly [string, string] {
  const characters = Array.from(name)
  const point = characters.lastIndexOf('.')
  const ending = point > 0 && characters.length - point <= longestEnding ? characters.length - point : 0
  const kept = keptOfStem + ending
  if (characters.length <= kept + 4) return [name, '']
  return [characters.slice(0, -kept).join(''), characters.slice(-kept).join('')]
}
