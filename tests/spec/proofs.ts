import type { Exchange } from './strictCheck.ts'

/** Whether an exchange that came later shows what a write did. */
type Shows = (later: Exchange) => boolean

/** One thing that a write without an answer is to have done, to be seen in a later read. */
export interface Claim {
  readonly about: string
  readonly isShownBy: Shows
}

export interface Proofs {
  /** Every exchange of a recording, in its order: what a list holds says later what it lacks. */
  learn(exchange: Exchange): void
  /**
   * What a write whose answer has no schema claims, each to be proven by a later read; undefined: no read is known that
   * would show it. By the call's name in the table.
   */
  claims(call: string, write: Exchange): readonly Claim[] | undefined
}

/** Proofs for one recording. */
export function createProofs(): Proofs {
  const versionOf = new Map<string, string>()
  return {
    learn(exchange) {
      if (!exchange.path.endsWith('/segments/') || exchange.status >= 300) return
      for (const row of [toldIn(exchange), ...rowsIn(exchange)])
        if (typeof row['id'] === 'string' && typeof row['version_id'] === 'string')
          versionOf.set(row['id'], row['version_id'])
    },
    claims(call, write) {
      const found = claims[call]?.(write, (id) => versionOf.get(id))
      return found === undefined || found.length === 0 ? undefined : found
    },
  }
}

/** The calls that have a proof. */
export const provenCalls = (): readonly string[] => Object.keys(claims)

type Row = Readonly<Record<string, unknown>>
const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const rowOf = (value: unknown): Row => (isRow(value) ? value : {})
const listOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : [])
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

const askedIn = ({ request }: Exchange): Row => rowOf(request)
const toldIn = ({ response }: Exchange): Row => rowOf(response)
const rowsIn = (read: Exchange): readonly Row[] => listOf(toldIn(read)['objects'])
/** The names of a path after `/API/SERVICE/v1/`. */
const stepsOf = ({ path }: Exchange): readonly string[] => path.split('/').filter(Boolean).slice(3)
const step = (exchange: Exchange, index: number): string => stepsOf(exchange)[index] ?? ''

const isRead = ({ method, status, path }: Exchange, tail: string): boolean =>
  method === 'GET' && status === 200 && path.endsWith(`/v1/${tail}/`)
const isGone = ({ method, status, path }: Exchange, tail: string): boolean =>
  method === 'GET' && status === 404 && path.endsWith(`/v1/${tail}/`)
const narrowing = ['filter', 'ids', 'object_ids', 'query', 'segment_type', 'includes']
/** A list of everything, told to its end: what is missing from it is not there. */
const isWhole = (read: Exchange): boolean => {
  if (narrowing.some((name) => read.query[name] !== undefined)) return false
  const { pages } = toldIn(read)
  const limit = Number(read.query['per_page'] ?? 10)
  return typeof pages === 'number' ? pages <= 1 : rowsIn(read).length < limit
}
const lacks = (read: Exchange, tail: string, id: string): boolean =>
  isRead(read, tail) && isWhole(read) && rowsIn(read).every((row) => row['id'] !== id)
const holds = (read: Exchange, id: string): Row | undefined => rowsIn(read).find((row) => row['id'] === id)

const each =
  (ids: (write: Exchange) => readonly string[], shows: (id: string, write: Exchange) => Shows) =>
  (write: Exchange): readonly Claim[] =>
    ids(write).map((id) => ({ about: id, isShownBy: shows(id, write) }))
const sentIds = (name: string) => (write: Exchange) => textsOf(askedIn(write)[name])
const at = (index: number) => (write: Exchange) => [step(write, index)]

type Kind = 'assets' | 'collections'
const trashed = (kind: Kind) =>
  each(sentIds('ids'), (id) => (read) => {
    if (isRead(read, `${kind}/${id}`)) return toldIn(read)['status'] === 'DELETED'
    return isRead(read, `delete_queue/${kind}`) && holds(read, id) !== undefined
  })
const untrashed = (kind: Kind) =>
  each(sentIds('ids'), (id) => (read) => {
    if (isRead(read, `${kind}/${id}`)) return toldIn(read)['status'] === 'ACTIVE'
    return lacks(read, `delete_queue/${kind}`, id)
  })
