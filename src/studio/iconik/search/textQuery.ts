/**
 * Turns what was typed into a query of SQLite's FTS5: the words must all be there; `OR` between them, `NOT` or `-`
 * before one, `"several words"` together, and `word*` for a beginning. A backslash takes a sign literally. Undefined:
 * there is nothing to look for; null: nothing can be found, as it is all signs.
 */
export function textQuery(text: string, columns: readonly ('title' | 'body')[]): string | undefined | null {
  const tokens = text.match(/-?"(?:\\.|[^"\\])*"|(?:\\.|[^\s"\\])+/g) ?? []
  if (tokens.length === 0) return undefined
  const groups: { must: string[]; not: string[] }[] = [{ must: [], not: [] }]
  let isNegated = false
  for (const token of tokens) {
    if (token === 'AND') continue
    if (token === 'OR') {
      groups.push({ must: [], not: [] })
      continue
    }
    if (token === 'NOT') {
      isNegated = true
      continue
    }
    const isMinus = token.startsWith('-') && token.length > 1
    const phrase = phraseOf(isMinus ? token.slice(1) : token)
    const group = groups.at(-1)
    if (phrase !== undefined) (isMinus || isNegated ? group?.not : group?.must)?.push(phrase)
    isNegated = false
  }
  const alternatives = groups.flatMap(({ must, not }) => {
    if (must.length === 0) return []
    const all = must.join(' AND ')
    return [not.length === 0 ? `(${all})` : `((${all}) NOT (${not.join(' OR ')}))`]
  })
  if (alternatives.length === 0) return null
  return `{${columns.join(' ')}} : (${alternatives.join(' OR ')})`
}

/** One token as FTS5 reads it; undefined when it holds neither letter nor digit. */
function phraseOf(token: string): string | undefined {
  const isQuoted = token.startsWith('"') && token.endsWith('"') && token.length > 1
  const inner = isQuoted ? token.slice(1, -1) : token
  const isBeginning = !isQuoted && /(^|[^\\])(\\\\)*\*$/.test(inner)
  const plain = (isBeginning ? inner.slice(0, -1) : inner).replace(/\\(.)/g, '$1')
  if (!/[\p{L}\p{N}]/u.test(plain)) return undefined
  return `"${plain.replaceAll('"', '""')}"${isBeginning ? '*' : ''}`
}
