import { create } from 'zustand'
import type { Vote } from '../../shared/approval.ts'
import type { Entry } from '../../shared/playlist.ts'
import { takesVotes, useApproval, whyNoVote } from '../approvals/approvalStore.ts'
import { ask } from '../bridge.ts'
import { useApp } from '../shell/appStore.ts'
import { sayTrouble, sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { listPlayer } from './shownList.ts'

/** The last word that was given in this room, for who hears it. */
export const useVoteSaid = create<{ readonly words: string }>(() => ({ words: '' }))

/**
 * The votes over the picture know it once they are there. Before, what is pinned is taken for the newest unless there
 * are more versions than its number: numbers may have holes, but no two are the same.
 */
function isNewest({ versionId, versionNumber, versionCount, isPinned }: Entry): boolean {
  const { open } = useApproval.getState()
  if (open !== null && open.versionId === versionId) return open.isNewest
  return !isPinned || versionNumber === null || versionNumber >= versionCount
}

/** Why it takes no vote: in words, or null where it takes one. */
function whyNoVoteOn(entry: Entry): string | null {
  const connection = useApp.getState().connections.find(({ id }) => id === entry.connectionId)
  if (entry.problem !== null || !takesVotes(connection)) return text.playing.cannotVote
  return whyNoVote(connection, isNewest(entry))
}

/** My word on the version that is on, and on to the next clip at once; what is refused is said by name afterwards. */
export async function voteAndGoOn(vote: Vote): Promise<void> {
  const list = listPlayer()
  const entry = list?.entries[list.index]
  if (list === null || entry === undefined) return
  const { versionId, name } = entry
  const why = list.slot(entry.id).isGone ? text.playing.cannotVote : whyNoVoteOn(entry)
  if (versionId === null || why !== null) {
    sayTrouble(why ?? text.playing.cannotVote)
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
