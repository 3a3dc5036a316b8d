import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { valuesBody } from '../metadata/valueFields.ts'
import { isWithin } from '../reach.ts'
import { type Route, route } from '../route.ts'
import { actionContexts, type CustomAction, customActions } from './actionRows.ts'
import { fire } from './fire.ts'

const all = '/v1/custom_actions/'
const one = `${all}{context}/{action_id}/` as const
const ids = z.array(uuid).max(500).optional()

const actionBody = body({
  context: z.enum(actionContexts),
  title: text.min(1),
  url: z.url(),
  type: z.enum(['OPEN', 'POST']).optional(),
  app_id: uuid.nullish(),
  metadata_view: uuid.nullish(),
  headers: z.record(z.string().max(200), z.string().max(5000)).optional(),
  disabled: z.boolean().optional(),
})
const firedBody = body({
  ...{ asset_ids: ids, collection_ids: ids, saved_search_ids: ids },
  metadata_view_id: uuid.nullish(),
  metadata_values: valuesBody.optional(),
  // Newer than the vendor's file.
  from_collection_id: uuid.nullish(),
})

/** Fails with 404, also for an action of another context. */
function actionOf(call: Call): CustomAction {
  const action = customActions.get(call.rows, call.param('action_id'))
  if (action.context !== call.param('context')) throw IconikError.notFound('Custom action')
  return action
}

/** Fails with 403: the service names no role, but it is the administration that such calls are a page of. */
function checkAdmin(call: Call): void {
  if (!call.viewer.isAdmin) throw IconikError.forbidden()
}

const contexts = { context: new RegExp(`^(${actionContexts.join('|')})$`) }

export const actionRoutes: readonly Route[] = [
  route('assets.listCustomActions', 'GET', all, {
    roles: ['can_read_custom_actions'],
    handle: (call) => ok({ objects: customActions.all(call.rows, []) }),
  }),
  route('assets.listCustomActionsOfContext', 'GET', `${all}{context}/`, {
    roles: ['can_read_custom_actions'],
    access: 'guest',
    where: contexts,
    handle: (call) =>
      ok({ objects: customActions.all(call.rows, [where('context = ?', call.param('context'))]) }),
  }),
  route('assets.createCustomAction', 'POST', `${all}{context}/`, {
    where: contexts,
    body: actionBody,
    handle: (call) => {
      checkAdmin(call)
      if (call.body.context !== call.param('context'))
        throw IconikError.badRequest({ context: 'Is not the path’s' })
      const action = customActions.insert(call.rows, {
        ...{ id: randomUUID(), ...call.body, system_domain_id: call.viewer.systemDomainId },
        ...{ date_created: call.date, date_modified: call.date },
      })
      return created(action, action.id)
    },
  }),
  route('assets.readCustomAction', 'GET', one, {
    roles: ['can_read_custom_actions'],
    handle: (call) => created(actionOf(call)),
  }),
  ...twins('assets', 'CustomAction', one, {
    body: actionBody,
    handle: (call, mode) => {
      checkAdmin(call)
      const fields = ['title', 'url', 'type', 'app_id', 'metadata_view', 'headers', 'disabled'] as const
      const next = changed(changed(actionOf(call), ['context'], call.body, 'merge'), fields, call.body, mode)
      return ok(customActions.save(call.rows, { ...next, date_modified: call.date }), next.id)
    },
  }),
  route('assets.deleteCustomAction', 'DELETE', one, {
    handle: (call) => {
      checkAdmin(call)
      customActions.remove(call.rows, actionOf(call).id)
      return done(204, call.param('action_id'))
    },
  }),
  route('assets.fireCustomAction', 'POST', `${one}callback/`, {
    roles: ['can_read_custom_actions'],
    body: firedBody,
    handle: async (call) => ok(await fire(call, actionOf(call), call.body)),
  }),
  route('assets.fireSharedCustomAction', 'POST', `${all}shared/{context}/{action_id}/callback/`, {
    roles: ['can_read_custom_actions'],
    access: 'guest',
    body: firedBody,
    handle: async (call) => {
      const { guest } = call.viewer
      const { asset_ids = [], collection_ids = [] } = call.body
      const named = [
        ...asset_ids.map((id) => ['assets', id] as const),
        ...collection_ids.map((id) => ['collections', id] as const),
      ]
      const isOpen = named.every(
        ([type, id]) => guest === undefined || isWithin(call.rows, type, id, guest.scope),
      )
      if (!isOpen) throw IconikError.forbidden()
      return ok(await fire(call, actionOf(call), call.body))
    },
  }),
]
