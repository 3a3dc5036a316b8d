/** So much of a comment is read at a glance; with less than that more, it is shown whole. */
const mostLetters = 600
const mostLines = 12
const notWorthIt = 1.25

/**
 * The begin of a long comment, cut between words where that is near; the words themselves where they are short enough.
 * Never ends in half a character.
 */
export function shortWords(words: string): string {
  const lines = words.split('\n', Math.ceil(mostLines * notWorthIt) + 1)
  const isTall = lines.length > mostLines * notWorthIt
  if (!isTall && words.length <= mostLetters * notWorthIt) return words
  const begin = isTall ? lines.slice(0, mostLines).join('\n') : words
  if (begin.length <= mostLetters) return begin.trimEnd()
  const letters = begin.slice(0, mostLetters)
  const space = letters.search(/\s\S*$/)
  const cut = space > mostLetters * 0.8 ? letters.slice(0, space) : letters
  return cut.replace(/[\ud800-\udbff]$/, '').trimEnd()
}
