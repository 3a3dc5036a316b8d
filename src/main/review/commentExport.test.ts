import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdsAll } from '../../../tests/fakes/commentsHold.ts'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { openLibraryBench, refusalOf, remoteAsset, remotePlace } from '../../../tests/fakes/libraryBench.ts'
import { written } from '../../../tests/fakes/writtenComment.ts'
import { AppError } from '../../shared/errors.ts'
import type { Comment } from '../../shared/review.ts'
import type { CommentPower } from '../connectors/powers.ts'
import { createCommentExport } from './commentExport.ts'

let bench: LibraryBench
let saved: [string, string][]
let isWanted: boolean
let isShare: boolean
let here: Comment[]
beforeEach(async () => {
  bench = openLibraryBench()
  saved = []
  isWanted = true
  isShare = false
  here = []
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

const remark = (text: string, more: Partial<Comment> = {}) =>
  written(text, { remoteId: `remote ${text}`, ...more })

const formats = ['csv', 'srt', 'vtt'] as const
const exported = (audience: 'clients' | 'team' = 'team', format: (typeof formats)[number] = 'srt') => {
  const asset = bench.assets.get(bench.assetOf('a'))
  if (asset === undefined) throw new Error('not stored')
  const { assets, refs, service } = bench
  return createCommentExport({
    ...{ assets, refs, service },
    comments: { ofVersion: () => here },
    holdsComments: () => bench.remote.can.comments !== undefined,
    isShare: () => isShare,
    save: async (name, text) => {
      saved.push([name, text])
      return isWanted
    },
  })({
    versionId: asset.latestVersionId,
    format,
    kinds: ['comment', 'marker'],
    audience,
    timing: null,
    firstNumber: 1,
  })
}

test('the service’s own text is saved for the team under a name that is safe on every disk', async () => {
  bench.remote.can = {
    comments: power({ export: async (ref, format, kinds) => `${ref.remoteId} ${format} ${kinds.join()}` }),
  }
  expect(await exported()).toEqual({ isSaved: true })
  expect(saved).toEqual([['A012 C003.srt', 'a-v1 srt comment,marker']])
  isWanted = false
  expect(await exported()).toEqual({ isSaved: false })
})

test('a service without an export has one all the same: what is here', async () => {
  here = [remark('Darker.'), remark('Budget.', { isInternal: true }), remark('Speech', { kind: 'scene' })]
  bench.remote.can = { comments: power({}) }
  await exported('team')
  bench.remote.can = {}
  await exported('team')
  expect(saved[0]?.[1]).toContain('Budget.')
  expect(saved[0]?.[1]).not.toContain('Speech')
  expect(saved[1]).toEqual(saved[0])
})

test('in no format does a client read what is internal, here or at the service, or an answer to it', async () => {
  const shared = remark('For everybody.')
  const hidden = remark('Only ours.', { isInternal: true })
  const hiddenThere = remark('Made internal there.')
  here = [
    ...[shared, hidden, hiddenThere],
    remark('Fine answer.', { parentId: shared.id }),
    remark('Answer to what is hidden.', { parentId: hidden.id }),
    remark('Answer to what is hidden there.', { parentId: hiddenThere.id }),
    remark('Not sent yet.', { remoteId: null }),
    remark('Hidden and not sent yet.', { remoteId: null, isInternal: true }),
    remark('Removed there meanwhile.', { remoteId: 'gone' }),
  ]
  const there = here
    .filter(({ remoteId }) => remoteId !== null && remoteId !== 'gone')
    // What became internal here has not reached the service.
    .map((one) => ({ ...one, isInternal: one === hiddenThere }))
  bench.remote.can = {
    comments: power({ list: async () => there, export: async () => 'Only ours. And all the rest.' }),
  }
  for (const format of formats) {
    await exported('clients', format)
    const text = saved.at(-1)?.[1] ?? ''
    for (const words of ['For everybody.', 'Fine answer.', 'Not sent yet.'])
      expect(text, format).toContain(words)
    for (const words of ['Only ours', 'hidden', 'Hidden', 'Made internal', 'Removed'])
      expect(text, format).not.toContain(words)
  }
})

test('a service that holds no comments: what is internal here stays here', async () => {
  here = [remark('Darker.', { remoteId: null }), remark('Budget.', { remoteId: null, isInternal: true })]
  bench.remote.can = {}
  await exported('clients', 'csv')
  expect(saved[0]?.[1]).toContain('Darker.')
  expect(saved[0]?.[1]).not.toContain('Budget.')
})

test('nothing is written for clients while the service cannot say what is internal', async () => {
  here = [remark('Darker.')]
  bench.remote.can = { comments: power({ list: () => Promise.reject(new AppError('network.offline')) }) }
  expect(await refusalOf(() => exported('clients'))).toBe('network.offline')
  bench.remote.can = { comments: power({ export: () => Promise.reject(new AppError('network.offline')) }) }
  expect(await refusalOf(exported)).toBe('network.offline')
  expect(saved).toEqual([])
})

test('a guest has the document for clients only', async () => {
  isShare = true
  here = [remark('Darker.')]
  const there = here
  bench.remote.can = {
    comments: power({ list: async () => there, export: async () => 'everything' }),
  }
  expect(await refusalOf(exported)).toBe('request.invalid guest')
  await exported('clients')
  expect(saved).toHaveLength(1)
  expect(saved[0]?.[1]).not.toContain('everything')
})
