import { expect, test } from 'vitest'
import type { Failure } from '../../shared/errors.ts'
import { unlessAskedAgain } from './assetStore.ts'

const ended = (): Failure => ({ code: 'auth.expired', facts: {} })

test('a refusal that is asked about again is none until the answer is there', () => {
  const failure = ended()
  expect(unlessAskedAgain({ value: null, failure }, failure)).toEqual({ value: null, failure: null })
  expect(unlessAskedAgain({ value: 'read before', failure }, failure)).toEqual({
    value: 'read before',
    failure: null,
  })
})

test('refused anew it stands, also for the same reason', () => {
  const again = { value: null, failure: ended() }
  expect(unlessAskedAgain(again, ended())).toBe(again)
  expect(unlessAskedAgain(again, null)).toBe(again)
})
