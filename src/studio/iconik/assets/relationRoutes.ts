import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, flagOr, pageQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf, wholeList } from '../page.ts'
import { type Route, route } from '../route.ts'
import { type Asset, assets } from './assetRows.ts'
import { noteHistory } from './history.ts'
import { type Relation, type RelationType, relations, relationTypes } from './relationRows.ts'
import { shownAssets } from './showAsset.ts'

const types = '/v1/assets/relation_types/'
const all = '/v1/assets/{asset_id}/relations/'
const one = `${all}{relation_type}/{related_to_asset_id}/` as const

const relationBody = body({
  asset_id: uuid.optional(),
  related_to_asset_id: uuid,
  relation_type: text.min(1),
  description: text.nullish(),
})
const typeBody = body({
  name: text.min(1).max(100),
  source_label: text,
  destination_label: text,
  description: text.nullish(),
  is_directional: z.boolean().optional(),
})

const shownType = ({ id, ...type }: RelationType) => ({ name: id, ...type })

/** The assets that are related to one, whichever end it is at. */
function relatedTo(assetId: string, type: string | undefined, withDeleted: boolean): Condition[] {
  const and = type === undefined ? '' : 'AND relation_type = ?'
  const values = type === undefined ? [assetId] : [assetId, type]
  return [
    where(
      `id IN (SELECT related_to_asset_id FROM iconik_relation WHERE asset_id = ? ${and}
         UNION SELECT asset_id FROM iconik_relation WHERE related_to_asset_id = ? ${and})`,
      ...values,
      ...values,
    ),
    ...(withDeleted ? [] : [where('is_queued = 0')]),
  ]
}

/** Relates two assets, or finds them related already; then it is 200 instead of 201. */
function relate(call: Call<z.output<typeof relationBody>>): IconikAnswer {
  const { rows, body: sent, date } = call
  const assetId = assets.get(rows, call.param('asset_id')).id
  if (sent.asset_id !== undefined && sent.asset_id !== assetId) {
    throw IconikError.badRequest({ asset_id: 'Is not the asset of the path' })
  }
  const other = assets.find(rows, sent.related_to_asset_id)
  if (other === undefined || other.id === assetId) {
    throw IconikError.badRequest({ related_to_asset_id: 'Is no other asset' })
  }
  if (relationTypes.find(rows, sent.relation_type) === undefined) {
    throw IconikError.badRequest({ relation_type: 'Does not exist' })
  }
  const found = relationOf(call, assetId, sent.relation_type, other.id)
  if (found !== undefined) return ok(found, found.id)
  const relation = rows.transaction(() => {
    noteHistory(call, { assetId, operation: 'CUSTOM', description: `Related to ${other.title}` })
    return relations.insert(rows, {
      ...{ id: randomUUID(), asset_id: assetId, related_to_asset_id: other.id },
      ...{ relation_type: sent.relation_type, date_created: date, date_modified: date },
      ...(sent.description !== undefined && { description: sent.description }),
    })
  })
  return created(relation, relation.id)
}

function relationOf(call: Call, from: string, type: string, to: string): Relation | undefined {
  const ends = where('asset_id = ? AND relation_type = ? AND related_to_asset_id = ?', from, type, to)
  return relations.all(call.rows, [ends])[0]
}

/** The relation that a path names. Fails with 404. */
function named(call: Call): Relation {
  const found = relationOf(
    call,
    call.param('asset_id'),
    call.param('relation_type'),
    call.param('related_to_asset_id'),
  )
  if (found === undefined) throw IconikError.notFound('Relation')
  return found
}

const show = (call: Call) => (rows: Parameters<typeof assets.parse>[0][]) =>
  shownAssets(
    call,
    rows.map((row): Asset => assets.parse(row)),
  )

