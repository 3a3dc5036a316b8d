import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listEntry } from '../../../tests/fakes/listEntry.ts'
import { playedList } from '../../../tests/fakes/playedList.ts'
import { go } from '../shell/routeStore.ts'
import { sayNothing, useSaid } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { playlistRuns } from './playlistActions.ts'
import { showList } from './shownList.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  sayNothing()
  vi.useRealTimers()
})

test('with nothing to play why is no confirmation', () => {
  playlistRuns['playlist.playChosen']()
  expect(useSaid.getState().said).toMatchObject({ words: text.playlists.nothingChosen, isPlain: false })
})

test('without marks nothing is trimmed, and why is no confirmation', () => {
  const put = showList(playedList([listEntry(1)]))
  go({ screen: 'playing', list: { kind: 'chosen', number: 1 } })
  playlistRuns['playlist.trim']()
  expect(useSaid.getState().said).toMatchObject({ words: text.playing.trimNeedsMarks, isPlain: false })
  put()
})
