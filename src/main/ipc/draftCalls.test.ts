import { expect, test } from 'vitest'
import type { KeptDrafts } from '../../shared/drafts.ts'
import type { CommentId, VersionId } from '../../shared/ids.ts'
import { draftCalls } from './draftCalls.ts'

const idOf = (at: number) => String(at).padStart(26, '0')
const one = idOf(1) as VersionId
const two = idOf(2) as VersionId

const drafts: KeptDrafts = {
  versions: [one, two].map((versionId) => ({
    ...{ versionId, words: 'Half a', colour: null, isInternal: false, isWhole: false },
    ...{ at: null, shapes: [], on: null },
  })),
  small: [
    {
      ...{ kind: 'reply', commentId: idOf(3) as CommentId, versionId: two },
      ...{ words: 'Half an answer', colour: null, isOpen: true },
    },
  ],
}

test('what was begun is read as it was kept, and goes with what it was about', async () => {
  const stored = new Map<string, unknown>()
  const known = new Set([one, two])
  const calls = draftCalls({
    settings: { read: (name) => stored.get(name), write: (name, value) => void stored.set(name, value) },
    isKnown: (id) => known.has(id),
  })
  expect(await calls['drafts.read']()).toEqual({ versions: [], small: [] })
  await calls['drafts.keep'](drafts)
  expect(await calls['drafts.read']()).toEqual(drafts)
  known.delete(two)
  const left = { versions: drafts.versions.slice(0, 1), small: [] }
  expect(await calls['drafts.read']()).toEqual(left)
  expect([...stored.values()], 'nothing of it stays behind').toEqual([left])
  const [whole] = drafts.versions
  stored.set('drafts', { versions: [{ versionId: one, words: 7 }, whole], small: [null] })
  expect(await calls['drafts.read'](), 'one that cannot be read goes alone').toEqual(left)
  stored.set('drafts', { versions: 'of another release' })
  expect(await calls['drafts.read']()).toEqual({ versions: [], small: [] })
})
