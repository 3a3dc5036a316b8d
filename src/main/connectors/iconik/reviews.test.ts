import { beforeEach, expect, test } from 'vitest'
import { fakeFetch } from '../../../../tests/fakes/fakeFetch.ts'
import { refusalOf } from '../../../../tests/fakes/libraryBench.ts'
import { TestClock } from '../../../../tests/fakes/TestClock.ts'
import { createReviews, type Reviews } from './reviews.ts'
import { createSelves } from './self.ts'
import { openSession } from './session.ts'

const clock = new TestClock(Date.UTC(2026, 0, 1))
const approved = { status: 200, body: { id: 'request', status: 'APPROVED' } }
let answers: Record<string, { readonly status: number; readonly body: object }>
let asked: string[]
let reviews: Reviews

beforeEach(() => {
  answers = {}
  asked = []
  const { fetch } = fakeFetch(({ path }) => {
    const versionId = /versions\/([^/]+)/.exec(path)?.[1] ?? ''
    asked.push(versionId)
    return answers[versionId] ?? { status: 404, body: {} }
  })
  const parts = { fetch, clock }
  const secrets = { appId: 'app', token: 'token', life: null, share: null }
  const session = openSession('https://app.iconik.io', secrets, parts)
  reviews = createReviews(session, createSelves(session), parts)
})

const each = async (...ids: string[]) => {
  const versions = ids.map((versionId) => ({ assetId: 'asset', versionId }))
  return [...(await reviews.each(versions, new AbortController().signal))]
}

test('a version that this account is not told of is left out, and asked about again after a while only', async () => {
  answers = { mine: approved, theirs: { status: 403, body: {} } }
  expect(await each('mine', 'theirs')).toEqual([['mine', 'approved']])
  expect(await each('mine', 'theirs')).toEqual([['mine', 'approved']])
  expect([asked.sort(), reviews.of('theirs')]).toEqual([['mine', 'theirs'], 'unknown'])
  clock.jump(60_000)
  await each('mine', 'theirs')
  expect(asked).toHaveLength(4)
})

test('one that cannot be read takes nothing from the others, and fails alone', async () => {
  answers = { broken: { status: 400, body: {} }, fine: approved }
  expect(await each('broken', 'fine', 'unasked')).toEqual([
    ['fine', 'approved'],
    ['unasked', 'none'],
  ])
  expect(await refusalOf(() => each('broken'))).toContain('remote.refused')
})

test('a session that ended is told, whatever was answered before', async () => {
  answers = { fine: approved, late: { status: 401, body: {} } }
  expect(await refusalOf(() => each('fine', 'late'))).toContain('auth.expired')
})
