import { z } from 'zod'
import { assetIdSchema, versionIdSchema } from './ids.ts'
import { emailSchema, remoteKeySchema } from './people.ts'

/** What one person says of a version. */
export const voteSchema = z.enum(['approved', 'needsChanges'])
export type Vote = z.infer<typeof voteSchema>

/** `mixed`: votes disagree. `none`: nobody was asked and nobody has voted. */
export const approvalStateSchema = z.enum(['none', 'requested', 'approved', 'needsChanges', 'mixed'])
export type ApprovalState = z.infer<typeof approvalStateSchema>

/** One person's or guest's place in an approval. */
export const approverSchema = z.object({
  /** Null for a guest who is known by mail only. */
  key: remoteKeySchema.nullable(),
  name: z.string(),
  email: z.string().nullable(),
  vote: voteSchema.nullable(),
  /** Epoch milliseconds of the vote. */
  votedAt: z.number().int().nullable(),
  isMe: z.boolean(),
  /** Said with the vote, where it is kept with it. */
  note: z.string().optional(),
})
export type Approver = z.infer<typeof approverSchema>

export const approvalSchema = z.object({
  versionId: versionIdSchema,
  state: approvalStateSchema,
  /** Votes needed for `approved`; at least 1. */
  minimum: z.number().int().positive(),
  requestedBy: z.string().nullable(),
  requestedAt: z.number().int().nullable(),
  approvers: z.array(approverSchema),
  /** The service takes no votes: mine is kept on this computer. */
  isLocal: z.boolean().optional(),
})
export type Approval = z.infer<typeof approvalSchema>

export const approvalRequestSchema = z.object({
  versionId: versionIdSchema,
  people: z.array(remoteKeySchema).max(100),
  groups: z.array(remoteKeySchema).max(100).default([]),
  emails: z.array(emailSchema).max(100).default([]),
  minimum: z.number().int().min(1).max(100).default(1),
})
export type ApprovalRequest = z.infer<typeof approvalRequestSchema>

/** A vote on many assets' newest versions at once. */
export const bulkApprovalSchema = z.object({
  assetIds: z.array(assetIdSchema).min(1).max(500),
  vote: voteSchema.nullable(),
})
