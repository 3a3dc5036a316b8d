import { z } from 'zod'
import { type Call, type IconikAnswer, ok } from '../call.ts'
import type { ChangeMode } from '../change.ts'
import { body, date, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob } from '../jobs/jobRows.ts'
import { actorOf, addNotice, assetTitle } from '../notices/addNotice.ts'
import { type Route, route } from '../route.ts'
import { findUser, groups, userInfo, users } from '../users/userRows.ts'
import {
  type ApprovalRequest,
  removeRequest,
  requestOf,
  type Subject,
  saveRequest,
  shownSubject,
  shownVote,
  statusOf,
  votesOn,
} from './approvalRows.ts'
import { assetsBelow, subjectOf, subjectOfPath } from './subject.ts'

const of = '/v1/{object_type}/{object_id}/approvals/request' as const
const ofVersion = '/v1/{object_type}/{object_id}/versions/{version_id}/approvals/request' as const

const requestBody = body({
  users: z.array(uuid).max(500).optional(),
  groups: z.array(uuid).max(500).optional(),
  externals: z.array(z.email()).max(500).optional(),
  min_number: z.number().int().min(1).optional(),
  share_id: uuid.nullish(),
  status: z.literal('REQUESTED').optional(),
  request_date: date.optional(),
  change_date: date.optional(),
})
type RequestBody = z.output<typeof requestBody>

/** How a subject stands, as answers show it. */
function shownRequest(call: Call, subject: Subject, request: ApprovalRequest | undefined) {
  const { rows, viewer } = call
  const votes = votesOn(rows, subject)
  const { guest } = viewer
  const me = guest === undefined ? viewer.userId : guest.email.toLowerCase()
  const mine = votes.find(({ voter }) => voter === me)
  return {
    ...shownSubject(subject),
    ...request,
    status: statusOf(votes, request),
    user_status: mine?.status ?? 'N/A',
    approvals_by: votes.map((vote) => shownVote(subject, vote)),
    users_info: (request?.users ?? []).flatMap((id) => userInfo(rows, id) ?? []),
  }
}

/** Fails with 404 where nobody asked and nobody has voted. */
function readAnswer(call: Call, subject: Subject): IconikAnswer {
  const request = requestOf(call.rows, subject)
  if (request === undefined && votesOn(call.rows, subject).length === 0) {
    throw IconikError.notFound('Approval request')
  }
  return ok(shownRequest(call, subject, request))
}

/** Fails with 400 for people who are not there. */
function checkPeople(call: Call, { users: people = [], groups: teams = [] }: RequestBody): void {
  const unknown = people.find((id) => findUser(call.rows, id) === undefined)
  if (unknown !== undefined) throw IconikError.badRequest({ users: `There is no user ${unknown}` })
  const noGroup = teams.find((id) => groups.find(call.rows, id) === undefined)
  if (noGroup !== undefined) throw IconikError.badRequest({ groups: `There is no group ${noGroup}` })
}

/** Tells those who are asked, the members of groups too, and guests by mail. */
function askThem(
  call: Call,
  subject: Subject,
  request: ApprovalRequest,
  before: ApprovalRequest | undefined,
): void {
  const { rows, api } = call
  const title = assetTitle(call, subject.object_id)
  const members = users.all(rows, []).filter((user) => user.groups.some((id) => request.groups.includes(id)))
  const asked = new Set([...request.users, ...members.map(({ id }) => id)])
  for (const to of asked) {
    if (before?.users.includes(to)) continue
    addNotice(call, {
      ...{ to, event: 'approval_request', objectType: subject.object_type, objectId: subject.object_id },
      about: { type: 'approvals' },
      short: `${actorOf(call)} asks you to approve ${title}`,
      long: '',
      context: { asset_title: title, version_id: subject.version_id },
    })
  }
  for (const email of request.externals) {
    if (before?.externals.includes(email)) continue
    api.outbox.send({ to: email, purpose: 'approval', title, from: actorOf(call) })
  }
}

function ask(call: Call, subject: Subject, sent: RequestBody): ApprovalRequest {
  const { status: _status, ...fields } = sent
  const before = requestOf(call.rows, subject)
  const request = saveRequest(call.rows, subject, {
    ...fields,
    requested_by: call.viewer.userId,
    request_date: sent.request_date ?? call.date,
    change_date: sent.change_date ?? call.date,
  })
  askThem(call, subject, request, before)
  return request
}

function edit(call: Call<RequestBody>, mode: ChangeMode): IconikAnswer {
  checkPeople(call, call.body)
  const subject = subjectOfPath(call)
  return call.rows.transaction(() => {
    const before = requestOf(call.rows, subject)
    if (before === undefined) throw IconikError.notFound('Approval request')
    const { status: _status, ...fields } = call.body
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const { requested_by, request_date } = before
    const request = saveRequest(call.rows, subject, {
      ...(mode === 'merge' ? before : {}),
      ...{ requested_by, request_date, change_date: call.date, ...given },
    })
    askThem(call, subject, request, before)
    return ok(shownRequest(call, subject, request))
  })
}

const write = ['can_write_approval_request']
const read = ['can_read_approval_request']

export const approvalRequestRoutes: readonly Route[] = [
  route('assets.readApprovalRequest', 'GET', `${of}/`, {
    roles: read,
    access: 'guest',
    handle: (call) => readAnswer(call, subjectOfPath(call)),
  }),
  route('assets.readVersionApprovalRequest', 'GET', `${ofVersion}/`, {
    roles: read,
    access: 'guest',
    handle: (call) => readAnswer(call, subjectOfPath(call, true)),
  }),
  route('assets.requestApproval', 'POST', `${of}/`, {
    roles: write,
    body: requestBody,
    handle(call) {
      checkPeople(call, call.body)
      const subject = subjectOfPath(call)
      return call.rows.transaction(() => {
        const request = ask(call, subject, call.body)
        if (subject.object_type === 'assets') {
          return { status: 201, body: shownRequest(call, subject, request), id: subject.object_id }
        }
        // Of a collection, what is in it is asked about, as a job.
        for (const id of assetsBelow(call, subject.object_id))
          ask(call, subjectOf(call, 'assets', id), call.body)
        const job = addJob(call, {
          ...{ type: 'REQUEST_APPROVAL', title: 'Request approval' },
          ...{ objectType: subject.object_type, objectId: subject.object_id },
        })
        return { status: 202, body: { job_id: job.id }, id: job.id }
      })
    },
  }),
  route('assets.replaceApprovalRequest', 'PUT', `${of}/`, {
    roles: write,
    body: requestBody,
    handle: (call) => edit(call, 'replace'),
  }),
  route('assets.patchApprovalRequest', 'PATCH', `${of}/`, {
    roles: write,
    body: requestBody,
    handle: (call) => edit(call, 'merge'),
  }),
  route('assets.withdrawApprovalRequest', 'DELETE', `${of}/`, {
    roles: ['can_delete_approval_request'],
    handle(call) {
      const subject = subjectOfPath(call)
      if (!removeRequest(call.rows, subject)) throw IconikError.notFound('Approval request')
      return ok(shownRequest(call, subject, undefined))
    },
  }),
]
