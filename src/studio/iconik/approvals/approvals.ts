import { z } from 'zod'
import { checkPermission } from '../acls/aclRows.ts'
import { assets } from '../assets/assetRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, done, type IconikAnswer, ok } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { timeOf } from '../dates.ts'
import { body, bulkIds, date, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob } from '../jobs/jobRows.ts'
import { actorOf, addNotice, assetTitle } from '../notices/addNotice.ts'
import { type Route, route } from '../route.ts'
import {
  castVote,
  removeRequest,
  removeVote,
  removeVotes,
  requestOf,
  type Subject,
  shownVote,
  type VoteStatus,
  votesOn,
} from './approvalRows.ts'
import { assetsBelow, subjectOf, subjectOfPath } from './subject.ts'

const of = '/v1/{object_type}/{object_id}/approvals' as const
const ofVersion = '/v1/{object_type}/{object_id}/versions/{version_id}/approvals' as const

interface Voter {
  readonly voter: string
  readonly isExternal: boolean
}

/** Whose vote it is: one's own, or that of the guest named. Fails with 403 for a vote in another user's name. */
function voterOf(
  call: Call,
  { user, external }: { user?: string | undefined; external?: string | undefined },
): Voter {
  const { viewer } = call
  if (user !== undefined && user !== viewer.userId && !viewer.isAdmin) throw IconikError.forbidden()
  const { guest } = viewer
  if (guest === undefined) {
    return external === undefined
      ? { voter: user ?? viewer.userId, isExternal: false }
      : { voter: external, isExternal: true }
  }
  if (user !== undefined) throw IconikError.forbidden()
  const email = guest.email || external
  if (email === undefined) throw IconikError.badRequest({ external: 'Say whose vote it is' })
  if (external !== undefined && external.toLowerCase() !== email.toLowerCase()) throw IconikError.forbidden()
  return { voter: email, isExternal: true }
}

function vote(call: Call, subject: Subject, by: Voter, status: VoteStatus, at: number): void {
  const { rows } = call
  castVote(rows, subject, { ...by, status, at })
  const isApproval = status === 'APPROVED'
  const { object_type: objectType, object_id: objectId } = subject
  const asked = requestOf(rows, subject)?.requested_by
  if (objectType !== 'assets') return
  noteHistory(call, {
    ...{ assetId: objectId, versionId: subject.version_id, operation: isApproval ? 'APPROVE' : 'REJECT' },
  })
  if (asked === undefined) return
  addNotice(call, {
    ...{ to: asked, event: isApproval ? 'approved' : 'not_approved', objectType, objectId },
    about: { type: 'approvals' },
    short: `${actorOf(call)} ${isApproval ? 'approved' : 'asks for changes to'} ${assetTitle(call, objectId)}`,
    long: '',
    context: { asset_title: assetTitle(call, objectId), version_id: subject.version_id },
  })
}

const votesAnswer = (call: Call, subject: Subject): IconikAnswer =>
  ok({ objects: votesOn(call.rows, subject).map((one) => shownVote(subject, one)) })

const bulkBody = { object_type: z.enum(['assets', 'collections', 'saved_searches']), object_ids: bulkIds }

/** The assets that a bulk call means: those named, or all below the collections named. */
function meant(call: Call, type: string, ids: readonly string[]): string[] {
  if (type === 'assets') {
    checkPermission(call, 'read', 'assets', ids)
    return ids.map((id) => assets.get(call.rows, id).id)
  }
  if (type === 'collections') {
    checkPermission(call, 'read', 'collections', ids)
    return [...new Set(ids.flatMap((id) => assetsBelow(call, collections.get(call.rows, id).id)))]
  }
  throw IconikError.badRequest({ object_type: 'Saved searches cannot be approved here' })
}

export const approvalRoutes: readonly Route[] = [
  route('assets.readApproval', 'GET', `${of}/`, {
    roles: ['can_read_approval_request'],
    access: 'guest',
    handle: (call) => votesAnswer(call, subjectOfPath(call)),
  }),
  route('assets.readVersionApproval', 'GET', `${ofVersion}/`, {
    roles: ['can_read_approval_request'],
    access: 'guest',
    handle: (call) => votesAnswer(call, subjectOfPath(call, true)),
  }),
  route('assets.setApproval', 'PUT', `${of}/`, {
    roles: ['can_write_approval_status'],
    access: 'guest',
    body: body({
      status: z.enum(['APPROVED', 'NOT_APPROVED']),
      external: z.email().optional(),
      user: uuid.optional(),
      change_date: date.optional(),
    }),
    handle(call) {
      const { status, change_date, ...named } = call.body
      const subject = subjectOfPath(call)
      const by = voterOf(call, named)
      const at = change_date === undefined ? call.api.now() : timeOf(change_date)
      call.rows.transaction(() => vote(call, subject, by, status, at))
      return ok(
        shownVote(subject, { voter: by.voter, is_external: by.isExternal ? 1 : 0, status, changed_at: at }),
      )
    },
  }),
  route('assets.clearApproval', 'DELETE', `${of}/`, {
    handle(call) {
      removeVotes(call.rows, subjectOfPath(call))
      return done(204)
    },
  }),
  route('assets.removeUserVote', 'DELETE', `${of}/user/{user_id}/`, {
    roles: ['can_delete_approval_status'],
    handle: (call) => removed(call, call.param('user_id'), false),
  }),
  route('assets.removeExternalVote', 'DELETE', `${of}/external/{email}/`, {
    roles: ['can_delete_approval_status'],
    handle: (call) => removed(call, call.param('email'), true),
  }),
  route('assets.setApprovals', 'POST', '/v1/approvals/bulk/', {
    roles: ['can_write_approval_status_in_bulk'],
    body: body({ ...bulkBody, status: z.enum(['APPROVED', 'NOT_APPROVED']) }),
    handle: (call) =>
      call.rows.transaction(() => {
        const by = { voter: call.viewer.userId, isExternal: false }
        for (const id of meant(call, call.body.object_type, call.body.object_ids)) {
          vote(call, subjectOf(call, 'assets', id), by, call.body.status, call.api.now())
        }
        const job = addJob(call, {
          type: 'SET_APPROVAL',
          title: 'Set approval',
          objectType: call.body.object_type,
        })
        return ok({ job_id: job.id }, job.id)
      }),
  }),
  route('assets.clearApprovals', 'POST', '/v1/approvals/bulk_remove/', {
    roles: ['can_write_approval_status_in_bulk'],
    body: body(bulkBody),
    handle: (call) =>
      call.rows.transaction(() => {
        for (const id of meant(call, call.body.object_type, call.body.object_ids)) {
          const subject = subjectOf(call, 'assets', id)
          removeVotes(call.rows, subject)
          removeRequest(call.rows, subject)
        }
        const job = addJob(call, {
          ...{ type: 'SET_APPROVAL', title: 'Remove approval', objectType: call.body.object_type },
        })
        return ok({ job_id: job.id }, job.id)
      }),
  }),
]

function removed(call: Call, voter: string, isExternal: boolean): IconikAnswer {
  if (!removeVote(call.rows, subjectOfPath(call), voter, isExternal)) throw IconikError.notFound('Approval')
  return done(204)
}
