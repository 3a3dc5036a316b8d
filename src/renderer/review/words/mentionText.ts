/** What is being typed after an `@`. */
export interface TypedMention {
  /** Where the `@` stands. */
  readonly start: number
  readonly typed: string
}

const longestName = 60
/** Ends a name; anything else may stand in it. */
const ender = /[\p{L}\p{N}_]/u

/**
 * The mention that the caret stands in, if it stands in one: from an `@` at the beginning of a word, over at most two
 * spaces (names have some), to the caret.
 */
export function mentionAt(words: string, caret: number): TypedMention | null {
  const start = words.slice(0, caret).lastIndexOf('@')
  if (start < 0 || caret - start > longestName) return null
  if (start > 0 && !/[\s(["'„“‘–—/]/.test(words[start - 1] ?? '')) return null
  const typed = words.slice(start + 1, caret)
  if (/[\n\t]|^\s|\s{2}/.test(typed) || typed.split(' ').length > 3) return null
  return { start, typed }
}

/** The words with the name in the place of what was typed, and where the caret stands then. */
export function withMention(
  words: string,
  { start, typed }: TypedMention,
  name: string,
): { readonly words: string; readonly caret: number } {
  const rest = words.slice(start + 1 + typed.length)
  const put = `@${name}${rest.startsWith(' ') ? '' : ' '}`
  return { words: words.slice(0, start) + put + rest, caret: start + name.length + 2 }
}

export interface WordsPart {
  readonly words: string
  readonly isMention: boolean
}

const address = /^[^\s@<>()]+@[^\s@<>()]+\.[\p{L}\p{N}]+/u

/**
 * Text as plain parts and mentions: `@` with an address, or with a name of somebody who is known, the longest that fits.
 * `unknown` takes the first word after every other `@`: somebody may be called so.
 */
export function partsOf(
  text: string,
  names: ReadonlySet<string>,
  unknown: (word: string) => void = () => undefined,
): readonly WordsPart[] {
  const parts: WordsPart[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < from || ender.test(text[at - 1] ?? '')) continue
    const rest = text.slice(at + 1, at + 1 + 200)
    const found = address.exec(rest)?.[0] ?? nameAt(rest, names)
    if (found === undefined) {
      const word = /^[\p{L}\p{N}'’-]{2,}/u.exec(rest)?.[0]
      if (word !== undefined) unknown(word)
      continue
    }
    if (at > from) parts.push({ words: text.slice(from, at), isMention: false })
    from = at + 1 + found.length
    parts.push({ words: text.slice(at, from), isMention: true })
  }
  if (from < text.length || parts.length === 0) parts.push({ words: text.slice(from), isMention: false })
  return parts
}

/** Who is mentioned, without the `@`. */
export const mentionedIn = (
  text: string,
  names: ReadonlySet<string>,
  unknown?: (word: string) => void,
): readonly string[] =>
  text.includes('@')
    ? partsOf(text, names, unknown).flatMap(({ words, isMention }) => (isMention ? [words.slice(1)] : []))
    : []

interface NameIndex {
  /** By the name in small letters. */
  readonly names: ReadonlyMap<string, string>
  /** How long those are, the longest first. */
  readonly lengths: readonly number[]
}

/** Of each set of names, which is never changed: thousands of texts are not held against thousands of names. */
const indices = new WeakMap<ReadonlySet<string>, NameIndex>()

function indexOf(names: ReadonlySet<string>): NameIndex {
  const known = indices.get(names)
  if (known !== undefined) return known
  const byLower = new Map([...names].map((name) => [name.toLocaleLowerCase(), name]))
  const lengths = [...new Set([...byLower.keys()].map(({ length }) => length))].sort((a, b) => b - a)
  const index = { names: byLower, lengths }
  indices.set(names, index)
  return index
}

function nameAt(rest: string, names: ReadonlySet<string>): string | undefined {
  const lower = rest.toLocaleLowerCase()
  const index = indexOf(names)
  for (const length of index.lengths) {
    const name = index.names.get(lower.slice(0, length))
    if (name !== undefined && !ender.test(rest[name.length] ?? '')) return rest.slice(0, name.length)
  }
  return undefined
}
