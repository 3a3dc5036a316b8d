import { lists } from './iconik/lists.ts'
import { objects } from './iconik/objects.ts'
import { people } from './iconik/people.ts'
import { search } from './iconik/search.ts'
import type { Migration } from './migration.ts'

/**
 * iconik's objects. A table of documents holds what its answers show as JSON, and generated columns over it for what
 * lists look up, sort and filter by. Epoch milliseconds where a column ends in `_at`.
 */
export const iconik: Migration = { name: '0003-iconik', sql: [people, objects, lists, search].join('\n') }
