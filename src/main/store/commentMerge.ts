import type { Database } from 'better-sqlite3'
import { monotonicFactory } from 'ulid'
import { z } from 'zod'
import type { CommentsHold } from '../../shared/connection.ts'
import type { CommentId, VersionId } from '../../shared/ids.ts'
import { commentIdSchema } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { commentSpanSchema } from '../../shared/review.ts'
import type { ContentColumn, ContentRow } from './commentRow.ts'
import { contentColumns, contentOf } from './commentRow.ts'

/**
 * Makes what is cached of a version what its service lists, in one transaction; true when anything differed.
 *
 * - What waits in the outbox, and what lives here alone, stays as it is.
 * - What the service cannot hold keeps the value it has here.
 * - A row that is as it was is not written.
 */
export type CommentMerge = (versionId: VersionId, listed: readonly Comment[], holds: CommentsHold) => boolean

/** Columns in which a service without the ability says nothing. */
const needs: Partial<Record<ContentColumn, keyof CommentsHold>> = {
  parent_id: 'replies',
  is_resolved: 'resolved',
  is_internal: 'internal',
  colour: 'colours',
  drawing: 'drawings',
  kind: 'kinds',
}

interface Known {
  readonly id: CommentId
  readonly remoteId: string | null
  readonly isLocalOnly: boolean
  /** A write of it is not confirmed yet. */
  readonly isPending: boolean
  /** The service may have it already, though it has not answered. */
  readonly isPerhapsMade: boolean
  readonly content: ContentRow
}

const keysSchema = z
  .object({
    id: commentIdSchema,
    remote_id: z.string().nullable(),
    is_local_only: z.number(),
    writes: z.number(),
    tries: z.number().nullable(),
  })
  .loose()

/** A service of single moments says where a range starts: as long as that is where ours does, ours stays. */
function longerSpan(here: string | number | null, there: string | number | null) {
  if (typeof here !== 'string' || typeof there !== 'string') return there
  const [own, told] = [here, there].map((span) => commentSpanSchema.parse(JSON.parse(span)))
  return own?.startFrame === told?.startFrame && own?.rate.numerator === told?.rate.numerator ? here : there
}

export function createCommentMerge(database: Database): CommentMerge {
  const ulid = monotonicFactory()
  const select = database.prepare(
    `SELECT comment.id, comment.is_local_only, ${contentColumns.map((column) => `comment.${column}`).join(', ')},
       count(outbox.id) AS writes, max(outbox.attempts) AS tries
     FROM comment LEFT JOIN outbox ON outbox.comment_id = comment.id WHERE version_id = ? GROUP BY comment.id`,
  )
  const insert = database.prepare(
    `INSERT INTO comment(id, version_id, is_local_only, ${contentColumns.join(', ')})
     VALUES(@id, @versionId, 0, ${contentColumns.map((column) => `@${column}`).join(', ')})`,
  )
  const update = database.prepare(
    `UPDATE comment SET ${contentColumns.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`,
  )
  // An answer that was not sent yet outlasts what it answers, as a remark of its own.
  const freeReplies = database.prepare(
    `UPDATE comment SET parent_id = NULL WHERE parent_id = ? AND (is_local_only = 1 OR EXISTS (SELECT 1 FROM outbox WHERE comment_id = comment.id))`,
  )
  const erase = database.prepare('DELETE FROM comment WHERE id = ?')

  const known = (versionId: VersionId): Known[] =>
    select.all(versionId).map((raw) => {
      const row = keysSchema.parse(raw)
      return {
        id: row.id,
        remoteId: row.remote_id,
        isLocalOnly: row.is_local_only === 1,
        isPending: row.writes > 0,
        isPerhapsMade: row.remote_id === null && (row.tries ?? 0) > 0,
        content: row as unknown as ContentRow,
      }
    })

  return database.transaction((versionId, listed, holds) => {
    // Parents may come after their answers.
    database.pragma('defer_foreign_keys = ON')
    const rows = known(versionId)
    const byRemote = new Map(rows.flatMap((row) => (row.remoteId === null ? [] : [[row.remoteId, row]])))
    const byId = new Map(rows.map((row) => [row.id, row]))
    const isUnsure = rows.some((row) => row.isPerhapsMade)
    const kept = contentColumns.filter((column) => {
      const need = needs[column]
      return need !== undefined && !holds[need]
    })

    const ours = new Map<CommentId, CommentId>()
    const wanted: { id: CommentId; row: Known | undefined; comment: Comment }[] = []
    const seen = new Set<string>()
    for (const comment of listed) {
      if (comment.remoteId === null || seen.has(comment.remoteId)) continue
      seen.add(comment.remoteId)
      const row = byRemote.get(comment.remoteId) ?? byId.get(comment.id)
      // It may be the one whose create has not been answered: settled by that answer, not by a second row.
      if (row === undefined && isUnsure && comment.author.isMe) continue
      const id = row?.id ?? commentIdSchema.parse(ulid())
      ours.set(comment.id, id)
      wanted.push({ id, row, comment })
    }

    let hasChanged = false
    for (const { id, row, comment } of wanted) {
      if (row !== undefined && (row.isPending || row.isLocalOnly)) continue
      const parentId = comment.parentId === null ? null : (ours.get(comment.parentId) ?? null)
      const content: Record<string, string | number | null> = contentOf({ ...comment, parentId })
      if (row === undefined) insert.run({ id, versionId, ...content })
      else {
        for (const column of kept) content[column] = row.content[column]
        if (!holds.ranges) content['span'] = longerSpan(row.content.span, content['span'] ?? null)
        if (contentColumns.every((column) => content[column] === row.content[column])) continue
        update.run({ id, ...content })
      }
      hasChanged = true
    }
    for (const row of rows) {
      if (row.remoteId === null || row.isPending || row.isLocalOnly || seen.has(row.remoteId)) continue
      freeReplies.run(row.id)
      erase.run(row.id)
      hasChanged = true
    }
    return hasChanged
  }).immediate
}
