import { z } from 'zod'
import { hashPassword } from '../../password.ts'
import { where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, lastIdQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import { findUser } from '../users/userRows.ts'
import { inviteTo } from './addShare.ts'
import { password } from './shareBody.ts'
import { type Share, type ShareUser, shareOfPath, shareUsers } from './shareRows.ts'

const ofShare = '/v1/{object_type}/{object_id}/shares/{share_id}/users' as const

/** A recipient as answers show them; the link and the password are told by no answer. */
export function shownShareUser(call: Call, share: Share, user: ShareUser) {
  const person = user.internal_user_id === undefined ? undefined : findUser(call.rows, user.internal_user_id)
  return {
    ...user,
    object_type: share.object_type,
    object_id: share.object_id,
    ...(person && { first_name: person.first_name, last_name: person.last_name }),
  }
}

/** The recipient of the path, who is of the path's share. Fails with 404. */
function ofPath(call: Call): { share: Share; user: ShareUser } {
  const share = shareOfPath(call)
  const user = shareUsers.get(call.rows, call.param('share_user_id'))
  if (user.share_id !== share.id) throw IconikError.notFound('Share user')
  return { share, user }
}

const fields = {
  email: z.email(),
  id: uuid.optional(),
  internal_user_id: uuid.optional(),
  password: password.optional(),
}

export const shareUserRoutes: readonly Route[] = [
  route('assets.listShareUsers', 'GET', `${ofShare}/`, {
    roles: ['can_read_shares'],
    query: lastIdQuery,
    handle(call) {
      const share = shareOfPath(call)
      const listing = { table: shareUsers.table, conditions: [where('share_id = ?', share.id)] }
      const show = (user: ShareUser) => shownShareUser(call, share, user)
      const { objects } = lastIdPage(call, listing, (rows) => rows.map((row) => show(shareUsers.parse(row))))
      return ok({ objects })
    },
  }),
  route('assets.addShareUser', 'POST', `${ofShare}/`, {
    roles: ['can_write_shares'],
    body: body(fields),
    async handle(call) {
      const { email, internal_user_id, password: word } = call.body
      const passwordHash = word === undefined ? undefined : await hashPassword(word)
      return call.rows.transaction(() => {
        const share = shareOfPath(call)
        const invited = { email, internal_user_id, ...(passwordHash !== undefined && { passwordHash }) }
        const user = inviteTo(call, share, invited)
        return created(shownShareUser(call, share, user), user.id)
      })
    },
  }),
  route('assets.readShareUser', 'GET', `${ofShare}/{share_user_id}/`, {
    roles: ['can_read_shares'],
    handle(call) {
      const { share, user } = ofPath(call)
      return ok(shownShareUser(call, share, user), user.id)
    },
  }),
  ...twins('assets', 'ShareUser', `${ofShare}/{share_user_id}/`, {
    roles: ['can_write_shares'],
    body: body(fields),
    async handle(call, mode) {
      const { share, user } = ofPath(call)
      const { password: word, email, internal_user_id } = call.body
      const hash = word === undefined ? null : await hashPassword(word)
      return call.rows.transaction(() => {
        const next = changed(user, ['email', 'internal_user_id'], { email, internal_user_id }, mode)
        const saved = shareUsers.save(call.rows, next)
        if (hash !== null || mode === 'replace') {
          call.rows.run('UPDATE iconik_share_user SET password_hash = ? WHERE id = ?', hash, user.id)
        }
        return ok(shownShareUser(call, share, saved), user.id)
      })
    },
  }),
  route('assets.removeShareUser', 'DELETE', `${ofShare}/{share_user_id}/`, {
    roles: ['can_write_shares'],
    handle(call) {
      const { user } = ofPath(call)
      shareUsers.remove(call.rows, user.id)
      return done(204, user.id)
    },
  }),
]
