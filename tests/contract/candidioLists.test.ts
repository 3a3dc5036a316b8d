import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CandidioClient } from '../fakes/candidioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import { assetSchema, errorSchema, many, one, productionSchema, workspaceSchema } from './candidioSchemas.ts'

const assetList = many(assetSchema)
type Asset = z.infer<typeof assetSchema>
let studio: StudioProcess
let api: CandidioClient
let workspace: string
let production: string
let empty: string
const total = 1042

beforeAll(async () => {
  studio = await startStudio()
  const seeded = await studio.seed('Many', total)
  workspace = seeded.workspaceId
  production = seeded.productionId
  api = new CandidioClient(studio)
  const made = await api.expect(one(productionSchema), 'POST', `/workspaces/${workspace}/productions`, {
    title: 'None',
  })
  empty = made.data.id
})
afterAll(async () => {
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

const page = (query = '', of = production) =>
  api.get(assetList, `/workspaces/${workspace}/productions/${of}/assets?${query}`)
const refused = async (query: string) => {
  const answer = await api.ask('GET', `/workspaces/${workspace}/productions/${production}/assets?${query}`)
  errorSchema.parse(answer.body)
  return answer.status
}

describe('pages', () => {
  test('have 100 rows where nothing is said', async () => {
    const { data, meta } = await page()
    expect(data).toHaveLength(100)
    expect(meta.pagination).toMatchObject({
      total,
      count: 100,
      per_page: 100,
      current_page: 1,
      total_pages: 11,
    })
  })

  test.each([7, 100, 521, 1000])('of %i give every row once, in order', async (limit) => {
    const ids: string[] = []
    for (let number = 1; ; number++) {
      const { data, meta } = await page(`limit=${limit}&page=${number}&sort=file_name`)
      ids.push(...data.map(({ id }) => id))
      if (meta.pagination.current_page >= meta.pagination.total_pages) break
    }
    expect(new Set(ids).size).toBe(total)
    expect(ids).toHaveLength(total)
  })

  test('end: the last has the rest, those after it nothing', async () => {
    const last = await page('limit=500&page=3')
    expect(last.meta.pagination).toMatchObject({ count: 42, current_page: 3, total_pages: 3 })
    const after = await page('limit=500&page=4')
    expect(after.data).toEqual([])
    expect(after.meta.pagination).toMatchObject({ count: 0, current_page: 4, total_pages: 3 })
    expect((await page('page=1000000')).data).toEqual([])
  })

  test('of an empty production are one', async () => {
    const { data, meta } = await page('', empty)
    expect(data).toEqual([])
    expect(meta.pagination).toEqual({
      ...{ total: 0, count: 0, per_page: 100, current_page: 1, total_pages: 1 },
      links: [],
    })
  })

  test('name their neighbours, and keep the rest of the query', async () => {
    const { meta } = await page('limit=500&page=2&sort=size')
    const links = z.object({ next: z.url(), previous: z.url() }).parse(meta.pagination.links)
    const next = new URL(links.next)
    expect(Object.fromEntries(next.searchParams)).toEqual({ limit: '500', page: '3', sort: 'size' })
    const answer = await fetch(next, { headers: { authorization: `Bearer ${studio.token}` } })
    expect(assetList.parse(await answer.json()).data).toHaveLength(42)
  })

  test.each([
    'limit=0',
    'limit=-1',
    'limit=1001',
    'limit=x',
    'limit=1.5',
    'page=0',
    'page=x',
    'page=99999999',
  ])('are refused for %s', async (query) => expect(await refused(query)).toBe(400))
  test('take an empty number for none', async () => {
    expect((await page('limit=&page=')).meta.pagination.per_page).toBe(100)
  })
})

describe('order', () => {
  const columns = ['created_at', 'updated_at', 'file_name', 'file_type', 'mimetype', 'size', 'id'] as const
  test.each(columns)('by %s is the same in both directions, turned round', async (column) => {
    const ascending = (await page(`limit=1000&sort=${column}&direction=asc`)).data
    const descending = (await page(`limit=1000&sort=${column}&direction=DESC`)).data
    const values = ascending.map((asset) => asset[column])
    const isOrdered = values.every((value, index) => index === 0 || value >= (values[index - 1] ?? ''))
    expect(isOrdered).toBe(true)
    const rest = (await page(`limit=1000&page=2&sort=${column}&direction=desc`)).data
    const all = [...descending, ...rest].map(({ id }) => id)
    expect(all.toReversed().slice(0, 1000)).toEqual(ascending.map(({ id }) => id))
  })

  test('without a field is the order of arrival', async () => {
    const dates = (await page('limit=1000')).data.map(({ created_at }) => created_at)
    expect(dates).toEqual(dates.toSorted())
  })

  test.each(['sort=nonsense', 'sort=bucket', 'sort=size;DROP TABLE asset', 'direction=up'])(
    'is refused for %s',
    async (query) => expect(await refused(query)).toBe(400),
  )
})

describe('scopes', () => {
  const types: Record<string, string> = { video: 'mp4', audio: 'wav', image: 'png', other: 'pdf' }
  let scoped: string
  beforeAll(async () => {
    const path = `/workspaces/${workspace}/productions`
    scoped = (await api.expect(one(productionSchema), 'POST', path, { title: 'Scoped' })).data.id
    for (const [name, type] of Object.entries(types)) {
      const file = await api.stored(`scope/${name}.${type}`, { type, mimetype: 'application/octet-stream' })
      const more = name === 'video' ? { is_completed_production: true } : {}
      await api.expect(one(assetSchema), 'POST', `${path}/${scoped}/assets`, { ...file, ...more })
    }
  })
  const names = async (query: string) =>
    (await page(query, scoped)).data.map((asset: Asset) => asset.file_name).toSorted()

  test.each(Object.keys(types))('assetType finds %s, in both writings', async (type) => {
    expect(await names(`scope=assetType:${type}`)).toEqual([type])
    expect(await names(`scope[assetType]=${type}`)).toEqual([type])
    expect(await names(`scope%5BassetType%5D=${type}`)).toEqual([type])
  })

  test('with flags turn round, and may leave the argument out', async () => {
    expect(await names('scope=completed')).toEqual(['video'])
    expect(await names('scope=completed:true')).toEqual(['video'])
    expect(await names('scope[completed]=0')).toEqual(['audio', 'image', 'other'])
    expect(await names('scope=stock:true')).toEqual([])
    expect(await names('scope=hasFailedJobs:true')).toEqual(['other', 'video'])
  })

  test('are combined', async () => {
    expect(await names('scope=assetType:video,completed:true')).toEqual(['video'])
    expect(await names('scope=assetType:video,completed:false')).toEqual([])
    expect(await names('scope[assetType]=video&scope[completed]=true')).toEqual(['video'])
  })

  test('by id find what belongs to it', async () => {
    const path = `/workspaces/${workspace}/assets?limit=1000&scope=production:${scoped}`
    expect((await api.get(assetList, path)).data).toHaveLength(4)
    expect(await names(`scope=workspace:${workspace}`)).toHaveLength(4)
    expect(await names('scope=production:prd_other')).toEqual([])
    expect(await names('scope=user')).toHaveLength(4)
    expect(await names('scope=revision')).toEqual([])
  })

  test.each([
    'scope=nonsense',
    'scope=assetType',
    'scope=assetType:film',
    'scope=completed:maybe',
    'scope=production',
  ])('%s is refused', async (query) => expect(await refused(query)).toBe(400))

  test('of productions', async () => {
    const list = many(productionSchema)
    const titles = async (query: string) =>
      (await api.get(list, `/workspaces/${workspace}/productions?${query}`)).data.map(({ title }) => title)
    expect(await titles('scope=projectNull:true&sort=title')).toEqual(['Many', 'None', 'Scoped'])
    expect(await titles('scope=allowsPublicUpload:true')).toEqual([])
    const [asset] = (await page('limit=1', scoped)).data
    expect(await titles(`scope[asset]=${asset?.id}`)).toEqual(['Scoped'])
  })
})

test('a workspace calls itself one thing in a list and another alone', async () => {
  const alone = await api.get(one(workspaceSchema), `/workspaces/${workspace}`)
  expect(alone.data.type).toBe('workspace')
})
