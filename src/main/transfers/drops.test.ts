import { expect, test } from 'vitest'
import { connectionIdSchema, placeIdSchema, scanIdSchema } from '../../shared/ids.ts'
import type { ScanStore } from '../store/scanStore.ts'
import { systemClock } from './clock.ts'
import { createDrops } from './drops.ts'

const scanId = scanIdSchema.parse('01J00000000000000000000000')
const destination = {
  connectionId: connectionIdSchema.parse('01J00000000000000000000001'),
  placeId: placeIdSchema.parse('01J00000000000000000000002'),
  path: ['Autumn'],
  versionOf: null,
}

test('what an earlier process found of a drop is not sent: nobody knows how much of it that was', async () => {
  let queued = 0
  const store: ScanStore = {
    begin: () => undefined,
    add: () => undefined,
    queue: () => {
      queued += 1
      return 1
    },
    discard: () => undefined,
    clean: () => undefined,
  } as unknown as ScanStore
  const drops = createDrops({
    store,
    clock: systemClock,
    newId: () => '01J00000000000000000000003',
    newToken: () => 'token',
    changed: () => undefined,
    queued: () => undefined,
    troubled: () => undefined,
  })
  await expect(drops.send({ scanId, destination, remote: {} })).rejects.toThrow('thing.notFound')
  expect(queued).toBe(0)
})