const purged = (kind: Kind) =>
  each(
    sentIds('ids'),
    (id) => (read) => isGone(read, `${kind}/${id}`) || lacks(read, `delete_queue/${kind}`, id),
  )

/** Of the newest version or of the one named: every read of votes on an asset. */
const votesOn = (read: Exchange, assetId: string): readonly Row[] | undefined => {
  const steps = stepsOf(read)
  const isOf = steps[0] === 'assets' && steps[1] === assetId && steps.at(-1) === 'approvals'
  return isOf && read.method === 'GET' && read.status === 200 ? rowsIn(read) : undefined
}
const voteRemoved = (field: 'user' | 'external') =>
  each(at(1), (assetId, write) => (read) => {
    const voter = decodeURIComponent(step(write, 4)).toLowerCase()
    return votesOn(read, assetId)?.every((vote) => String(vote[field]).toLowerCase() !== voter) ?? false
  })

const segmentGone =
  (assetId: string, id: string, versionId: string | undefined): Shows =>
  (read) => {
    if (isGone(read, `assets/${assetId}/segments/${id}`)) return true
    const asked = read.query['version_id']
    return (asked === undefined || asked === versionId) && lacks(read, `assets/${assetId}/segments`, id)
  }

/** A segment as it is read is the one that was sent, in every field that was. */
function isAsSent(sent: Row, read: Row | undefined): boolean {
  if (read === undefined) return false
  const told = ['segment_text', 'segment_checked', 'segment_color', 'segment_track', 'segment_type']
  return told.every((name) => sent[name] === undefined || (sent[name] ?? null) === (read[name] ?? null))
}

const ordered = (isOrdered: boolean) =>
  each(at(1), (id) => (read) => {
    if (!isRead(read, `collections/${id}`)) return false
    return (toldIn(read)['custom_order_status'] === 'ENABLED') === isOrdered
  })

function moved(write: Exchange): readonly Claim[] {
  const [, collectionId = '', , , id = ''] = stepsOf(write)
  const { before_object_id, position } = askedIn(write)
  const isShownBy: Shows = (read) => {
    if (!isRead(read, `collections/${collectionId}/contents`)) return false
    const ids = rowsIn(read).map((row) => row['id'])
    const index = ids.indexOf(id)
    if (index < 0) return false
    if (typeof before_object_id === 'string') return ids[index + 1] === before_object_id
    return position === -1 ? isWhole(read) && index === ids.length - 1 : index === position
  }
  return [{ about: id, isShownBy }]
}

const shareGone =
  (id: string): Shows =>
  (read) => {
    const steps = stepsOf(read)
    if (read.method !== 'GET') return false
    const index = steps.indexOf('shares')
    if (steps[index + 1] === id) return read.status === 404
    const isList = index === steps.length - 1 && read.status === 200
    return isList && isWhole(read) && holds(read, id) === undefined
  }

/** An asset's versions, newest first, from its own read or a list that it stands in. */
function versionsIn(read: Exchange, assetId: string): readonly Row[] | undefined {
  if (read.method !== 'GET' || read.status !== 200) return undefined
  const asset = isRead(read, `assets/${assetId}`) ? toldIn(read) : holds(read, assetId)
  if (!Array.isArray(asset?.['versions'])) return undefined
  return listOf(asset['versions']).toSorted(
    (a, b) => Number(b['version_number'] ?? 0) - Number(a['version_number'] ?? 0),
  )
}

type Claims = (write: Exchange, versionOf: (segmentId: string) => string | undefined) => readonly Claim[]

