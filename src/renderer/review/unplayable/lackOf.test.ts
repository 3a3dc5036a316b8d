import { expect, test } from 'vitest'
import type { Failure } from '../../../shared/errors.ts'
import { lackOf } from './lackOf.ts'

const noLink: Failure = { code: 'remote.notFound', facts: { thing: 'play' } }

test('a clip without anything to play is there all the same', () => {
  expect(lackOf(noLink, false)).toBe('notMade')
  expect(lackOf(noLink, true)).toBe('none')
})

test.each<Failure>([
  { code: 'thing.notFound', facts: { thing: 'asset' } },
  { code: 'thing.notFound', facts: { thing: 'version' } },
  { code: 'remote.notFound', facts: { status: 404, isSent: true } },
  { code: 'remote.notFound', facts: { thing: 'asset' } },
])('what was deleted is gone: $code $facts', (failure) => {
  expect([lackOf(failure, true), lackOf(failure, false)]).toEqual(['gone', 'gone'])
})

test('what was not answered says nothing about it', () => {
  for (const code of ['network.offline', 'auth.forbidden', 'media.unplayable'] as const)
    expect([lackOf({ code, facts: {} }, true), lackOf({ code, facts: {} }, false)]).toEqual([
      'failed',
      'failed',
    ])
})
