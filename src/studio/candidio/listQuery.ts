import { ApiError } from './apiError.ts'

/** What to embed: names, each with what to embed in turn. */
export interface IncludeTree extends ReadonlyMap<string, IncludeTree> {}
interface GrowingTree extends Map<string, GrowingTree> {}

export interface ScopeCall {
  readonly name: string
  readonly argument: string | undefined
}

export interface ListQuery {
  readonly limit: number
  readonly page: number
  readonly sort: string | undefined
  readonly direction: 'asc' | 'desc'
  readonly scopes: readonly ScopeCall[]
  readonly include: IncludeTree
}

const maxLimit = 1000
const maxPage = 1_000_000
const maxDepth = 4
const maxIncludes = 20
const maxScopes = 20

function wholeNumber(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > max) throw ApiError.badRequest(`${name} must be a number from 1 to ${max}.`)
  return value
}

/** `workspace.users,production` */
export function parseInclude(query: URLSearchParams): IncludeTree {
  const tree: GrowingTree = new Map()
  const paths = query
    .getAll('include')
    .flatMap((text) => text.split(','))
    .map((path) => path.trim())
    .filter((path) => path !== '')
  if (paths.length > maxIncludes)
    throw ApiError.badRequest(`At most ${maxIncludes} relations can be included.`)
  for (const path of paths) {
    const names = path.split('.')
    if (names.length > maxDepth) throw ApiError.badRequest(`Includes go ${maxDepth} levels deep.`)
    let level = tree
    for (const name of names) {
      const child: GrowingTree = level.get(name) ?? new Map()
      level.set(name, child)
      level = child
    }
  }
  return tree
}

/**
 * The documents name the scopes and not how they are written in a query. Both usual ways are taken here:
 * `scope=assetType:video,completed:true` and `scope[assetType]=video`.
 */
export function parseScopes(query: URLSearchParams): ScopeCall[] {
  const scopes: ScopeCall[] = []
  for (const [key, value] of query) {
    const bracketed = /^scope\[(\w*)\]$/.exec(key)
    if (bracketed?.[1]) scopes.push({ name: bracketed[1], argument: value === '' ? undefined : value })
    else if (key === 'scope' || bracketed !== null) scopes.push(...inlineScopes(value))
  }
  if (scopes.length > maxScopes) throw ApiError.badRequest(`At most ${maxScopes} scopes can be combined.`)
  return scopes
}

function inlineScopes(text: string): ScopeCall[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf(':')
      if (at < 0) return { name: part, argument: undefined }
      const argument = part.slice(at + 1)
      return { name: part.slice(0, at), argument: argument === '' ? undefined : argument }
    })
}

export function parseListQuery(query: URLSearchParams): ListQuery {
  const direction = query.get('direction')?.toLowerCase() || 'asc'
  if (direction !== 'asc' && direction !== 'desc') throw ApiError.badRequest('direction is asc or desc.')
  return {
    limit: wholeNumber(query, 'limit', 100, maxLimit),
    page: wholeNumber(query, 'page', 1, maxPage),
    sort: query.get('sort') || undefined,
    direction,
    scopes: parseScopes(query),
    include: parseInclude(query),
  }
}
