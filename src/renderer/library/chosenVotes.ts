import type { Vote } from '../../shared/approval.ts'
import type { AssetId } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'
import { takesVotes } from '../approvals/approvalStore.ts'
import { ask } from '../bridge.ts'
import { may } from '../review/rights.ts'
import { text } from '../text/text.ts'
import {
  answered,
  askFirst,
  canHere,
  chosenAssets,
  chosenIds,
  connectionHere,
  inTurns,
  run,
} from './assetCommands.ts'
import { useLibrary } from './libraryStore.ts'

/** Whether the service of the place on the screen takes votes on many. Guests vote on one at a time only. */
export function takesManyVotesHere(): boolean {
  const connection = connectionHere()
  return takesVotes(connection) && connection?.isShare === false
}

/** The same, by whoever is signed in. */
export const mayVoteHere = (): boolean => takesManyVotesHere() && may(connectionHere(), 'vote')

/** My word on the newest version of everything that is chosen. */
export async function voteOnChosen(vote: Vote): Promise<void> {
  const ids = chosenIds()
  if (ids.length === 0) return
  await run(
    () => inTurns(ids, (some) => ask('approvals.bulk', { assetIds: some, vote })),
    text.approvals.voteGiven[vote](ids.length),
  )
}

/** Asks before votes of others go. */
export function askToClearVotes(): void {
  const ids = chosenIds()
  if (ids.length > 0) askFirst({ kind: 'clearVotes', ids, isLocal: !canHere('approvals') })
}

export async function clearVotes(ids: readonly AssetId[]): Promise<void> {
  answered()
  await run(
    () => inTurns(ids, (some) => ask('approvals.bulk', { assetIds: some, vote: null })),
    text.approvals.cleared(ids.length),
  )
}

/** Every chosen asset; those not read yet are read. */
async function readChosen(): Promise<readonly Asset[]> {
  const ids = new Set(chosenIds())
  const here = chosenAssets().filter(({ id }) => ids.has(id))
  const { pager } = useLibrary.getState()
  if (here.length === ids.size || pager === null) return here
  return (await pager.rowsBetween(0, pager.total - 1)).filter(({ id }) => ids.has(id))
}

/** Opens the form that asks people about the newest versions of everything that is chosen. */
export async function askForApproval(): Promise<void> {
  await run(async () => {
    const assets = await readChosen()
    const [first] = assets
    if (first === undefined) return
    askFirst({
      kind: 'requestApproval',
      versionIds: assets.map(({ latestVersionId }) => latestVersionId),
      name: assets.length === 1 ? first.name : text.library.assetCount(assets.length),
    })
  })
}
