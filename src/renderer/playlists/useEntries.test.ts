import { expect, test } from 'vitest'
import { listEntry } from '../../../tests/fakes/listEntry.ts'
import { assetIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { type Entry, entryDraftSchema } from '../../shared/playlist.ts'
import { steadyEntries } from './useEntries.ts'

const versionId = versionIdSchema.parse('01J00000000000000000000022')
const asset = (name: string) => assetIdSchema.parse(`01J0000000000000000000001${name}`)
const drafts = ['A', 'B', 'A'].map((name) => entryDraftSchema.parse({ assetId: asset(name) }))
const answer = (...rows: readonly [number, string][]) =>
  rows.map(([id, name]) => listEntry(id, { assetId: asset(name), versionId }))
const seen = (entries: readonly Entry[]) => entries.map(({ id, problem }) => [id.slice(-1), problem])

test('what is played without being kept has the ids of its first answer', () => {
  const known = new Map<string, Entry>()
  steadyEntries(drafts, answer([1, 'A'], [2, 'B'], [3, 'A']), known)
  expect(seen(steadyEntries(drafts, answer([4, 'A'], [5, 'B'], [6, 'A']), known))).toEqual([
    ['1', null],
    ['2', null],
    ['3', null],
  ])
})

test('what is gone while it is open stays in its place, with nothing to open, and comes back to it', () => {
  const known = new Map<string, Entry>()
  steadyEntries(drafts, answer([1, 'A'], [2, 'B'], [3, 'A']), known)
  const without = steadyEntries(drafts, answer([4, 'B']), known)
  expect(seen(without)).toEqual([
    ['1', 'asset'],
    ['2', null],
    ['3', 'asset'],
  ])
  expect([without[0]?.assetId, without[0]?.versionId, without[0]?.name]).toEqual([null, null, 'clip 1'])
  expect(seen(steadyEntries(drafts, answer([7, 'A'], [8, 'B'], [9, 'A']), known))).toEqual([
    ['1', null],
    ['2', null],
    ['3', null],
  ])
})

test('what was never there is left out', () => {
  expect(seen(steadyEntries(drafts, answer([4, 'B']), new Map()))).toEqual([['4', null]])
})
