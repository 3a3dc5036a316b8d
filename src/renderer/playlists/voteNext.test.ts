import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listEntry } from '../../../tests/fakes/listEntry.ts'
import { onlineConnection } from '../../../tests/fakes/onlineConnection.ts'
import { playedList } from '../../../tests/fakes/playedList.ts'
import type { Connection } from '../../shared/connection.ts'
import { assetIdSchema, versionIdSchema } from '../../shared/ids.ts'
import type { Entry } from '../../shared/playlist.ts'
import { useApproval } from '../approvals/approvalStore.ts'
import { useApp } from '../shell/appStore.ts'
import { sayNothing, useSaid } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { showList } from './shownList.ts'
import { useVoteSaid, voteAndGoOn } from './voteNext.ts'

const assetId = assetIdSchema.parse('01J00000000000000000000010')
const versionId = versionIdSchema.parse('01J00000000000000000000022')

let sent: unknown[]
let put: () => void

/** A list of two is on, at its first: what is said to `voteAndGoOn` there. */
async function vote(more: Partial<Entry>, connection: Partial<Connection> = {}, isGone = false) {
  const entries = [listEntry(1, { assetId, versionId, ...more }), listEntry(2)]
  const player = playedList(entries)
  put = showList(player)
  player.slot(listEntry(1).id).setGone(isGone)
  useApp.setState({ connections: [onlineConnection(listEntry(1).connectionId, connection)] })
  await voteAndGoOn('approved')
  player.stop()
  const { said } = useSaid.getState()
  return { index: player.index, words: said?.words ?? null, isPlain: said?.isPlain ?? null }
}

beforeEach(() => {
  sent = []
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
  vi.stubGlobal('document', { activeElement: null, querySelector: () => null })
  vi.stubGlobal('window', {
    rushes: {
      call: async (name: string, input: unknown) => {
        sent.push([name, input])
        return { ok: true, value: null }
      },
    },
  })
})
afterEach(() => {
  put()
  sayNothing()
  useApproval.setState({ open: null })
  useApp.setState({ connections: [] })
  useVoteSaid.setState({ words: '' })
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const asked = [['approvals.vote', { versionId, vote: 'approved', note: '' }]]
const heard = () => useVoteSaid.getState().words

test.each<[string, Partial<Entry>]>([
  ['the newest', {}],
  ['a pinned version that is the newest', { isPinned: true, versionNumber: 2, versionCount: 2 }],
  ['a pinned one among numbers with holes', { isPinned: true, versionNumber: 5, versionCount: 2 }],
  ['a version whose number is not known', { isPinned: true, versionNumber: null, versionCount: 2 }],
])('a vote on %s is given, and the list goes on', async (_which, more) => {
  expect(await vote(more)).toEqual({ index: 1, words: null, isPlain: null })
  expect(sent).toEqual(asked)
  expect(heard()).toBe(text.playing.voted.approved('clip 1'))
})

const older = { isPinned: true, versionNumber: 1, versionCount: 2 }
test.each<[string, Partial<Entry>, Partial<Connection>, string]>([
  ['without the right', {}, { lacks: ['vote'] }, text.rights.vote(false)],
  ['without the right of a guest', {}, { lacks: ['vote'], isShare: true }, text.rights.vote(true)],
  ['on an older version', older, {}, text.rights.older],
  ['where there are no votes', {}, { powers: [] }, text.playing.cannotVote],
  ['where nothing can be opened', { problem: 'asset', versionId: null }, {}, text.playing.cannotVote],
])(
  'no vote %s: why is said, nobody hears of one, and the list stays',
  async (_where, more, connection, why) => {
    expect(await vote(more, connection)).toEqual({ index: 0, words: why, isPlain: false })
    expect(sent).toEqual([])
    expect(heard()).toBe('')
  },
)

test('no vote on what was deleted while it is open, before the list knows of it', async () => {
  expect(await vote({}, {}, true)).toEqual({ index: 0, words: text.playing.cannotVote, isPlain: false })
  expect(sent).toEqual([])
})

test('votes that are kept on this computer are taken on any version', async () => {
  expect(await vote(older, { powers: ['localVotes'] })).toMatchObject({ index: 1 })
  expect(sent).toEqual(asked)
})

test('the votes over the picture know better which version is the newest', async () => {
  const open = { assetId, connectionId: listEntry(1).connectionId, versionId }
  useApproval.setState({ open: { ...open, isNewest: true } })
  expect(await vote(older)).toMatchObject({ index: 1 })
  put()
  useApproval.setState({ open: { ...open, isNewest: false } })
  expect(await vote({})).toMatchObject({ index: 0, words: text.rights.older })
})
