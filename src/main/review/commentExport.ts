import type { Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import type { AskService } from '../connections/askService.ts'
import { fileNameOf } from '../fileName.ts'
import type { Refs } from '../library/refs.ts'
import type { AssetStore } from '../store/assetStore.ts'
import { commentDocument } from './commentDocument.ts'

export interface CommentExportParts {
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly comments: { ofVersion(versionId: VersionId): readonly Comment[] }
  readonly holdsComments: (connectionId: ConnectionId) => boolean
  /** A guest's session: everything in it is for clients. */
  readonly isShare: (connectionId: ConnectionId) => boolean
  /** Asks the user where, with this name to start from, and writes the text there. False when they changed their mind. */
  readonly save: (name: string, text: string) => Promise<boolean>
}

/**
 * Saves a version's comments. `request.invalid` with `guest` when a guest asks for what is the team's. Fails as the service
 * does when it cannot be asked: what is internal there must be known before anything is written for clients.
 */
export type CommentExport = (input: Parsed<'comments.export'>) => Promise<{ isSaved: boolean }>

export function createCommentExport(parts: CommentExportParts): CommentExport {
  const ownDocument = (
    comments: readonly Comment[],
    { format, kinds, timing, firstNumber }: Parsed<'comments.export'>,
  ): string =>
    commentDocument(
      kinds.length === 0 ? comments : comments.filter(({ kind }) => kinds.includes(kind)),
      format,
      timing,
      firstNumber,
    )

  const forTeam = async (input: Parsed<'comments.export'>, connectionId: ConnectionId): Promise<string> => {
    const { ref } = parts.refs.version(input.versionId)
    const whole = () => ownDocument(parts.comments.ofVersion(input.versionId), input)
    if (!parts.holdsComments(connectionId)) return whole()
    return parts.service.with(connectionId, 'comments', (comments, signal) =>
      comments.export === undefined
        ? Promise.resolve(whole())
        : comments.export(ref, input.format, input.kinds, signal),
    )
  }

  const forClients = async (
    input: Parsed<'comments.export'>,
    connectionId: ConnectionId,
  ): Promise<string> => {
    const { ref } = parts.refs.version(input.versionId)
    const listed = parts.holdsComments(connectionId)
      ? await parts.service.with(connectionId, 'comments', (comments, signal) => comments.list(ref, signal))
      : null
    // Read after the answer: what was made internal here meanwhile counts.
    return ownDocument(sharedAmong(parts.comments.ofVersion(input.versionId), listed), input)
  }

  return async (input) => {
    const { connectionId, assetId } = parts.refs.version(input.versionId)
    if (input.audience === 'team' && parts.isShare(connectionId))
      throw new AppError('request.invalid', { call: 'comments.export', reason: 'guest' })
    const text = await (input.audience === 'team' ? forTeam : forClients)(input, connectionId)
    const name = parts.assets.get(assetId)?.name ?? ''
    return { isSaved: await parts.save(fileNameOf(name, input.format), text) }
  }
}

/**
 * What clients may read: internal neither here nor at the service, and no answer to anything that is. What the service does
 * not list any more is left out as well. `listed` null: the service holds none, and what is here is all there is.
 */
export function sharedAmong(
  comments: readonly Comment[],
  listed: readonly Comment[] | null,
): readonly Comment[] {
  const open = new Set((listed ?? []).filter(({ isInternal }) => !isInternal).map(({ remoteId }) => remoteId))
  const byId = new Map(comments.map((comment) => [comment.id, comment]))
  const isShared = (comment: Comment, depth: number): boolean => {
    if (comment.isInternal || depth > 100) return false
    if (listed !== null && comment.remoteId !== null && !open.has(comment.remoteId)) return false
    if (comment.parentId === null) return true
    const parent = byId.get(comment.parentId)
    return parent !== undefined && isShared(parent, depth + 1)
  }
  return comments.filter((comment) => isShared(comment, 0))
}
