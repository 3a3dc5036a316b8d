import { z } from 'zod'
import { copyAcls } from '../acls/aclRows.ts'
import { created, ok } from '../call.ts'
import { body, flagOr, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { collectionOf } from './collectionRoutes.ts'
import { collections } from './collectionRows.ts'
import { copyTree } from './copyTree.ts'
import { shownCollection } from './showCollection.ts'
import { sizeOf, totalsOf } from './totals.ts'
import { checkNoLoop } from './tree.ts'

const one = '/v1/collections/{collection_id}/'

export const totalRoutes: readonly Route[] = [
  route('assets.readCollectionSize', 'GET', `${one}size/`, {
    roles: ['can_read_collections'],
    query: { format_name: z.string().optional(), include_subcollections: flagOr(false) },
    handle: (call) => {
      const { id, title } = collectionOf(call)
      const { format_name: formatName, include_subcollections: withSubcollections } = call.query
      const size = sizeOf(call.rows, id, { onlyActive: true, withSubcollections, formatName })
      return ok({ id, title, size }, id)
    },
  }),
  route('assets.readCollectionInfo', 'GET', `${one}content/info/`, {
    roles: ['can_read_collections'],
    query: {
      only_active: flagOr(true),
      include_subcollections: flagOr(true),
      format_name: z.string().optional(),
      by_storage_id: flagOr(true),
    },
    handle: (call) => {
      const { id, title } = collectionOf(call)
      const { only_active, include_subcollections, format_name, by_storage_id } = call.query
      const counted = {
        onlyActive: only_active,
        withSubcollections: include_subcollections,
        formatName: format_name,
      }
      const totals = totalsOf(call.rows, id, counted)
      return ok({ title, ...totals, storage_info: by_storage_id ? totals.storage_info : [] }, id)
    },
  }),
  route('assets.copyCollection', 'POST', `${one}subcollections/`, {
    roles: ['can_write_collections'],
    query: { copy_acl: flagOr(false), copy_keyframes: flagOr(false) },
    body: body({ object_id: uuid, object_type: text }),
    handle: (call) => {
      const { rows, query } = call
      const target = collectionOf(call)
      const { object_id, object_type } = call.body
      if (object_type !== 'collections') throw IconikError.badRequest({ object_type: 'Is not collections' })
      const source = collections.find(rows, object_id)
      if (source === undefined) throw IconikError.badRequest({ object_id: 'Does not exist' })
      checkNoLoop(rows, source.id, target.id)
      const copy = rows.transaction(() =>
        copyTree(call, source, target.id, {
          withKeyframes: query.copy_keyframes,
          onCopied: (from, to) => {
            if (!query.copy_acl) return
            const owner = { objectType: 'collections' }
            copyAcls(call, { ...owner, objectKey: from.id }, { ...owner, objectKey: to.id })
          },
        }),
      )
      return created(shownCollection(call, copy), copy.id)
    },
  }),
]
