import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Call, created, done, ok } from '../call.ts'
import { twins } from '../change.ts'
import { Documents } from '../documents.ts'
import { body, flagOr, text } from '../fields.ts'
import { type Route, route } from '../route.ts'

const sessionSchema = z.strictObject({
  id: z.string(),
  node: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
type SyncSession = z.infer<typeof sessionSchema>
const sessions = new Documents('iconik_sync_session', 'Sync session', sessionSchema)

const all = '/v1/sync/sessions/'
const one = `${all}{sync_session_id}/` as const

/** What is spoken at the two addresses is in none of the service's documents, and nothing is served there. */
function shown(call: Call, { id, ...session }: SyncSession) {
  const url = `${call.origin}/API/assets${all}${id}/`
  return { id, ...session, dc_url: url, current_dc_url: url }
}

const added = (call: Call, id: string, node: string = randomUUID()): SyncSession =>
  sessions.insert(call.rows, { id, node, date_created: call.date, date_modified: call.date })

export const syncRoutes: readonly Route[] = [
  route('assets.createSyncSession', 'POST', all, {
    body: body({ node: text.optional() }),
    handle: (call) => {
      const session = added(call, randomUUID(), call.body.node)
      return created(shown(call, session), session.id)
    },
  }),
  route('assets.readSyncSession', 'GET', one, {
    handle: (call) => {
      const id = call.param('sync_session_id')
      const found = sessions.find(call.rows, id)
      return found === undefined ? created(shown(call, added(call, id)), id) : ok(shown(call, found), id)
    },
  }),
  ...twins('assets', 'SyncSession', one, {
    query: { update_if_none: flagOr(false) },
    body: body({ node: text.optional() }),
    handle: (call) => {
      const id = call.param('sync_session_id')
      const found = sessions.find(call.rows, id)
      const { node } = call.body
      if (found === undefined) return created(shown(call, added(call, id, node)), id)
      // With `update_if_none` only a session that has no node yet takes the one that is sent.
      const next = call.query.update_if_none && found.node !== '' ? found.node : (node ?? '')
      return ok(shown(call, sessions.save(call.rows, { ...found, node: next, date_modified: call.date })), id)
    },
  }),
  route('assets.deleteSyncSession', 'DELETE', one, {
    handle: (call) => {
      sessions.remove(call.rows, call.param('sync_session_id'))
      return done(204, call.param('sync_session_id'))
    },
  }),
]