const claims: Readonly<Record<string, Claims>> = {
  'assets.trashAssets': trashed('assets'),
  'assets.trashCollections': trashed('collections'),
  'assets.untrashAssets': untrashed('assets'),
  'assets.untrashCollections': untrashed('collections'),
  'assets.purgeAssets': purged('assets'),
  'assets.purgeCollections': purged('collections'),
  'assets.deleteUpload': each(at(1), (id) => (read) => {
    if (isRead(read, `assets/${id}`)) return toldIn(read)['status'] === 'DELETED'
    return isGone(read, `assets/${id}`)
  }),

  'assets.setApprovals': each(sentIds('object_ids'), (id, write) => (read) => {
    const { status } = askedIn(write)
    return votesOn(read, id)?.some((vote) => vote['status'] === status) ?? false
  }),
  'assets.clearApprovals': each(sentIds('object_ids'), (id) => (read) => votesOn(read, id)?.length === 0),
  'assets.removeUserVote': voteRemoved('user'),
  'assets.removeExternalVote': voteRemoved('external'),

  'assets.deleteSegment': (write, versionOf) => {
    const [, assetId = '', , id = ''] = stepsOf(write)
    return [{ about: id, isShownBy: segmentGone(assetId, id, versionOf(id)) }]
  },
  'assets.deleteSegments': (write, versionOf) =>
    sentIds('segment_ids')(write).map((id) => ({
      about: id,
      isShownBy: segmentGone(step(write, 1), id, versionOf(id)),
    })),
  'assets.replaceSegments': (write) => {
    const list = `assets/${step(write, 1)}/segments`
    return listOf(askedIn(write)['objects']).map((sent) => {
      const id = String(sent['id'] ?? '')
      const isShownBy: Shows = (read) => {
        if (isRead(read, `${list}/${id}`)) return isAsSent(sent, toldIn(read))
        return isRead(read, list) && isAsSent(sent, holds(read, id))
      }
      return { about: id, isShownBy }
    })
  },

  'assets.enableCustomOrder': ordered(true),
  'assets.disableCustomOrder': ordered(false),
  'assets.moveCollectionEntry': moved,

  'assets.promoteVersion': each(
    at(3),
    (id, write) => (read) => versionsIn(read, step(write, 1))?.[0]?.['id'] === id,
  ),
  'assets.deleteVersion': each(at(3), (id, write) => (read) => {
    // Marked, unless it was to be gone for good.
    const isForGood = write.query['hard_delete'] === 'true'
    const isThere = (version: Row) => version['id'] === id && (isForGood || version['status'] !== 'DELETED')
    return versionsIn(read, step(write, 1))?.every((version) => !isThere(version)) ?? false
  }),
  'assets.deleteRelation': each(
    at(4),
    (id, write) => (read) =>
      lacks(read, `assets/${step(write, 1)}/relations`, id) ||
      lacks(read, `assets/${id}/relations`, step(write, 1)),
  ),

  'assets.deleteShare': each(at(3), shareGone),
  'assets.deleteShares': each(sentIds('share_ids'), shareGone),
  'assets.removeShareUser': each(at(5), (id, write) => (read) => {
    const users = stepsOf(write).slice(0, -1).join('/')
    return lacks(read, users, id)
  }),

  'assets.deletePlaylist': each(
    at(1),
    (id) => (read) => isGone(read, `playlists/${id}`) || lacks(read, 'playlists', id),
  ),
  'assets.deletePlaylistItem': each(at(3), (id, write) => (read) => {
    const list = `playlists/${step(write, 1)}`
    if (isGone(read, list)) return true
    return isRead(read, list) && listOf(toldIn(read)['playlist_items']).every((item) => item['id'] !== id)
  }),

  'users-notifications.markNotificationsRead': () => [
    {
      about: 'everything',
      isShownBy: (read) =>
        isRead(read, 'notifications') && rowsIn(read).every((row) => row['status'] === 'READ'),
    },
  ],

  'auth.revokeTokenById': each(
    at(2),
    (id) => (read) => lacks(read, 'auth/tokens', id) || isGone(read, `auth/token/${id}`),
  ),
  // A code is of use to whoever signs in with it, and shown to nobody.
  'auth.requestCode': () => [
    {
      about: 'the code',
      isShownBy: (later) =>
        later.path.endsWith('/login/') && later.status < 300 && typeof askedIn(later)['otp'] === 'string',
    },
  ],
  'files.cleanMultipart': (write) => {
    const [, assetId = '', , id = ''] = stepsOf(write)
    const file = `assets/${assetId}/files/${id}`
    // The id of an upload that is done away with is not signed for again: a new one is, or the file is gone.
    const isShownBy: Shows = (later) =>
      isGone(later, file) || (later.path.includes(`/v1/${file}/multipart_url/`) && later.status < 300)
    return [{ about: id, isShownBy }]
  },
}
