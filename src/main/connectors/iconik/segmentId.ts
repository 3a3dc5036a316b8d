import { createHash } from 'node:crypto'
import type { CommentId, VersionId } from '../../../shared/ids.ts'
import { commentIdSchema, versionIdSchema } from '../../../shared/ids.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The service's id as one of ours, always the same one: a UUID and a ULID have 128 bits both. */
export function ulidOf(remoteId: string): string {
  const hex = remoteId.replaceAll('-', '')
  const bits = /^[0-9a-f]{32}$/i.test(hex) ? hex : createHash('sha256').update(remoteId).digest('hex')
  let rest = BigInt(`0x${bits.slice(0, 32)}`)
  let text = ''
  for (let place = 0; place < 26; place += 1) {
    text = `${digits[Number(rest & 31n)]}${text}`
    rest >>= 5n
  }
  return text
}

export const versionIdOf = (remoteId: string): VersionId => versionIdSchema.parse(ulidOf(remoteId))

/**
 * What we write into `external_id`, by which a comment whose answer was lost is found again. It names the version too:
 * the service copies segments to a new version as they are, and a copy is a comment of its own.
 */
export const externalIdOf = (commentId: CommentId, versionRemoteId: string): string =>
  `${commentId}:${versionRemoteId}`

/** Our id of a segment: the one it was written under here, else one made out of the service's. */
export function commentIdOf(segment: {
  readonly id: string
  readonly external_id?: string | null | undefined
  readonly version_id?: string | null | undefined
}): CommentId {
  const [own = '', version] = segment.external_id?.split(':') ?? []
  const ours = commentIdSchema.safeParse(own)
  if (ours.success && version !== undefined && version === segment.version_id) return ours.data
  return commentIdSchema.parse(ulidOf(segment.id))
}
