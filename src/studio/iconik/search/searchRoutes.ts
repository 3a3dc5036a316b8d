import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Call, done, ok } from '../call.ts'
import { Documents } from '../documents.ts'
import { anyObject, body, flagOr, pageQuery, scrollQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type PageQuery, pageAround, pageNumber } from '../page.ts'
import { type Route, route } from '../route.ts'
import { type Criteria, criteriaSchema, searchTypes } from './criteria.ts'
import { countFound, facetsOf, find, shownFound } from './find.ts'
import { valuesOfField } from './terms.ts'

const historySchema = z.strictObject({
  id: z.string(),
  user_id: z.string(),
  criteria: anyObject,
  date_created: z.string(),
})
const searchHistory = new Documents('iconik_search_history', 'Search History', historySchema)
const keptSearches = 25

/** One page of what is found, with the facets that were asked for. */
export function searched(call: Call<unknown, PageQuery>, criteria: Criteria) {
  const page = pageNumber(call.query)
  const { per_page } = call.query
  // What comes after a row is a first page each time.
  const offset = criteria.search_after === undefined ? (page - 1) * per_page : 0
  const total = countFound(call, criteria)
  const found = per_page === 0 ? [] : find(call, criteria, per_page, offset)
  return {
    ...pageAround(call, { page, total, objects: shownFound(call, found, criteria) }),
    ...(criteria.facets !== undefined && { facets: facetsOf(call, criteria) }),
  }
}

/** Keeps the last searches of each user. */
function remember(call: Call, criteria: Criteria): void {
  const { rows, viewer, date } = call
  rows.transaction(() => {
    searchHistory.insert(rows, { id: randomUUID(), user_id: viewer.userId, criteria, date_created: date })
    rows.run(
      `DELETE FROM iconik_search_history WHERE user_id = ? AND rowid NOT IN
         (SELECT rowid FROM iconik_search_history WHERE user_id = ? ORDER BY rowid DESC LIMIT ${keptSearches})`,
      viewer.userId,
      viewer.userId,
    )
  })
}

function ownHistory(call: Call) {
  const found = searchHistory.get(call.rows, call.param('search_history_id'))
  if (found.user_id !== call.viewer.userId) throw IconikError.notFound('Search History')
  return found
}

/** Rows of search results hold no URLs, so there are none to sign. */
const signQuery = {
  generate_signed_url: flagOr(true),
  generate_signed_download_url: flagOr(false),
  generate_signed_proxy_url: flagOr(false),
}
const historyQuery = {
  generate_signed_download_url: flagOr(false),
  generate_signed_proxy_url: flagOr(false),
}

export const searchRoutes: readonly Route[] = [
  route('search.search', 'POST', '/v1/search/', {
    roles: ['can_search'],
    query: { ...pageQuery, ...scrollQuery, ...signQuery, save_search_history: flagOr(true) },
    body: criteriaSchema,
    handle: (call) => {
      const answer = searched(call, call.body)
      if (call.query.save_search_history && answer.page === 1) remember(call, call.body)
      return ok(answer)
    },
  }),
  route('search.suggest', 'POST', '/v1/search/suggest/', {
    roles: ['can_search'],
    body: body({
      doc_types: z.array(z.enum(searchTypes)).optional(),
      field_name: z.string().min(1).max(200),
      query: z.string().max(1000),
      metadata_view_id: uuid.optional(),
    }),
    handle: (call) => {
      const { doc_types = ['assets', 'collections'], field_name, query } = call.body
      const { sql, values } = valuesOfField(field_name, call.viewer.userId)
      const like = `${query.replace(/[\\%_]/g, '\\$&')}%`
      const found = call.rows.all(
        `SELECT DISTINCT (SELECT v FROM (${sql}) LIMIT 1) AS value FROM iconik_indexed t
          WHERE t.is_queued = 0 AND t.object_type IN (SELECT value FROM json_each(?)) AND value LIKE ? ESCAPE '\\'
          ORDER BY value LIMIT 10`,
        ...values,
        JSON.stringify(doc_types),
        like,
      )
      return ok({ objects: found.map(({ value }) => ({ value: String(value) })) })
    },
  }),
  route('search.listSearchHistory', 'GET', '/v1/search/history/', {
    roles: ['can_read_search_history'],
    handle: (call) => {
      const own = searchHistory.all(call.rows, [where('user_id = ?', call.viewer.userId)], 'rowid DESC')
      return ok({ objects: own.map(({ user_id, ...shown }) => shown) })
    },
  }),
  route('search.readSearchHistory', 'GET', '/v1/search/history/{search_history_id}/', {
    roles: ['can_read_search_history'],
    query: historyQuery,
    handle: (call) => {
      const criteria = criteriaSchema.parse(ownHistory(call).criteria)
      const objects = shownFound(call, find(call, criteria, 100, 0), criteria)
      return ok({ objects, ...(criteria.facets !== undefined && { facets: facetsOf(call, criteria) }) })
    },
  }),
  route('search.deleteSearchHistory', 'DELETE', '/v1/search/history/{search_history_id}/', {
    roles: ['can_delete_search_history'],
    handle: (call) => {
      searchHistory.remove(call.rows, ownHistory(call).id)
      return done(204)
    },
  }),
]
