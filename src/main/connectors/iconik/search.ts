import type { Facet } from '../../../shared/search.ts'
import type { SearchPower } from '../powers.ts'
import { type AssetLists, foundPerPage } from './assets.ts'
import { calls } from './calls/index.ts'
import { pageNumber, pageOf, unlessPast } from './paging.ts'
import type { Session } from './session.ts'
import { type FoundPage, searchSchema } from './wireSearch.ts'

const mostValues = 100

/** What results can be narrowed by, with the words for it. */
const facetWords: Readonly<Record<string, string>> = {
  media_type: 'Kind',
  type: 'Type',
  status: 'Status',
  archive_status: 'Archive',
  'files.storage_id': 'Storage',
  created_by_user: 'Made by',
}
const facets = ['media_type', 'type', 'archive_status']

/** The service's own search over assets, newest first. */
export function createSearch({ call }: Session, { show }: Pick<AssetLists, 'show'>): SearchPower {
  return {
    async find(text, chosen, cursor, signal) {
      const page = pageNumber(cursor)
      const narrowed = Object.entries(chosen).filter(([, values]) => values.length > 0)
      let found: readonly Facet[] = []
      const result = await unlessPast(page, async () => {
        const answer = await call(
          calls['search.search'],
          {
            query: { page, per_page: foundPerPage, save_search_history: page === 1 },
            body: {
              doc_types: ['assets'],
              query: queryOf(text),
              facets,
              facets_filters: narrowed.map(([name, values]) => ({ name, value_in: values })),
              filter: { operator: 'AND', terms: [{ name: 'status', value: 'ACTIVE' }] },
              ...(text.trim() === '' ? { sort: [{ name: 'date_created', order: 'desc' }] } : {}),
            },
            answer: searchSchema,
          },
          signal,
        )
        found = facetsOf(answer)
        const rows = answer.objects.filter(({ object_type }) => object_type === 'assets')
        return pageOf(answer, page, await show(rows, signal))
      })
      return { ...result, facets: found }
    },
  }
}

/**
 * What was typed as a query of the service: words to be found as they are, each also as the beginning of a longer one.
 * Its query language (fields, ranges, fuzziness) is not for people; its signs are taken literally.
 */
export function queryOf(text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return words.map((word) => `${escaped(word)}*`).join(' ')
}

const escaped = (word: string) =>
  // These two cannot be escaped; a longer word that begins like the rest is found all the same.
  word.replace(/[<>]/g, '').replace(/[+\-=&|!(){}[\]^"~*?:\\/]/g, (sign) => `\\${sign}`)

function facetsOf({ facets: listed }: FoundPage): Facet[] {
  return listed
    .map(({ name, buckets }) => ({
      name,
      words: facetWords[name] ?? name.replaceAll('_', ' '),
      values: buckets.slice(0, mostValues).map(({ key, doc_count }) => ({
        value: String(key),
        words: wordsOf(String(key)),
        count: doc_count ?? 0,
      })),
    }))
    .filter(({ values }) => values.length > 0)
}

/** `NOT_ARCHIVED` reads “Not archived”. */
function wordsOf(value: string): string {
  const plain = /^[A-Z_]+$/.test(value) ? value.toLowerCase().replaceAll('_', ' ') : value
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
