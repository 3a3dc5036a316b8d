/** Signed links of S3 live 15 minutes at least by custom. */
const linkLife = 10 * 60_000
const mostLinks = 4000

/** Links of one answer, by the id of what they lead to: used for a while before they are asked for again. In memory only. */
export interface LinkMemory<Links> {
  remember(id: string, links: Links): void
  recall(id: string): Links | undefined
}

export function createLinkMemory<Links>(now: () => number): LinkMemory<Links> {
  const known = new Map<string, { links: Links; until: number }>()
  return {
    remember(id, links) {
      known.delete(id)
      known.set(id, { links, until: now() + linkLife })
      if (known.size > mostLinks) {
        const oldest = known.keys().next().value
        if (oldest !== undefined) known.delete(oldest)
      }
    },
    recall(id) {
      const entry = known.get(id)
      return entry !== undefined && entry.until > now() ? entry.links : undefined
    },
  }
}
