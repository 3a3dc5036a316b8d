import { describe, expect, test } from 'vitest'
import type { Route } from '../../src/studio/iconik/route.ts'
import { Router } from '../../src/studio/iconik/router.ts'
import { routes } from '../../src/studio/iconik/routes.ts'
import { readVendor, specsFolder, type Vendor } from '../spec/operations.ts'

/** In the list of actions, and newer than the vendor's file. */
const newer = ['/v1/assets/{asset_id}/shares/all/', '/v1/collections/{collection_id}/shares/all/']

const keyOf = ({ service, method, path }: Pick<Route, 'service' | 'method' | 'path'>) =>
  `${method} ${service}${path}`

test('every call has a name of its own, and none hides another', () => {
  const names = routes.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
  expect(routes.map(keyOf)).toEqual([...new Set(routes.map(keyOf))])
  const router = new Router(routes)
  const sample: Readonly<Record<string, string>> = {
    segment_type: 'COMMENT',
    context: 'ASSET',
    permission: 'read',
    email: 'a@b.example',
    object_type: 'assets',
  }
  for (const route of routes) {
    const id = '00000000-0000-4000-8000-000000000000'
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name.endsWith('_id') || name === 'object_key' ? id : (sample[name] ?? 'WORD'),
    )
    const found = router.find(route.service, route.method, path)
    expect('route' in found ? found.route.name : found, `${route.method} ${path}`).toBe(route.name)
  }
})

const folder = specsFolder('iconik')
describe.skipIf(folder === undefined)('against the vendor’s files', () => {
  const vendor: Vendor = folder === undefined ? { operations: [], schemas: new Map() } : readVendor(folder)
  const published = new Map(
    vendor.operations.map((operation) => [
      `${operation.method} ${operation.service}${operation.path}`,
      operation,
    ]),
  )

  test('every route is there, with this method and path', () => {
    const unknown = routes.filter((route) => !published.has(keyOf(route)) && !newer.includes(route.path))
    expect(unknown.map(keyOf)).toEqual([])
  })

  test('every route asks for the roles that are told of', () => {
    const wrong = routes.flatMap((route) => {
      const told = published.get(keyOf(route))?.description.match(/can_\w+/g) ?? []
      const isSame = [...new Set(told)].sort().join() === [...route.roles].sort().join()
      return isSame || newer.includes(route.path)
        ? []
        : [`${keyOf(route)}: ${told.join()} / ${route.roles.join()}`]
    })
    expect(wrong).toEqual([])
  })

  test('the assets service is served whole', () => {
    const served = new Set(routes.map(keyOf))
    const missing = [...published.values()].filter(
      ({ service, method, path }) => service === 'assets' && !served.has(`${method} ${service}${path}`),
    )
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    for (const service of vendor.schemas.keys()) {
      const own = [...published].filter(([, operation]) => operation.service === service)
      const count = own.filter(([key]) => served.has(key)).length
      process.stdout.write(`${service}: ${count} of ${own.length}\n`)
    }
  })
})
