import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import { isoOf } from '../dates.ts'

export type ApprovalStatus = 'N/A' | 'REQUESTED' | 'APPROVED' | 'NOT_APPROVED' | 'MIXED'
export type VoteStatus = 'APPROVED' | 'NOT_APPROVED'

/** What is decided on: a version of an asset, or a collection, which has no versions. */
export interface Subject {
  readonly object_type: 'assets' | 'collections'
  readonly object_id: string
  /** Empty for a collection. */
  readonly version_id: string
}

const requestSchema = z.strictObject({
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  externals: z.array(z.string()).default([]),
  min_number: z.number().int().min(1).default(1),
  share_id: z.string().nullish(),
  requested_by: z.string(),
  request_date: z.string(),
  change_date: z.string(),
})
export type ApprovalRequest = z.infer<typeof requestSchema>
export type NewApprovalRequest = z.input<typeof requestSchema>

const voteSchema = z.object({
  voter: z.string(),
  is_external: z.number(),
  status: z.enum(['APPROVED', 'NOT_APPROVED']),
  changed_at: z.number(),
})
export type Vote = z.infer<typeof voteSchema>

const key = ({ object_type, object_id, version_id }: Subject) => [object_type, object_id, version_id] as const
const isSubject = 'object_type = ? AND object_id = ? AND version_id = ?'

export function requestOf(rows: SqlRows, subject: Subject): ApprovalRequest | undefined {
  const row = rows.get(`SELECT request FROM iconik_approval WHERE ${isSubject}`, ...key(subject))
  return row && requestSchema.parse(JSON.parse(String(row['request'])))
}

export function saveRequest(rows: SqlRows, subject: Subject, request: NewApprovalRequest): ApprovalRequest {
  const parsed = requestSchema.parse(request)
  rows.run(
    'INSERT OR REPLACE INTO iconik_approval(object_type, object_id, version_id, request) VALUES (?, ?, ?, ?)',
    ...key(subject),
    JSON.stringify(parsed),
  )
  return parsed
}

/** Whether there was one. */
export const removeRequest = (rows: SqlRows, subject: Subject): boolean =>
  rows.run(`DELETE FROM iconik_approval WHERE ${isSubject}`, ...key(subject)) > 0

export const votesOn = (rows: SqlRows, subject: Subject): Vote[] =>
  rows
    .all(`SELECT * FROM iconik_vote WHERE ${isSubject} ORDER BY changed_at, voter`, ...key(subject))
    .map((row) => voteSchema.parse(row))

/** `voter`: a user's id, or a guest's address. A second vote takes the place of the first. */
export function castVote(
  rows: SqlRows,
  subject: Subject,
  { voter, isExternal, status, at }: { voter: string; isExternal: boolean; status: VoteStatus; at: number },
): void {
  rows.run(
    `INSERT OR REPLACE INTO iconik_vote(object_type, object_id, version_id, voter, is_external, status, changed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...key(subject),
    voterKey(voter, isExternal),
    isExternal ? 1 : 0,
    status,
    at,
  )
}

const voterKey = (voter: string, isExternal: boolean) => (isExternal ? voter.toLowerCase() : voter)

/** How many there were. */
export const removeVotes = (rows: SqlRows, subject: Subject): number =>
  rows.run(`DELETE FROM iconik_vote WHERE ${isSubject}`, ...key(subject))

/** Whether there was one. */
export const removeVote = (rows: SqlRows, subject: Subject, voter: string, isExternal: boolean): boolean =>
  rows.run(
    `DELETE FROM iconik_vote WHERE ${isSubject} AND voter = ? AND is_external = ?`,
    ...key(subject),
    voterKey(voter, isExternal),
    isExternal ? 1 : 0,
  ) > 0

/**
 * How it stands: votes against and for are MIXED; votes for count once there are as many as were asked for; without any
 * vote it is REQUESTED when somebody asked, and N/A when nobody did.
 */
export function statusOf(
  votes: readonly { readonly status: VoteStatus }[],
  request: { readonly min_number: number } | undefined,
): ApprovalStatus {
  const approved = votes.filter(({ status }) => status === 'APPROVED').length
  if (approved > 0 && approved < votes.length) return 'MIXED'
  if (votes.length > 0 && approved === 0) return 'NOT_APPROVED'
  if (approved > 0 && approved >= (request?.min_number ?? 1)) return 'APPROVED'
  return request === undefined ? 'N/A' : 'REQUESTED'
}

/** How a version of an asset stands, for whoever lists assets. */
export function approvalStatusOf(rows: SqlRows, assetId: string, versionId: string): ApprovalStatus {
  const subject: Subject = { object_type: 'assets', object_id: assetId, version_id: versionId }
  return statusOf(votesOn(rows, subject), requestOf(rows, subject))
}

export const shownVote = (subject: Subject, { voter, is_external, status, changed_at }: Vote) => ({
  ...(is_external === 1 ? { external: voter } : { user: voter }),
  ...{ status, change_date: isoOf(changed_at) },
  ...shownSubject(subject),
})

/** Only assets have versions. */
export const shownSubject = ({ object_type, object_id, version_id }: Subject) => ({
  ...{ object_type, object_id },
  ...(version_id !== '' && { version_id }),
})
