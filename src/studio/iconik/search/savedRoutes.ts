import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { checkPermission } from '../acls/aclRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { collections, fileInto } from '../collections/collectionRows.ts'
import { isContentType } from '../collections/contentRows.ts'
import { body, flagOr, idList, pageQuery, scrollQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob } from '../jobs/jobRows.ts'
import { type PageQuery, pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { criteriaSchema } from './criteria.ts'
import {
  foundBySaved,
  type SavedSearch,
  type SavedSearchGroup,
  savedSearches,
  savedSearchGroups,
} from './savedRows.ts'
import { searched } from './searchRoutes.ts'

const all = '/v1/search/saved/'
const one = `${all}{search_id}/` as const
const group = `${all}group/{group_id}/` as const
const member = `${group}search/{search_id}/` as const
const savedBody = body({
  name: text.min(1),
  criteria: criteriaSchema,
  group_id: uuid.nullish(),
  permissions: z.array(z.string().max(100)).max(20).optional(),
})
const groupBody = body({ name: text.min(1), user_id: uuid.optional(), system_domain_id: uuid.optional() })

const savedOf = (call: Call): SavedSearch => savedSearches.get(call.rows, call.param('search_id'))
const groupOf = (call: Call): SavedSearchGroup => savedSearchGroups.get(call.rows, call.param('group_id'))
const shownSaved = ({ user_id, ...saved }: SavedSearch) => saved

/** Fails with 400 for a group that does not exist. */
function checkGroup(call: Call, id: string | null | undefined): void {
  if (id != null && savedSearchGroups.find(call.rows, id) === undefined) {
    throw IconikError.badRequest({ group_id: 'Does not exist' })
  }
}

const orders = { name: 'name', date_created: 'date_created', date_modified: 'date_modified' }

/** Answers of calls that have no pages of their own show the first ten of what is found. */
const firstPage: PageQuery = { page: 1, per_page: 10 }
const firstFound = (call: Call, { criteria }: SavedSearch) => searched(call.withQuery(firstPage), criteria)

export const savedRoutes: readonly Route[] = [
  route('search.listSavedSearches', 'GET', all, {
    roles: ['can_read_saved_searches'],
    query: {
      ...{ ...pageQuery, ...scrollQuery, ...sortQuery },
      ...{ group_id: uuid.optional(), ids: idList.optional(), query: z.string().optional() },
    },
    handle: (call) => {
      const { group_id, ids, query } = call.query
      const listing = {
        ...{ table: savedSearches.table, orders, byDefault: 'name ASC' },
        conditions: [
          ...(group_id === undefined ? [] : [where('group_id = ?', group_id)]),
          ...(ids === undefined
            ? []
            : [where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))]),
          ...(query === undefined ? [] : [where('instr(lower(name), lower(?)) > 0', query)]),
        ],
      }
      const shown = ({ criteria, ...saved }: ReturnType<typeof shownSaved>) => ({
        ...saved,
        criteria: JSON.stringify(criteria),
      })
      return ok(
        pageOf(call, listing, (rows) => rows.map((row) => shown(shownSaved(savedSearches.parse(row))))),
      )
    },
  }),
  route('search.createSavedSearch', 'POST', all, {
    roles: ['can_write_saved_searches'],
    body: savedBody,
    handle: (call) => {
      checkGroup(call, call.body.group_id)
      const saved = savedSearches.insert(call.rows, {
        ...{ id: randomUUID(), ...call.body, user_id: call.viewer.userId },
        ...{ date_created: call.date, date_modified: call.date },
      })
      return created(shownSaved(saved), saved.id)
    },
  }),
  route('search.readSavedSearch', 'GET', one, {
    roles: ['can_read_saved_searches'],
    query: {
      ...pageQuery,
      include_results: flagOr(true),
      generate_signed_download_url: flagOr(false),
      generate_signed_proxy_url: flagOr(false),
    },
    handle: (call) => {
      const saved = savedOf(call)
      const { include_results } = call.query
      return ok(
        {
          ...(include_results && searched(call, saved.criteria)),
          ...{ id: saved.id, name: saved.name, search_criteria_document: shownSaved(saved) },
        },
        saved.id,
      )
    },
  }),
  ...twins('search', 'SavedSearch', one, {
    roles: ['can_write_saved_searches'],
    body: savedBody,
    handle: (call, mode) => {
      checkGroup(call, call.body.group_id)
      const next = changed(savedOf(call), ['name', 'criteria', 'group_id', 'permissions'], call.body, mode)
      const saved = savedSearches.save(call.rows, { ...next, date_modified: call.date })
      return ok(firstFound(call, saved), saved.id)
    },
  }),
  route('search.deleteSavedSearch', 'DELETE', one, {
    roles: ['can_delete_saved_searches'],
    handle: (call) => {
      savedSearches.remove(call.rows, call.param('search_id'))
      return done(204, call.param('search_id'))
    },
  }),
  route('search.convertSavedSearch', 'POST', `${one}convert_to_collection/`, {
    roles: ['can_read_saved_searches', 'can_create_collections', 'can_write_collections'],
    body: body({ collection_id: uuid }),
    handle: (call) => {
      const { rows } = call
      const { id, name } = savedOf(call)
      const target = collections.get(rows, call.body.collection_id)
      checkPermission(call, 'write', 'collections', [target.id])
      rows.transaction(() => {
        for (const found of foundBySaved(call, id)) {
          // A collection lies in one place; only assets come to lie here as well.
          if (isContentType(found.type) && found.type === 'assets')
            fileInto(rows, target.id, 'assets', found.id)
        }
        const title = `Convert ${name} to ${target.title}`
        const type = 'CONVERT_SAVED_SEARCH_TO_COLLECTION'
        addJob(call, { type, title, objectType: 'collections', objectId: target.id })
      })
      return done(202, target.id)
    },
  }),
  route('search.reindexSavedSearch', 'POST', `${one}reindex/`, {
    roles: ['can_reindex_saved_searches'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => {
      const { id, name } = savedOf(call)
      addJob(call, { type: 'REINDEX', title: `Reindex ${name}`, objectType: 'saved_searches', objectId: id })
      return done(200, id)
    },
  }),
  route('search.listSavedSearchGroups', 'GET', `${all}groups/`, {
    roles: ['can_read_saved_searches'],
    query: { ...pageQuery, ...sortQuery, ids: idList.optional() },
    handle: (call) => {
      const { ids } = call.query
      const inIds = ids && where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
      const conditions = inIds === undefined ? [] : [inIds]
      const listing = { table: savedSearchGroups.table, conditions, orders, byDefault: 'name ASC' }
      return ok(pageOf(call, listing, (rows) => rows.map((row) => savedSearchGroups.parse(row))))
    },
  }),
  route('search.createSavedSearchGroup', 'POST', `${all}group/`, {
    roles: ['can_write_saved_search_groups'],
    body: groupBody,
    handle: (call) => {
      const { viewer, date } = call
      const added = savedSearchGroups.insert(call.rows, {
        ...{ id: randomUUID(), name: call.body.name, user_id: viewer.userId },
        ...{ system_domain_id: viewer.systemDomainId, date_created: date, date_modified: date },
      })
      return created(added, added.id)
    },
  }),
  route('search.readSavedSearchGroup', 'GET', group, {
    roles: ['can_read_saved_searches'],
    handle: (call) => ok(groupOf(call), call.param('group_id')),
  }),
  ...twins('search', 'SavedSearchGroup', group, {
    roles: ['can_write_saved_search_groups'],
    body: groupBody,
    handle: (call) => {
      const stored = groupOf(call)
      const { name = stored.name } = call.body
      return ok(savedSearchGroups.save(call.rows, { ...stored, name, date_modified: call.date }), stored.id)
    },
  }),
  route('search.deleteSavedSearchGroup', 'DELETE', group, {
    roles: ['can_delete_saved_search_groups'],
    handle: (call) => {
      const { rows } = call
      const { id } = groupOf(call)
      rows.transaction(() => {
        // Its searches stay, in no group.
        for (const saved of savedSearches.all(rows, [where('group_id = ?', id)])) {
          savedSearches.save(rows, { ...saved, group_id: null })
        }
        savedSearchGroups.remove(rows, id)
      })
      return done(204, id)
    },
  }),
  route('search.addToSavedSearchGroup', 'POST', member, {
    roles: ['can_write_saved_searches'],
    handle: (call) => {
      const { id } = groupOf(call)
      savedSearches.save(call.rows, { ...savedOf(call), group_id: id, date_modified: call.date })
      return done(200, call.param('search_id'))
    },
  }),
  route('search.removeFromSavedSearchGroup', 'DELETE', member, {
    roles: ['can_write_saved_searches'],
    handle: (call) => {
      const saved = savedOf(call)
      if (saved.group_id !== groupOf(call).id) throw IconikError.notFound('Saved search')
      savedSearches.save(call.rows, { ...saved, group_id: null, date_modified: call.date })
      return done(200, saved.id)
    },
  }),
  route('search.reindexSavedSearchGroup', 'POST', `${all}groups/{group_id}/reindex/`, {
    roles: ['can_reindex_saved_searches'],
    handle: (call) => {
      const { id, name } = groupOf(call)
      addJob(call, {
        type: 'REINDEX',
        title: `Reindex ${name}`,
        objectType: 'saved_search_groups',
        objectId: id,
      })
      return done(200, id)
    },
  }),
]
