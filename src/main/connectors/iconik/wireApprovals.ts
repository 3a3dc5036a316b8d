import { z } from 'zod'
import { count, few, id, idOrNull, pageSchema, personSchema, text, word } from './wire.ts'

const approvalStates = ['N/A', 'REQUESTED', 'APPROVED', 'NOT_APPROVED', 'MIXED'] as const
export type ApprovalState = (typeof approvalStates)[number]
const state = word(approvalStates)

/** One vote: a user's, or by `external` the one of somebody known by e-mail only. */
export const voteSchema = z.object({
  user: idOrNull,
  external: text,
  status: state,
  change_date: text,
  object_id: idOrNull,
  object_type: text,
  version_id: idOrNull,
})
export type Vote = z.infer<typeof voteSchema>
export const votesSchema = pageSchema(voteSchema)

/** Whom was asked and how it stands; `user_status` is one's own vote. */
export const approvalRequestSchema = z.object({
  object_id: idOrNull,
  object_type: text,
  version_id: idOrNull,
  share_id: idOrNull,
  status: state,
  user_status: state,
  users: few(id),
  groups: few(id),
  externals: few(z.string()),
  min_number: count,
  approvals_by: few(voteSchema),
  users_info: few(personSchema),
  requested_by: idOrNull,
  request_date: text,
  change_date: text,
})
export type ApprovalRequest = z.infer<typeof approvalRequestSchema>
