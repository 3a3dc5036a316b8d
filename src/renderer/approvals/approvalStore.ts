import { create } from 'zustand'
import type { Approval, Vote } from '../../shared/approval.ts'
import type { Connection } from '../../shared/connection.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, VersionId } from '../../shared/ids.ts'
import { ask, subscribe } from '../bridge.ts'
import { may, whyNot } from '../review/rights.ts'
import { useApp } from '../shell/appStore.ts'
import { say, sayTrouble } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'

interface ApprovalState {
  /** The version in the review room, and whose service it is. */
  readonly open: {
    readonly versionId: VersionId
    readonly assetId: AssetId
    readonly connectionId: ConnectionId
    /** Services take votes on the newest version only. */
    readonly isNewest: boolean
  } | null
  readonly approval: Approval | null
  readonly failure: Failure | null
  /** Pressed, and not answered yet; null: nothing is. */
  readonly sending: Vote | null
}

const closed: ApprovalState = { open: null, approval: null, failure: null, sending: null }

/** Who was asked about the version on the screen, and what they said. */
export const useApproval = create<ApprovalState>(() => closed)

/** Votes are taken by the service, or kept here where it takes none. A guest's own would tell nobody anything. */
export const takesVotes = (connection: Connection | undefined): boolean =>
  connection !== undefined &&
  (connection.powers.includes('approvals') ||
    (connection.powers.includes('localVotes') && !connection.isShare))

const connectionOf = (id: ConnectionId) =>
  useApp.getState().connections.find((connection) => connection.id === id)

/** Why no vote can be given: in words, or null where one can. What is kept on this computer takes any. */
export function whyNoVote(connection: Connection | undefined, isNewest: boolean): string | null {
  if (!may(connection, 'vote')) return whyNot(connection, 'vote')
  return isNewest || connection?.powers.includes('localVotes') ? null : text.rights.older
}

/** Follows one version until the returned function is called. */
export function followApproval(open: NonNullable<ApprovalState['open']>): () => void {
  if (!takesVotes(connectionOf(open.connectionId))) return () => undefined
  useApproval.setState({ ...closed, open })
  void readApproval()
  const stop = subscribe('approvals.changed', ({ versionId }) => {
    if (versionId === open.versionId) void readApproval()
  })
  return () => {
    stop()
    if (useApproval.getState().open?.versionId === open.versionId) useApproval.setState(closed)
  }
}

export async function readApproval(): Promise<void> {
  const { open } = useApproval.getState()
  if (open === null) return
  const isMeant = () => useApproval.getState().open?.versionId === open.versionId
  try {
    const approval = await ask('approvals.get', { versionId: open.versionId })
    if (isMeant()) useApproval.setState({ approval, failure: null })
  } catch (error) {
    if (isMeant()) useApproval.setState({ failure: toFailure(error) })
  }
}

export const canVote = (): boolean => {
  const { open, sending } = useApproval.getState()
  return (
    open !== null && sending === null && whyNoVote(connectionOf(open.connectionId), open.isNewest) === null
  )
}

/** The same vote a second time takes it back. Says whether it was kept. */
export async function castVote(vote: Vote, note = ''): Promise<boolean> {
  const { open, approval, sending } = useApproval.getState()
  if (open === null || sending !== null) return false
  const mine = approval?.approvers.find((each) => each.isMe)?.vote ?? null
  const connection = connectionOf(open.connectionId)
  if (mine === vote && note === '' && !may(connection, 'takeBackVote')) {
    sayTrouble(whyNot(connection, 'takeBackVote'))
    return false
  }
  useApproval.setState({ sending: vote })
  const isMeant = () => useApproval.getState().open?.versionId === open.versionId
  try {
    const next = await ask('approvals.vote', {
      versionId: open.versionId,
      vote: mine === vote && note === '' ? null : vote,
      note,
    })
    if (isMeant()) useApproval.setState({ approval: next, failure: null })
    return true
  } catch (error) {
    say(toFailure(error))
    return false
  } finally {
    if (isMeant()) useApproval.setState({ sending: null })
  }
}

export async function withdrawRequest(): Promise<void> {
  const { open } = useApproval.getState()
  if (open === null) return
  try {
    useApproval.setState({ approval: await ask('approvals.withdraw', { versionId: open.versionId }) })
  } catch (error) {
    say(toFailure(error))
  }
}
