import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { created, done, ok } from '../call.ts'
import { twins } from '../change.ts'
import { Documents } from '../documents.ts'
import { body, flag, text, uuid } from '../fields.ts'
import { type Route, route } from '../route.ts'
import { applyTemplate, checkPermission } from './aclRows.ts'

const templateSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
/** Names only: what a template gives are the ACLs of an object of the kind `acl_templates` with its id. */
const templates = new Documents('iconik_acl_template', 'ACL template', templateSchema)

const all = '/v1/acl/templates/'
const one = `${all}{template_id}/` as const
const templateBody = body({ name: text.min(1) })

export const templateRoutes: readonly Route[] = [
  route('acls.listAccessTemplates', 'GET', all, {
    roles: ['can_read_acl_templates'],
    handle: (call) => ok({ objects: templates.all(call.rows, []) }),
  }),
  route('acls.createTemplate', 'POST', all, {
    roles: ['can_write_acl_templates'],
    body: templateBody,
    handle: (call) => {
      const dates = { date_created: call.date, date_modified: call.date }
      const template = templates.insert(call.rows, { id: randomUUID(), name: call.body.name, ...dates })
      return created(template, template.id)
    },
  }),
  route('acls.readAccessTemplate', 'GET', one, {
    roles: ['can_read_acl_templates'],
    handle: (call) => ok(templates.get(call.rows, call.param('template_id'))),
  }),
  ...twins('acls', 'Template', one, {
    roles: ['can_write_acl_templates'],
    body: templateBody,
    handle: (call) => {
      const template = templates.get(call.rows, call.param('template_id'))
      const { name = template.name } = call.body
      return ok(templates.save(call.rows, { ...template, name, date_modified: call.date }), template.id)
    },
  }),
  route('acls.deleteTemplate', 'DELETE', one, {
    roles: ['can_delete_acl_templates'],
    handle: (call) => {
      const id = call.param('template_id')
      call.rows.transaction(() => {
        templates.remove(call.rows, id)
        call.rows.run("DELETE FROM iconik_acl WHERE object_type = 'acl_templates' AND object_key = ?", id)
      })
      return done(204, id)
    },
  }),
  route('acls.applyAccessTemplate', 'POST', `${one}{object_type}/{object_key}/`, {
    query: { ignore_reindexing: flag.optional(), restrict_acls_collection_id: uuid.optional() },
    handle: (call) => {
      const { id } = templates.get(call.rows, call.param('template_id'))
      const objectType = call.param('object_type')
      const objectKey = call.param('object_key')
      checkPermission(call, 'change-acl', objectType, [objectKey])
      call.rows.transaction(() =>
        applyTemplate(call, id, { objectType, objectKey }, call.query.restrict_acls_collection_id),
      )
      return done(200, objectKey)
    },
  }),
]
