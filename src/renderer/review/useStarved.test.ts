import { expect, test } from 'vitest'
import { needsSession } from './useStarved.ts'

const streamed = { own: null }
const onDisk = { own: { posterUrl: null, peaksUrl: null } }

test('what comes from the service stops with the session', () => {
  expect(needsSession(streamed, 'signedOut')).toBe(true)
  for (const state of ['online', 'offline', undefined] as const)
    expect(needsSession(streamed, state)).toBe(false)
})

test('a proxy of this computer is not waited for', () => {
  expect(needsSession(onDisk, 'signedOut')).toBe(false)
  expect(needsSession(null, 'signedOut')).toBe(false)
})
