import { expect, test } from 'vitest'
import { listEntry } from '../../../tests/fakes/listEntry.ts'
import { assetIdSchema, versionIdSchema } from '../../shared/ids.ts'
import type { Entry } from '../../shared/playlist.ts'
import { unmeasured } from './lengths.ts'
import { draftsOfEntries, withVersions } from './listDrafts.ts'

const assetId = assetIdSchema.parse('01J00000000000000000000010')
const newest = versionIdSchema.parse('01J00000000000000000000022')
const older = versionIdSchema.parse('01J00000000000000000000021')
const entry = (number: number, more: Partial<Entry> = {}): Entry =>
  listEntry(number, { assetId, versionId: newest, ...more })

test('a list that is kept holds pinned versions as pinned ones', () => {
  const range = { startFrame: 2, endFrame: 5 }
  const given = [
    entry(1, { range }),
    entry(2, { versionId: older, isPinned: true, range }),
    entry(3, { assetId: null, versionId: null, problem: 'asset' }),
    entry(4, { versionId: null, isPinned: true, problem: 'version' }),
  ]
  expect(draftsOfEntries(given)).toEqual([
    { assetId, versionId: null, range },
    { assetId, versionId: older, range },
    { assetId, versionId: null, range: null },
  ])
})

test('a version that was chosen while the list plays stays, the newest is followed on', () => {
  const given = [entry(1), entry(2), entry(3)]
  const chosen = new Map([
    [given[0]?.id ?? entry(9).id, older],
    [given[1]?.id ?? entry(9).id, newest],
  ])
  const shown = withVersions(given, chosen)
  expect(shown[0]).toMatchObject({ versionId: older, versionNumber: null, isPinned: true, rate: null })
  expect(shown.slice(1)).toEqual(given.slice(1))
  expect(draftsOfEntries(shown).map(({ versionId }) => versionId)).toEqual([older, null, null])
})

test('lengths nobody knows and tables of uneven clips are read, each once', () => {
  const given = [
    entry(1),
    entry(2, { versionId: older, isVariableRate: true }),
    entry(3, { versionId: older, isVariableRate: true }),
    entry(4, { frames: null }),
    entry(5, { versionId: null, frames: null }),
    entry(6, { versionId: versionIdSchema.parse('01J00000000000000000000023'), kind: 'image', frames: null }),
  ]
  expect([...unmeasured(given)]).toEqual([newest, older])
})
