import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createThumbnailCache } from './thumbnailCache.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-pictures-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytesOnDisk = () =>
  readdirSync(join(folder, 'one')).reduce((sum, name) => sum + statSync(join(folder, 'one', name)).size, 0)

test('the cache keeps its bound while it is written to, not only after a restart', async () => {
  const problems: unknown[] = []
  const cache = createThumbnailCache(folder, (error) => problems.push(error), 8000)
  for (let n = 0; n < 40; n += 1) await cache.put('one', `asset${n}`, 'key', new Uint8Array(500))
  expect(bytesOnDisk()).toBeLessThanOrEqual(8000 + 1000)
  expect(await cache.get('one', 'asset39', 'key')).toHaveLength(500)
  expect(problems).toEqual([])
})

test('a picture goes with its connection', async () => {
  const cache = createThumbnailCache(folder, () => undefined)
  await cache.put('one', 'asset', 'key', new Uint8Array(5))
  await cache.removeConnection('one')
  expect(await cache.get('one', 'asset', 'key')).toBeUndefined()
})

test('one picture that comes twice at the same moment is kept, and nothing else', async () => {
  const problems: unknown[] = []
  const cache = createThumbnailCache(folder, (error) => problems.push(error))
  await Promise.all(Array.from({ length: 8 }, () => cache.put('one', 'asset', 'key', new Uint8Array(500))))
  expect(problems).toEqual([])
  expect(readdirSync(join(folder, 'one'))).toHaveLength(1)
  expect(await cache.get('one', 'asset', 'key')).toHaveLength(500)
})
