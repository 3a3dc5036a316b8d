import { expect, test } from 'vitest'
import type { Scan } from '../../shared/drop.ts'
import { type PlaceId, placeIdSchema, scanIdSchema } from '../../shared/ids.ts'
import type { Taken } from '../transfers/hostContract.ts'
import { emptyScan } from '../transfers/scan.ts'
import { createOpenDrops } from './openDrops.ts'

const here = placeIdSchema.parse('01J00000000000000000000001')
const there = placeIdSchema.parse('01J00000000000000000000002')

function openBench() {
  const known = new Map<PlaceId, string[]>([[here, ['a.mov']]])
  const served = new Map<PlaceId, string[]>([
    [here, ['a.mov']],
    [there, ['b.mov']],
  ])
  const compared: [string, Taken][] = []
  const scanned: Taken[] = []
  const told: Scan[] = []
  const reads: (() => void)[] = []
  const drops = createOpenDrops({
    host: () => ({
      scan: async ({ scanId, taken }) => {
        if (taken !== undefined) scanned.push(taken)
        return emptyScan(scanIdSchema.parse(scanId))
      },
      compare: async ({ scanId, taken }) => void compared.push([scanId, taken]),
    }),
    takenIn: (placeId) => ({ names: known.get(placeId) ?? [], isFlat: true }),
    readPlace: (placeId) =>
      new Promise((resolve) =>
        reads.push(() => {
          known.set(placeId, served.get(placeId) ?? [])
          resolve()
        }),
      ),
    tell: (scan) => told.push(scan),
    report: (error) => {
      throw error
    },
  })
  const read = async () => {
    for (const done of reads.splice(0)) done()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { drops, compared, scanned, told, read, served }
}

test('a drop is compared with what is known of its place, and again when the service told more', async () => {
  const { drops, compared, scanned, read, served } = openBench()
  const { id } = await drops.scan(['/card'], here)
  expect(scanned).toEqual([{ names: ['a.mov'], isFlat: true }])
  await read()
  expect(compared).toEqual([])
  served.set(here, ['a.mov', 'c.mov'])
  await drops.setPlace(id, there)
  await drops.setPlace(id, here)
  await read()
  expect(compared.map(([, { names }]) => names)).toEqual([[], ['a.mov'], ['a.mov', 'c.mov']])
})

test('what is learned of a place that the drop is no longer meant for changes nothing', async () => {
  const { drops, compared, read } = openBench()
  const { id } = await drops.scan(['/card'], there)
  await drops.setPlace(id, here)
  await read()
  expect(compared).toEqual([[id, { names: ['a.mov'], isFlat: true }]])
})

test('a new version has no name in its way, and a drop that was sent has no place to change', async () => {
  const { drops, scanned, read, compared } = openBench()
  const { id } = await drops.scan(['/card'], null)
  await read()
  expect(scanned).toEqual([{ names: [], isFlat: true }])
  expect(compared).toEqual([])
  drops.ended(id)
  await expect(drops.setPlace(id, here)).rejects.toThrow('thing.notFound')
})

test('a look that went down with its process ends as cut off', async () => {
  const { drops, told } = openBench()
  const { id } = await drops.scan(['/card'], here)
  drops.changed({ ...emptyScan(id), files: 3 })
  drops.lost()
  expect(told.at(-1)).toMatchObject({ id, files: 3, state: 'stopped', cut: 'failed' })
  drops.lost()
  expect(told).toHaveLength(2)
})
