import { expect, test } from 'vitest'
import { toFailure } from '../../../shared/errors.ts'
import type { MediaInfo } from '../../../shared/place.ts'
import { soundLack } from './soundLack.ts'

const opened = (audioCodec: string | null) => ({
  value: { info: { audioCodec } as MediaInfo },
  failure: null,
})

test('why a version cannot be heard', () => {
  expect(soundLack(opened('AAC'))).toBeNull()
  expect(soundLack(opened(null))).toBe('silent')
  expect(soundLack({ value: null, failure: toFailure(new Error('gone')) })).toBe('missing')
})

test('what is still being opened lacks nothing yet', () => {
  expect(soundLack({ value: null, failure: null })).toBeNull()
})
