import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import type { VersionId } from '../../../shared/ids.ts'

let kept: string | null
/** As after a start of the app. */
const fresh = async () => {
  vi.resetModules()
  return import('./carriedStore.ts')
}

beforeEach(() => {
  kept = null
  vi.stubGlobal('localStorage', {
    getItem: () => kept,
    setItem: (_name: string, value: string) => {
      kept = value
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

const [one, two] = [written('Here'), written('There')]
const to: VersionId = two.versionId

test('what was carried over is known after a restart, until what it became is gone', async () => {
  const first = await fresh()
  expect(first.wasCarried(one.id, to)).toBe(false)
  first.rememberCarried([{ of: one.id, to, made: two.id }])
  const second = await fresh()
  expect([second.wasCarried(one.id, to), second.wasCarried(one.id, one.versionId)]).toEqual([true, false])
  second.knowHere([])
  expect(second.wasCarried(one.id, to)).toBe(false)
  // Refused to be removed, or brought back.
  second.knowHere([two.id])
  expect(second.wasCarried(one.id, to)).toBe(true)
})

test('what was carried over just now is, though the comments were read before; so is what was written again', async () => {
  const { followCarried, knowHere, rememberCarried, wasCarried } = await fresh()
  knowHere([])
  rememberCarried([{ of: one.id, to, made: two.id }])
  expect(wasCarried(one.id, to)).toBe(true)
  const again = written('There')
  knowHere([])
  followCarried(two.id, again.id)
  expect(wasCarried(one.id, to)).toBe(true)
  knowHere([two.id])
  expect(wasCarried(one.id, to)).toBe(false)
})

test.each(['{', '7', '[null, 3, {"of": 1}]'])('what was kept wrongly is nothing: %s', async (wrong) => {
  kept = wrong
  expect((await fresh()).wasCarried(one.id, to)).toBe(false)
})
