import type { IconikMethod, Route } from './route.ts'

export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

interface Compiled {
  readonly route: Route
  readonly segments: readonly { readonly name?: string; readonly fits: (text: string) => boolean }[]
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Ids in lower case; a part that is not well encoded stays as it is, and fits no name but its own. */
function plain(part: string): string {
  if (idPattern.test(part)) return part.toLowerCase()
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

function compiled(route: Route): Compiled {
  const segments = route.path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return { fits: (text: string) => text === part }
    // Every id of the service is a UUID; a word in its place is another path.
    const pattern = route.where[name] ?? (name.endsWith('_id') ? idPattern : undefined)
    return { name, fits: (text: string) => text !== '' && (pattern === undefined || pattern.test(text)) }
  })
  return { route, segments }
}

/** Fixed parts count before named ones, from the left, as `/assets/relation_types/` before `/assets/{asset_id}/`. */
function bySpecificity(left: Compiled, right: Compiled): number {
  for (const [index, segment] of left.segments.entries()) {
    const isNamed = segment.name === undefined ? 0 : 1
    const isOtherNamed = right.segments[index]?.name === undefined ? 0 : 1
    if (isNamed !== isOtherNamed) return isNamed - isOtherNamed
  }
  return Object.keys(right.route.where).length - Object.keys(left.route.where).length
}

/** Finds the route of a path, which is what follows `/API/<service>`. */
export class Router {
  readonly #routes = new Map<string, Compiled[]>()

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const entry = compiled(route)
      const key = `${route.service} ${entry.segments.length}`
      this.#routes.set(key, [...(this.#routes.get(key) ?? []), entry].sort(bySpecificity))
    }
  }

  /** The match, or the methods that are served at this path; an empty list is a path of nothing. */
  find(service: string, method: string, path: string): Match | readonly IconikMethod[] {
    const parts = path.split('/').map(plain)
    const fitting = (this.#routes.get(`${service} ${parts.length}`) ?? []).filter(({ segments }) =>
      segments.every(({ fits }, index) => fits(parts[index] ?? '')),
    )
    const found = fitting.find(({ route }) => route.method === method)
    if (found === undefined) return [...new Set(fitting.map(({ route }) => route.method))]
    const params: Record<string, string> = {}
    for (const [index, { name }] of found.segments.entries()) {
      if (name !== undefined) params[name] = parts[index] ?? ''
    }
    return { route: found.route, params }
  }
}
