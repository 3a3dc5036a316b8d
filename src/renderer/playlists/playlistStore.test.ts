import { expect, test } from 'vitest'
import { connectionIdSchema, playlistIdSchema } from '../../shared/ids.ts'
import type { Playlist, PlaylistService } from '../../shared/playlist.ts'
import { homesFor, mayWith, usePlaylists } from './playlistStore.ts'

const [here, there] = ['0', '1'].map((end) => connectionIdSchema.parse(`01J0000000000000000000000${end}`))
if (here === undefined || there === undefined) throw new Error('no connections')

const service = (connectionId: typeof here, mayCreate = true): PlaylistService => ({
  ...{ connectionId, isReading: false, readAt: 1, failure: null, mayCreate },
  holds: { ranges: true, newest: true },
})
const list = (more: Partial<Playlist> = {}): Playlist => ({
  ...{
    id: playlistIdSchema.parse('01J00000000000000000000009'),
    name: 'Friday',
    entryCount: 2,
    changedAt: 1,
  },
  ...{ home: null, may: ['rename', 'add'], sources: [here], ...more },
})

test('an own list can be kept where all its clips come from, and nowhere else', () => {
  const services = [service(here), service(there)]
  expect(homesFor(list(), services).map(({ connectionId }) => connectionId)).toEqual([here])
  expect(homesFor(list({ sources: [here, there] }), services)).toEqual([])
  expect(homesFor(list({ sources: [] }), services)).toEqual([])
  expect(homesFor(list(), [service(here, false), service(there)])).toEqual([])
  const home = { connectionId: here, readAt: null, failure: null }
  expect(homesFor(list({ home }), services)).toEqual([])
})

test('with a list that is not known nothing can be done', () => {
  const { id } = list()
  expect(mayWith(id, 'rename')).toBe(false)
  usePlaylists.setState({ lists: [list()] })
  expect([mayWith(id, 'rename'), mayWith(id, 'remove'), mayWith(undefined, 'rename')]).toEqual([
    true,
    false,
    false,
  ])
})
