import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  holdsAll,
  openLibraryBench,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommentPower } from '../connectors/powers.ts'
import { createCommentExport } from './commentExport.ts'

let bench: LibraryBench
let saved: [string, string][]
let isWanted: boolean
beforeEach(async () => {
  bench = openLibraryBench()
  saved = []
  isWanted = true
  bench.remote.places.set('', [remotePlace('day')])
  bench.remote.assets.set('day', [remoteAsset('a', { name: '../A012:C003.mov' })])
  await bench.readAll()
})
afterEach(() => bench.close())

const power = (more: Partial<CommentPower>): CommentPower => ({
  holds: holdsAll,
  list: async () => [],
  create: async () => ({ remoteId: 'x' }),
  change: async () => undefined,
  remove: async () => undefined,
  ...more,
})
const exported = () => {
  const asset = bench.assets.get(bench.assetOf('a'))
  if (asset === undefined) throw new Error('not stored')
  const { assets, refs, service } = bench
  const save = async (name: string, text: string) => {
    saved.push([name, text])
    return isWanted
  }
  return createCommentExport({ assets, refs, service, save })({
    versionId: asset.latestVersionId,
    format: 'srt',
    kinds: ['comment', 'marker'],
  })
}

test('the service’s own text is saved under a name that is safe on every disk', async () => {
  bench.remote.can = {
    comments: power({ export: async (ref, format, kinds) => `${ref.remoteId} ${format} ${kinds.join()}` }),
  }
  expect(await exported()).toEqual({ isSaved: true })
  expect(saved).toEqual([['A012 C003.srt', 'a-v1 srt comment,marker']])
  isWanted = false
  expect(await exported()).toEqual({ isSaved: false })
})

test('nobody is asked for a place when there is nothing to save', async () => {
  bench.remote.can = { comments: power({}) }
  expect(await refusalOf(exported)).toBe('request.invalid notSupported')
  bench.remote.can = { comments: power({ export: () => Promise.reject(new AppError('network.offline')) }) }
  expect(await refusalOf(exported)).toBe('network.offline')
  bench.remote.can = {}
  expect(await refusalOf(exported)).toBe('request.invalid notSupported')
  expect(saved).toEqual([])
})
