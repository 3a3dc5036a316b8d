import { beforeEach, expect, test } from 'vitest'
import { connectionSchema } from '../../../shared/connection.ts'
import { enterRoomOf, learnNames, mayCommentIn, useMentions } from './mentionStore.ts'

const connection = connectionSchema.parse({
  ...{ id: '01J00000000000000000000001', provider: 'iconik', name: 'iconik', host: '127.0.0.1' },
  ...{ isStudio: false, state: 'online', failure: null, syncedAt: null },
  ...{ powers: ['comments', 'people'], lacks: ['removeComments'] },
  commentsHold: {
    ...{ ranges: true, drawings: true, replies: true, resolved: true, internal: true, colours: true },
    kinds: true,
  },
})
const rights = ['comment', 'changeComments', 'removeComments'] as const
const allowed = () => rights.filter((right) => mayCommentIn(useMentions.getState(), right))

beforeEach(() => enterRoomOf(undefined))

test('the rights of the open room are those of its connection', () => {
  expect(allowed()).toEqual(rights)
  enterRoomOf(connection)
  expect(allowed()).toEqual(['comment', 'changeComments'])
})

test('of what was deleted while it is open nothing may be said or changed', () => {
  enterRoomOf(connection)
  learnNames(['Ada'])
  enterRoomOf(connection, true)
  expect(allowed()).toEqual([])
  expect([...useMentions.getState().names], 'what is read there stays as it is').toEqual(['Ada'])
})

test('the next room is open again, also of the same connection', () => {
  enterRoomOf(connection, true)
  enterRoomOf(connection)
  expect(allowed()).toEqual(['comment', 'changeComments'])
})
