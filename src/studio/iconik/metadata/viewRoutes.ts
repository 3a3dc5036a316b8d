import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { Documents } from '../documents.ts'
import { body, date, flag, flagOr, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { optionBody, shownField } from './fieldRoutes.ts'
import { fields, type MetadataView, mergedFields, views } from './metadataRows.ts'

const all = '/v1/views/'
const one = `${all}{view_id}/` as const
const viewFieldBody = body({
  name: z.string().min(1),
  label: text.nullish(),
  required: z.boolean().nullish(),
  read_only: z.boolean().nullish(),
  auto_set: z.boolean().nullish(),
  hide_if_not_set: z.boolean().nullish(),
  options: z.array(optionBody).max(5000).optional(),
  source_url: z.url().nullish(),
})
const viewBody = body({
  name: text.min(1),
  description: text.nullish(),
  view_fields: z.array(viewFieldBody).max(500),
})

const viewOf = (call: Call): MetadataView => views.get(call.rows, call.param('view_id'))

/** With its fields as they go for it. */
function shown(call: Call, view: MetadataView) {
  return { ...view, view_fields: mergedFields(call.rows, view).map(shownField) }
}

/** Fails with 400 for a field that does not exist. */
function checkFields(call: Call, names: readonly { readonly name: string }[] = []): void {
  const missing = names.find(({ name }) => fields.find(call.rows, name) === undefined)
  if (missing !== undefined)
    throw IconikError.badRequest({ view_fields: `There is no field ${missing.name}` })
}

const categorySchema = z.strictObject({
  /** Kind and name: `assets/Review`. */
  id: z.string(),
  name: z.string(),
  label: z.string(),
  object_type: z.string(),
  view_ids: z.array(z.string()),
  date_created: z.string(),
  date_modified: z.string(),
})
type Category = z.infer<typeof categorySchema>
const categories = new Documents('iconik_metadata_category', 'Metadata category', categorySchema)
const ofType = '/v1/{object_type}/categories/'
const ofName = `${ofType}{name}/` as const
const categoryBody = body({
  name: text.min(1),
  label: text,
  view_ids: z.array(uuid).max(100).optional(),
  date_created: date.optional(),
  date_modified: date.optional(),
})

const categoryOf = (call: Call): Category =>
  categories.get(call.rows, `${call.param('object_type')}/${call.param('name')}`)

function shownCategory(call: Call, { id, ...category }: Category, writableOnly = false) {
  const found = category.view_ids.flatMap((viewId) => views.find(call.rows, viewId) ?? [])
  const own = found.map((view) => shown(call, view))
  const writable = own.map((view) => ({
    ...view,
    view_fields: view.view_fields.filter(({ read_only }) => read_only !== true),
  }))
  return { ...category, views: writableOnly ? writable : own }
}

/** Fails with 400 for a view that does not exist. */
function checkViews(call: Call, ids: readonly string[] = []): void {
  if (ids.some((id) => views.find(call.rows, id) === undefined)) {
    throw IconikError.badRequest({ view_ids: 'Names a view that does not exist' })
  }
}

export const viewRoutes: readonly Route[] = [
  route('metadata.listViews', 'GET', all, {
    roles: ['can_read_metadata_views'],
    handle: (call) => ok({ objects: views.all(call.rows, []) }),
  }),
  route('metadata.createView', 'POST', all, {
    roles: ['can_write_metadata_views'],
    body: viewBody,
    handle: (call) => {
      checkFields(call, call.body.view_fields)
      const dates = { date_created: call.date, date_modified: call.date }
      const view = views.insert(call.rows, { id: randomUUID(), ...call.body, ...dates })
      return created(shown(call, view), view.id)
    },
  }),
  route('metadata.readView', 'GET', one, {
    roles: ['can_read_metadata_views'],
    access: 'guest',
    // Without merging, a field says what it says of itself, whatever the view has to say of it.
    query: { merge_fields: flagOr(true) },
    handle: (call) => {
      const view = viewOf(call)
      if (call.query.merge_fields) return ok(shown(call, view), view.id)
      const own = view.view_fields.flatMap(({ name }) => fields.find(call.rows, name) ?? [])
      return ok({ ...view, view_fields: own.map(shownField) }, view.id)
    },
  }),
  ...twins('metadata', 'View', one, {
    roles: ['can_write_metadata_views'],
    body: viewBody,
    handle: (call, mode) => {
      checkFields(call, call.body.view_fields)
      const next = changed(viewOf(call), ['name', 'description', 'view_fields'], call.body, mode)
      const saved = views.save(call.rows, { ...next, date_modified: call.date })
      return ok(shown(call, saved), saved.id)
    },
  }),
  route('metadata.deleteView', 'DELETE', one, {
    roles: ['can_delete_metadata_views'],
    handle: (call) => {
      views.remove(call.rows, call.param('view_id'))
      return done(204, call.param('view_id'))
    },
  }),
  route('metadata.listCategories', 'GET', ofType, {
    roles: ['can_read_metadata_categories'],
    handle: (call) => {
      const ofKind = where("document ->> 'object_type' = ?", call.param('object_type'))
      return ok({ objects: categories.all(call.rows, [ofKind]).map((one) => shownCategory(call, one)) })
    },
  }),
  route('metadata.createCategory', 'POST', ofType, {
    roles: ['can_write_metadata_categories'],
    body: categoryBody,
    handle: (call) => {
      const { view_ids = [], date_created = call.date, date_modified = call.date, ...sent } = call.body
      const object_type = call.param('object_type')
      const id = `${object_type}/${sent.name}`
      checkViews(call, view_ids)
      if (categories.find(call.rows, id) !== undefined)
        throw IconikError.conflict('The category exists already')
      const dates = { date_created, date_modified }
      return created(
        shownCategory(call, categories.insert(call.rows, { id, object_type, view_ids, ...sent, ...dates })),
      )
    },
  }),
  route('metadata.readCategory', 'GET', ofName, {
    roles: ['can_read_metadata_categories'],
    handle: (call) => ok(shownCategory(call, categoryOf(call))),
  }),
  route('metadata.replaceCategory', 'PUT', ofName, {
    roles: ['can_write_metadata_categories'],
    body: categoryBody,
    handle: (call) => {
      const category = categoryOf(call)
      const { name, label, view_ids = [] } = call.body
      if (name !== category.name) throw IconikError.badRequest({ name: 'Cannot be changed' })
      checkViews(call, view_ids)
      const saved = categories.save(call.rows, { ...category, label, view_ids, date_modified: call.date })
      return ok(shownCategory(call, saved))
    },
  }),
  route('metadata.deleteCategory', 'DELETE', ofName, {
    roles: ['can_delete_metadata_categories'],
    handle: (call) => {
      categories.remove(call.rows, categoryOf(call).id)
      return done(204)
    },
  }),
  route('metadata.listCategoryViews', 'GET', `${ofName}views/`, {
    roles: ['can_read_metadata_categories'],
    query: { ext_options: flag.optional(), writable_only: flag.optional() },
    handle: (call) => ok(shownCategory(call, categoryOf(call), call.query.writable_only === true)),
  }),
]