export const relationRoutes: readonly Route[] = [
  route('assets.listRelationTypes', 'GET', types, {
    roles: ['can_read_asset_relations'],
    handle: (call) => ok(wholeList(call, relationTypes.all(call.rows, []).map(shownType))),
  }),
  route('assets.createRelationType', 'POST', types, {
    roles: ['can_write_asset_relation_types'],
    body: typeBody,
    handle: (call) => {
      const { name, ...fields } = call.body
      if (relationTypes.find(call.rows, name) !== undefined)
        throw IconikError.badRequest({ name: 'Exists already' })
      const dates = { date_created: call.date, date_modified: call.date }
      return created(shownType(relationTypes.insert(call.rows, { id: name, ...fields, ...dates })), name)
    },
  }),
  route('assets.readRelationType', 'GET', `${types}{relation_type}/`, {
    roles: ['can_read_asset_relations'],
    handle: (call) => ok(shownType(relationTypes.get(call.rows, call.param('relation_type')))),
  }),
  ...twins('assets', 'RelationType', `${types}{relation_type}/`, {
    roles: ['can_write_asset_relation_types'],
    body: typeBody,
    handle: (call, mode) => {
      const { name, ...sent } = call.body
      const type = relationTypes.get(call.rows, call.param('relation_type'))
      if (type.is_system) throw IconikError.forbidden('A relation type of the system cannot be changed')
      if (name !== undefined && name !== type.id) throw IconikError.badRequest({ name: 'Cannot be changed' })
      const names = ['source_label', 'destination_label', 'description', 'is_directional'] as const
      const next = { ...changed(type, names, sent, mode), date_modified: call.date }
      return ok(shownType(relationTypes.save(call.rows, next)), type.id)
    },
  }),
  route('assets.deleteRelationType', 'DELETE', `${types}{relation_type}/`, {
    roles: ['can_delete_asset_relation_types'],
    handle: (call) => {
      const type = relationTypes.get(call.rows, call.param('relation_type'))
      if (type.is_system) throw IconikError.forbidden('A relation type of the system cannot be deleted')
      relationTypes.remove(call.rows, type.id)
      return done(204, type.id)
    },
  }),
  route('assets.listRelations', 'GET', all, {
    roles: ['can_read_asset_relations'],
    query: { ...pageQuery, ...sortQuery, include_deleted: flagOr(false) },
    handle: (call) => {
      const { id } = assets.get(call.rows, call.param('asset_id'))
      const listing = {
        table: assets.table,
        conditions: relatedTo(id, undefined, call.query.include_deleted),
        orders: { title: 'title', date_created: 'date_created', date_modified: 'date_modified' },
      }
      return ok(pageOf(call, listing, show(call)))
    },
  }),
  route('assets.listRelationsOfType', 'GET', `${all}{relation_type}/`, {
    roles: ['can_read_asset_relations'],
    query: { include_deleted: flagOr(false) },
    handle: (call) => {
      const { id } = assets.get(call.rows, call.param('asset_id'))
      const conditions = relatedTo(id, call.param('relation_type'), call.query.include_deleted)
      return ok(wholeList(call, shownAssets(call, assets.all(call.rows, conditions))))
    },
  }),
  route('assets.createRelation', 'POST', all, {
    roles: ['can_create_asset_relations'],
    body: relationBody,
    handle: relate,
  }),
  route('assets.createRelationOfType', 'POST', one, {
    roles: ['can_create_asset_relations'],
    body: relationBody,
    handle: (call) => {
      const { relation_type, related_to_asset_id } = call.body
      const isSame =
        relation_type === call.param('relation_type') &&
        related_to_asset_id === call.param('related_to_asset_id')
      if (!isSame) throw IconikError.badRequest('Path and body name different relations')
      return relate(call)
    },
  }),
  route('assets.deleteRelation', 'DELETE', one, {
    roles: ['can_delete_asset_relations'],
    handle: (call) => {
      const relation = named(call)
      call.rows.transaction(() => {
        relations.remove(call.rows, relation.id)
        noteHistory(call, {
          assetId: relation.asset_id,
          operation: 'CUSTOM',
          description: 'Relation removed',
        })
      })
      return done(204, relation.id)
    },
  }),
  route('assets.reverseRelation', 'POST', `${one}reverse/`, {
    roles: ['can_create_asset_relations'],
    handle: (call) => {
      const relation = named(call)
      const { asset_id, related_to_asset_id, relation_type } = relation
      if (relationOf(call, related_to_asset_id, relation_type, asset_id) !== undefined) {
        throw IconikError.badRequest('The relation exists in the other direction as well')
      }
      const reversed = call.rows.transaction(() => {
        noteHistory(call, { assetId: asset_id, operation: 'CUSTOM', description: 'Relation reversed' })
        const ends = { asset_id: related_to_asset_id, related_to_asset_id: asset_id }
        return relations.save(call.rows, { ...relation, ...ends, date_modified: call.date })
      })
      return ok(reversed, relation.id)
    },
  }),
]
