import { BadgeCheck, Check, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useId, useState } from 'react'
import type { Approver, Vote } from '../../shared/approval.ts'
import type { AssetId, ConnectionId, VersionId } from '../../shared/ids.ts'
import { askFirst } from '../library/assetCommands.ts'
import { may, mayComment, whyNot } from '../review/rights.ts'
import { useConnection } from '../shell/appStore.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { moment } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import heard from '../ui/Heard.module.css'
import { isPress } from '../ui/keyText.ts'
import { isMac } from '../ui/platform.ts'
import { StateLabel } from '../ui/StateLabel.tsx'
import { StatusIcon } from '../ui/StatusIcon.tsx'
import css from './ApprovalBar.module.css'
import {
  castVote,
  followApproval,
  takesVotes,
  useApproval,
  whyNoVote,
  withdrawRequest,
} from './approvalStore.ts'

const c = classesOf(css)

interface ApprovalBarProps {
  readonly connectionId: ConnectionId
  readonly assetId: AssetId
  readonly versionId: VersionId
  readonly name: string
  readonly isNewest: boolean
}

const votes = ['needsChanges', 'approved'] as const

const looks = {
  approved: { tone: 'done', shape: 'done' },
  needsChanges: { tone: 'stop', shape: 'failed' },
} as const

/** My word on the version, and everybody else's. Absent where the service knows no approvals. */
export function ApprovalBar({ connectionId, assetId, versionId, name, isNewest }: ApprovalBarProps) {
  const connection = useConnection(connectionId)
  const isAble = takesVotes(connection)
  const isLocal = connection?.powers.includes('localVotes') ?? false
  useEffect(
    () => (isAble ? followApproval({ connectionId, assetId, versionId, isNewest }) : undefined),
    [isAble, connectionId, assetId, versionId, isNewest],
  )
  const { approval, failure, sending } = useApproval()
  if (!isAble) return null
  const words = text.approvals
  const mine = approval?.approvers.find((each) => each.isMe)?.vote ?? null
  const voted = approval?.approvers.filter((each) => each.vote !== null).length ?? 0
  const isAsked = approval !== null && approval.state !== 'none'
  const canAsk = !isLocal && isNewest && may(connection, 'askForApproval')
  const canWithdraw = !isLocal && isNewest && isAsked && may(connection, 'withdrawRequest')
  return (
    <div className={c('bar')}>
      <span className={heard['heard']} role="status">
        {sending === null ? '' : words.sending}
      </span>
      {may(connection, 'vote')
        ? votes.map((vote) => (
            <VoteButton
              key={vote}
              vote={vote}
              isMine={mine === vote}
              sending={sending}
              why={
                whyNoVote(connection, isNewest) ??
                (mine === vote && !may(connection, 'takeBackVote')
                  ? whyNot(connection, 'takeBackVote')
                  : null)
              }
            />
          ))
        : null}
      <Popover.Root>
        <Popover.Trigger asChild>
          <Button size="small" look="bare">
            {isLocal
              ? words.localHere
              : approval === null
                ? words.notKnown
                : approval.approvers.length === 0
                  ? words.nobodyYet
                  : words.voted(voted, approval.approvers.length)}
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={c('panel')}
            aria-label={words.title}
            align="end"
            sideOffset={6}
            collisionPadding={12}
          >
            <h2 className={c('title')}>{words.title}</h2>
            {isLocal ? <p className={c('quiet')}>{words.local}</p> : null}
            {failure === null ? null : <p className={c('quiet')}>{errorWords(failure).what}</p>}
            {approval === null ? null : (
              <>
                <p className={c('quiet')} hidden={isLocal && approval.state === 'none'}>
                  {approval.requestedBy === null
                    ? words.states[approval.state]
                    : `${words.states[approval.state]} ${words.needs(approval.minimum)}`}
                </p>
                <ul className={c('people')}>
                  {approval.approvers.map((each) => (
                    <ApproverLine key={each.key ?? each.email ?? each.name} approver={each} />
                  ))}
                </ul>
                {whyNoVote(connection, isNewest) === null && mayComment(connection) ? (
                  <Note mine={mine} sending={sending} />
                ) : null}
              </>
            )}
            {canAsk || canWithdraw ? (
              <div className={c('foot')}>
                {canAsk ? (
                  <Button
                    size="small"
                    onClick={() => askFirst({ kind: 'requestApproval', versionIds: [versionId], name })}
                  >
                    <BadgeCheck size={14} aria-hidden="true" />
                    {words.askMorePeople}
                  </Button>
                ) : null}
                {canWithdraw ? (
                  <Button size="small" look="bare" onClick={() => void withdrawRequest()}>
                    {words.withdraw}
                  </Button>
                ) : null}
              </div>
            ) : null}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  )
}

