import { z } from 'zod'
import { joined, where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, date, number, text } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { fields, type MetadataField } from './metadataRows.ts'

const all = '/v1/fields/'
const one = `${all}{field_name}/` as const
const mappings = '/v1/mapping/fields/'
/** What a field may be mapped to: the properties of an asset that iconik itself fills. */
const mappable = ['title', 'category', 'external_id', 'external_link', 'warning', 'site_name'] as const

export const optionBody = body({ label: z.string(), value: z.string() })
const fieldShape = {
  label: text,
  field_type: z.string().min(1).max(50),
  description: text.optional(),
  external_id: text.optional(),
  multi: z.boolean().optional(),
  required: z.boolean().nullish(),
  read_only: z.boolean().nullish(),
  auto_set: z.boolean().nullish(),
  hide_if_not_set: z.boolean().nullish(),
  is_block_field: z.boolean().optional(),
  is_warning_field: z.boolean().optional(),
  representative: z.boolean().optional(),
  sortable: z.boolean().optional(),
  use_as_facet: z.boolean().optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  options: z.array(optionBody).max(5000).optional(),
  source_url: z.url().nullish(),
}
const dates = { date_created: date.optional(), date_modified: date.optional() }
const writable = Object.keys(fieldShape) as (keyof typeof fieldShape)[]

export const shownField = ({ id, ...field }: MetadataField) => ({ name: id, ...field })
const fieldOf = (call: Call): MetadataField => fields.get(call.rows, call.param('field_name'))

function shownMapping({ id, field_type, mapped_field_name }: MetadataField) {
  if (mapped_field_name === undefined) throw IconikError.badRequest('The field is not mapped')
  return { name: id, field_type, mapped_field_name }
}

export const fieldRoutes: readonly Route[] = [
  route('metadata.listFields', 'GET', all, {
    roles: ['can_read_metadata_fields'],
    query: {
      per_page: number.optional(),
      last_field_name: z.string().optional(),
      filter: z.string().optional(),
    },
    handle: (call) => {
      const { per_page = 1000, last_field_name, filter } = call.query
      const conditions = [
        ...(last_field_name === undefined ? [] : [where('id > ?', last_field_name)]),
        ...(filter === undefined ? [] : [where('instr(lower(id), lower(?)) > 0', filter)]),
      ]
      const { clause, values } = joined(conditions)
      const rows = call.rows.all(
        `SELECT document FROM iconik_metadata_field ${clause} ORDER BY id LIMIT ?`,
        ...values,
        per_page,
      )
      return ok({ objects: rows.map((row) => shownField(fields.parse(row))) })
    },
  }),
  route('metadata.listMyFields', 'GET', '/v1/user/fields/', {
    roles: ['can_read_metadata_fields'],
    handle: (call) => ok({ objects: fields.all(call.rows, [], 'id').map(shownField) }),
  }),
  route('metadata.createField', 'POST', all, {
    roles: ['can_write_metadata_fields'],
    body: body({ ...fieldShape, ...dates, name: z.string().regex(/^[\w.-]{1,100}$/) }),
    handle: (call) => {
      const { name, date_created = call.date, date_modified = call.date, ...sent } = call.body
      if (fields.find(call.rows, name) !== undefined) throw IconikError.badRequest({ name: 'Exists already' })
      const field = fields.insert(call.rows, { id: name, ...sent, date_created, date_modified })
      return created(shownField(field), name)
    },
  }),
  route('metadata.readField', 'GET', one, {
    roles: ['can_read_metadata_fields'],
    handle: (call) => ok(shownField(fieldOf(call))),
  }),
  ...twins('metadata', 'Field', one, {
    roles: ['can_write_metadata_fields'],
    body: body({ ...fieldShape, ...dates }),
    handle: (call, mode) => {
      const { date_created, date_modified = call.date, ...sent } = call.body
      const next = { ...changed(fieldOf(call), writable, sent, mode), date_modified }
      const saved = fields.save(call.rows, { ...next, ...(date_created !== undefined && { date_created }) })
      return ok(shownField(saved), saved.id)
    },
  }),
  route('metadata.deleteField', 'DELETE', one, {
    roles: ['can_delete_metadata_fields'],
    handle: (call) => {
      fields.remove(call.rows, call.param('field_name'))
      return done(204, call.param('field_name'))
    },
  }),
  route('metadata.createFieldMapping', 'POST', mappings, {
    roles: ['can_read_metadata_fields'],
    body: body({ name: z.string().min(1), mapped_field_name: z.enum(mappable) }),
    handle: (call) => {
      if (!call.viewer.isAdmin) throw IconikError.forbidden()
      const { name, mapped_field_name } = call.body
      const field = fields.get(call.rows, name)
      const saved = fields.save(call.rows, { ...field, mapped_field_name, date_modified: call.date })
      return created(shownMapping(saved), name)
    },
  }),
  route('metadata.readFieldMapping', 'GET', `${mappings}{field_name}/`, {
    roles: ['can_read_metadata_fields'],
    handle: (call) => ok(shownMapping(fieldOf(call))),
  }),
  route('metadata.listFieldMappings', 'GET', '/v1/mapping/options/', {
    roles: ['can_read_metadata_fields'],
    handle: () => ok({ objects: mappable.map((name) => ({ name })) }),
  }),
]
