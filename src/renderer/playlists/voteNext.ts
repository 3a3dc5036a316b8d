import { create } from 'zustand'
import type { Vote } from '../../shared/approval.ts'
import type { Entry } from '../../shared/playlist.ts'
import { takesVotes } from '../approvals/approvalStore.ts'
import { ask } from '../bridge.ts'
import { may } from '../review/rights.ts'
import { useApp } from '../shell/appStore.ts'
import { sayTrouble, sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { listPlayer } from './shownList.ts'

/** The last word that was given in this room, for who hears it. */
export const useVoteSaid = create<{ readonly words: string }>(() => ({ words: '' }))

function canVoteOn({ problem, connectionId }: Entry): boolean {
  const connection = useApp.getState().connections.find((each) => each.id === connectionId)
  return problem === null && takesVotes(connection) && may(connection, 'vote')
}

/** My word on the version that is on, and on to the next clip at once; what is refused is said by name afterwards. */
export async function voteAndGoOn(vote: Vote): Promise<void> {
  const list = listPlayer()
  const entry = list?.entries[list.index]
  if (list === null || entry === undefined) return
  const { versionId, name } = entry
  if (versionId === null || !canVoteOn(entry)) {
    sayWords(text.playing.cannotVote)
    return
  }
  const isLast = list.neighbour(1) === undefined
  if (isLast) list.pause()
  else list.toClip(1)
  // The strip shows it; whoever does not see the strip hears it.
  useVoteSaid.setState({ words: text.playing.voted[vote](name) })
  if (isLast) sayWords(text.playing.end)
  try {
    await ask('approvals.vote', { versionId, vote, note: '' })
  } catch {
    // The clip is no longer on the screen: it is named.
    sayTrouble(text.playing.voteFailed(name))
  }
}