interface VoteProps {
  readonly vote: Vote
  readonly isMine: boolean
  readonly sending: Vote | null
  /** Why pressing it would change nothing; null where it would. */
  readonly why: string | null
}

function VoteButton({ vote, isMine, sending, why }: VoteProps) {
  const isSending = sending === vote
  return (
    <button
      type="button"
      className={c('vote', vote, isMine && 'mine', isSending && 'sending')}
      aria-pressed={isMine}
      aria-busy={isSending || undefined}
      // Not `disabled`: the focus stays where it was.
      aria-disabled={why !== null || sending !== null || undefined}
      title={isSending ? text.approvals.sendingMore : (why ?? (isMine ? text.approvals.takeBack : undefined))}
      onClick={() => (why === null && sending === null ? void castVote(vote) : undefined)}
    >
      {isSending ? (
        <StatusIcon shape="waiting" />
      ) : vote === 'approved' ? (
        <Check size={14} aria-hidden="true" />
      ) : (
        <TriangleAlert size={14} aria-hidden="true" />
      )}
      <span className={c('words')}>
        {/* As wide as either, so that nothing moves under the pointer. */}
        <span aria-hidden={isSending}>{isMine ? text.approvals.done[vote] : text.approvals.votes[vote]}</span>
        <span aria-hidden={!isSending}>{text.approvals.sending}</span>
      </span>
    </button>
  )
}

function ApproverLine({ approver }: { readonly approver: Approver }) {
  const now = useNow()
  return (
    <li className={c('person')}>
      <Avatar name={approver.name} small />
      <span className={c('who')}>
        <span className={c('line')}>
          <span className={c('name')} title={approver.name}>
            {approver.isMe ? text.room.you : approver.name}
          </span>
          {approver.votedAt === null ? null : (
            <span className={c('quiet', 'when')}>{moment(approver.votedAt, now)}</span>
          )}
        </span>
        {approver.note === undefined ? null : <span className={c('said')}>{approver.note}</span>}
      </span>
      {approver.vote === null ? (
        <StateLabel look={{ tone: 'wait', shape: 'waiting' }} words={text.approvals.waiting} />
      ) : (
        <StateLabel look={looks[approver.vote]} words={text.review[approver.vote]} />
      )}
    </li>
  )
}

/** In the field for words the keys that vote send the words along. */
const noteVotes = [
  ['Mod+Enter', 'approved'],
  ['Mod+Shift+Enter', 'needsChanges'],
] as const

/** A vote with a few words, which become a comment on the whole version. */
function Note({ mine, sending }: { readonly mine: Vote | null; readonly sending: Vote | null }) {
  const [note, setNote] = useState('')
  const hint = useId()
  const words = text.approvals
  const send = async (vote: Vote) => {
    if (await castVote(vote, note.trim())) setNote('')
  }
  return (
    <div className={c('note')}>
      <textarea
        rows={2}
        value={note}
        maxLength={2000}
        aria-label={words.note}
        placeholder={words.note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          const vote = noteVotes.find(([keys]) => isPress(keys, event.nativeEvent, isMac))?.[1]
          if (vote === undefined || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (sending === null && note.trim() !== '') void send(vote)
        }}
      />
      <p id={hint} className={c('quiet')}>
        {mine === null ? words.noteMore : words.noteGiven[mine]}
      </p>
      <div className={c('foot')}>
        {votes.map((vote) => {
          // The same vote a second time takes it back, which is not what words are written for.
          const isEmpty = mine === vote && note.trim() === ''
          const why = sending !== null ? words.sendingMore : isEmpty ? words.noteGiven[vote] : undefined
          return (
            <Button
              key={vote}
              size="small"
              aria-disabled={why !== undefined}
              aria-describedby={isEmpty ? hint : undefined}
              title={why}
              onClick={() => (why === undefined ? void send(vote) : undefined)}
            >
              {sending === vote ? words.sending : mine === vote ? words.say : words.votes[vote]}
            </Button>
          )
        })}
      </div>
    </div>
  )
}
