import { AppError } from '../../../shared/errors.ts'

/** What a link to a share says of it. The hash opens it: a secret. */
export interface ShareLink {
  readonly hash: string
  readonly objectType: string | undefined
  readonly objectId: string | undefined
  readonly appId: string | undefined
}

const objectTypes = new Set(['assets', 'collections', 'playlists', 'sequences', 'saved_searches'])
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads `https://host/share/assets/<id>/?object_type=…&object_id=…&hash=…`, the form the service gives out, with the
 * values in the query or behind the `#`, and `https://host/share/<hash>/`. `request.invalid` with the `field` for a link to another place than `origin`,
 * so that nothing secret is ever sent to a host that came with a link, and for one that opens nothing.
 */
export function readShareLink(link: string, origin: string): ShareLink {
  const url = new URL(link)
  if (url.username !== '' || url.password !== '')
    throw new AppError('request.invalid', { field: 'link', reason: 'password' })
  if (url.origin !== origin) throw new AppError('request.invalid', { field: 'link', reason: 'host' })
  const behind = new URLSearchParams(url.hash.replace(/^#\/?\??/, ''))
  const value = (name: string) => url.searchParams.get(name) ?? behind.get(name) ?? undefined
  const steps = url.pathname.split('/').filter((step) => step !== '')
  const hash = value('hash') ?? hashIn(steps)
  if (hash === undefined || hash === '')
    throw new AppError('request.invalid', { field: 'link', reason: 'hash' })
  const at = steps.findIndex((step) => objectTypes.has(step))
  const id = idPattern.test(steps[at + 1] ?? '') ? steps[at + 1] : undefined
  return {
    hash,
    objectType: value('object_type') ?? (id === undefined ? undefined : steps[at]),
    objectId: value('object_id') ?? id,
    appId: value('app_id'),
  }
}

/** The last step of a path that names nothing but a share. */
function hashIn(steps: readonly string[]): string | undefined {
  const [first, hash, ...more] = steps
  const isOne = first === 'share' && more.length === 0 && hash !== undefined && !objectTypes.has(hash)
  return isOne && /^[\w.-]{10,}$/.test(hash) ? hash : undefined
}
