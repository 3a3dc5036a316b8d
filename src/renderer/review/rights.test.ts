import { expect, test } from 'vitest'
import { type RightName, rightNameSchema } from '../../shared/connection.ts'
import { may, mayComment, whyNot } from './rights.ts'

const hold = {
  ...{ ranges: true, drawings: true, replies: true, resolved: true, internal: true, colours: true },
  kinds: true,
}
const connection = {
  powers: ['comments' as const],
  lacks: [] as RightName[],
  commentsHold: hold,
  isShare: false,
}
const rights = ['comment', 'changeComments', 'removeComments'] as const
const allowed = (of: Parameters<typeof mayComment>[0]) => rights.filter((right) => mayComment(of, right))

test('what is not known may be tried', () => {
  expect(may(undefined, 'vote')).toBe(true)
  expect(allowed(undefined)).toEqual(rights)
  expect(allowed({ ...connection, powers: [], commentsHold: null, isShare: true })).toEqual(rights)
})

test('each right is missing on its own', () => {
  expect(allowed(connection)).toEqual(rights)
  expect(allowed({ ...connection, lacks: ['changeComments', 'vote'] })).toEqual(['comment', 'removeComments'])
  expect(may({ ...connection, lacks: ['vote'] }, 'vote')).toBe(false)
  expect(may({ ...connection, lacks: ['vote'] }, 'askForApproval')).toBe(true)
})

test('without comments at the service they stay here; a guest has nobody to keep them for', () => {
  const none = { ...connection, powers: ['localVotes' as const], commentsHold: null }
  expect(allowed(none)).toEqual(rights)
  expect(allowed({ ...none, isShare: true })).toEqual([])
})

test('every right has its reason, of a guest and of an account', () => {
  for (const right of rightNameSchema.options) {
    expect(whyNot({ isShare: true }, right)).toMatch(/share/)
    expect(whyNot({ isShare: false }, right)).toMatch(/account/)
  }
})
