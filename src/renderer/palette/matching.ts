/** A text in pieces, the ones that match marked. */
export type Piece = readonly [words: string, isMatch: boolean]

/** How well words fit what was typed; lower is better, undefined is not at all. */
export function fitOf(words: string, typed: string): number | undefined {
  if (typed === '') return 0
  const text = words.toLocaleLowerCase()
  const wanted = typed.toLocaleLowerCase()
  const at = text.indexOf(wanted)
  if (at === 0) return 0
  // The start of a word is what people type.
  if (at > 0) return /\W/.test(text[at - 1] ?? '') ? 1 + at / 1000 : 2 + at / 1000
  const all = wanted.split(/\s+/).filter(Boolean)
  return all.length > 1 && all.every((word) => text.includes(word)) ? 3 : undefined
}

/** The words with what was typed marked, for bold. */
export function marked(words: string, typed: string): Piece[] {
  const wanted = typed.trim().toLocaleLowerCase()
  if (wanted === '') return [[words, false]]
  const lower = words.toLocaleLowerCase()
  // Some letters change their length in lower case; then positions do not fit and nothing is marked.
  const at = lower.length === words.length ? lower.indexOf(wanted) : -1
  if (at < 0) return [[words, false]]
  const end = at + wanted.length
  const pieces: Piece[] = [
    [words.slice(0, at), false],
    [words.slice(at, end), true],
    [words.slice(end), false],
  ]
  return pieces.filter(([piece]) => piece !== '')
}

/** Something that can be meant by its words. */
interface Meant<Id extends string> {
  readonly id: Id
  readonly words: string
  /** Never a guess: Enter is pressed too soon. */
  readonly isGrave?: boolean | undefined
}

/** What may be meant where nothing fits, the nearest first. */
export const guessesOf = <Id extends string>(all: readonly Meant<Id>[], typed: string, most: number): Id[] =>
  all
    .filter(({ isGrave }) => isGrave !== true)
    .map(({ id, words }) => ({ id, near: nearness(words, typed) }))
    .sort((a, b) => b.near - a.near)
    .slice(0, most)
    .map(({ id }) => id)

/** Fewer names than this may be all that was opened before, and not all that there is. */
const fewNames = 5

/** Whether the services are offered to be searched as well: first where nothing here fits, last where little does. */
export function searchPlace(
  typed: string,
  known: { readonly actions: number; readonly names: number },
): 'first' | 'last' | 'none' {
  if (typed === '' || known.names >= fewNames) return 'none'
  return known.actions + known.names === 0 ? 'first' : 'last'
}

/** Letters two texts share in order, as a share of what was typed: for "nearest" when nothing fits. */
export function nearness(words: string, typed: string): number {
  const text = words.toLocaleLowerCase()
  let at = 0
  let shared = 0
  for (const letter of typed.toLocaleLowerCase()) {
    const found = text.indexOf(letter, at)
    if (found < 0) continue
    shared += 1
    at = found + 1
  }
  return shared / Math.max(1, typed.length)
}
