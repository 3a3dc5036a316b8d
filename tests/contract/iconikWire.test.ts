/** The connector's schemas against answers made from the vendor's: every name they read is there, and arrives. */
import { describe, expect, test } from 'vitest'
import { calls } from '../../src/main/connectors/iconik/calls/index.ts'
import { readTime } from '../../src/main/connectors/iconik/wire.ts'
import type { RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import { seeded } from '../fakes/seeded.ts'
import { answers } from '../spec/answers.ts'
import { exchangeOf } from '../spec/exchanges.ts'
import { type Operation, readVendor, specsFolder, type Vendor } from '../spec/operations.ts'
import { isNode } from '../spec/schemaNode.ts'
import { createSchemas } from '../spec/schemas.ts'

/** What published answers do not have, and why the connector reads it all the same. */
const unpublished: readonly (readonly [RegExp, RegExp])[] = [
  // Only the list of actions knows it.
  [/segment/i, /(^|\.)is_internal$/],
  // Pages by the last row's id, and lists without pages.
  [/./, /^(page|pages|per_page|total|scroll_id)$/],
  // Rows carry objects of which the file says nothing.
  [/^assets\.list/, /^objects\.(files|proxies|keyframes)\./],
  // The fields of an asset and of a collection in one row, of which the file names seven.
  [
    /^search\.search$/,
    /^(facets|objects\.(?!id$|title$|object_type$|date_created$|date_modified$|description$).*)$/,
  ],
  // Rows of two kinds, of which the file describes one, or either without its name.
  [/^assets\.list(CollectionContents|Favorites)$/, /^objects\.(?!id$|title$|object_type$)/],
  // One row for grants to users and to groups.
  [/^acls\.listAccess$/, /users_acl\.group_id$|groups_acl\.user_id$/],
  // Shares of one object tell less than those of the index, and the index less of their people.
  [/share/i, /(^|\.)(object_title|personal_url|users)$|\.users\.(first_name|last_name|internal_user_id)$/],
  [/^files\.listCollectionKeyframes$/, /^objects\.version_id$/],
  // The views alone, without what each field is: a single view tells that.
  [/^metadata\.listViews$/, /view_fields\.(field_type|description|multi|min_value|max_value)$/],
  [/^metadata\.(read|replace)/, /field_values\.(value|label)$/],
]

const folder = specsFolder('iconik')
describe.skipIf(folder === undefined)('an answer as published', () => {
  const vendor: Vendor = folder === undefined ? { operations: [], schemas: new Map() } : readVendor(folder)
  const schemas = createSchemas(vendor)
  const random = seeded(23)

  const operationOf = ({ service, method, path }: RemoteCall): Operation => {
    const found = vendor.operations.find(
      (one) => one.service === service && one.method === method && one.path === path,
    )
    if (!found) throw new Error(`${method} ${path} is not published`)
    return found
  }

  test.each(Object.entries(answers))('%s is read whole', (name, schema) => {
    const operation = operationOf(calls[name as keyof typeof calls])
    const lost = new Set<string>()
    for (let round = 0; round < 5; round += 1) {
      const { response } = exchangeOf(schemas, operation, random, 'all')
      const read = schema.safeParse(response)
      expect(read.success ? [] : read.error.issues).toEqual([])
      for (const path of nulls(read.data, '')) lost.add(path)
    }
    const isKnown = (path: string) => unpublished.some(([call, field]) => call.test(name) && field.test(path))
    expect([...lost].filter((path) => !isKnown(path))).toEqual([])
  })
})

/** Where a value is null, or a list empty, although the answer had everything. */
function nulls(value: unknown, at: string): string[] {
  if (value === null) return [at]
  if (Array.isArray(value)) return value.length === 0 ? [at] : value.flatMap((entry) => nulls(entry, at))
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([name, entry]) => nulls(entry, at === '' ? name : `${at}.${name}`))
}

test.each([
  ['2021-07-28T18:10:42.366968+00:00', Date.UTC(2021, 6, 28, 18, 10, 42, 366)],
  ['2021-07-28T18:10:42+02:00', Date.UTC(2021, 6, 28, 16, 10, 42)],
  ['2021-07-28 18:10:42.5', Date.UTC(2021, 6, 28, 18, 10, 42, 500)],
  ['2021-07-28T18:10', Date.UTC(2021, 6, 28, 18, 10)],
  ['2021-07-28T18:10:42Z', Date.UTC(2021, 6, 28, 18, 10, 42)],
  ['2021-13-40T18:10:42Z', null],
  ['yesterday', null],
  ['', null],
  [null, null],
])('the time %s', (written, at) => {
  expect(readTime(written)).toBe(at)
})
