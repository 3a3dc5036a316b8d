import { Reply } from 'lucide-react'
import { memo } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { Comment } from '../../../shared/review.ts'
import { useNow } from '../../shell/useNow.ts'
import { age } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { StateLabel } from '../../ui/StateLabel.tsx'
import { player } from '../playerControl.ts'
import { smallState, useDrafts } from '../words/draftStore.ts'
import { useMayComment } from '../words/mentionStore.ts'
import { rangeWords } from '../words/rangeWords.ts'
import { SmallComposer } from '../words/SmallComposer.tsx'
import { changeWithUndo } from '../words/undoStore.ts'
import { CardMarks } from './CardMarks.tsx'
import { CardTools } from './CardTools.tsx'
import css from './CommentCard.module.css'
import { CommentWords } from './CommentWords.tsx'
import { beginEdit, beginReply } from './commentActs.ts'
import { createComment } from './commentCalls.ts'
import { toggleChosen, useCommentView } from './commentView.ts'
import { EarlierState, EarlierTools } from './EarlierTools.tsx'
import { PendingLine } from './PendingLine.tsx'
import { ReplyLine } from './ReplyLine.tsx'
import type { Thread } from './threads.ts'

const c = classesOf(css)

// The same element each time is one that React leaves alone.
const answer = <Reply size={14} aria-hidden="true" />

interface CommentCardProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  readonly thread: Thread
  readonly timing: ClipTiming | null
  /** The playhead stands on it. */
  readonly isHere: boolean
  /** It does not fly past: what only somebody who stays at it needs is there. */
  readonly isRested: boolean
}

export const CommentCard = memo(function CommentCard({
  versionId,
  thread,
  timing,
  isHere,
  isRested,
}: CommentCardProps) {
  const { comment, replies, from } = thread
  // Elements pass from comment to comment; what somebody began at one stays with the comment.
  const reply = useDrafts((drafts) => smallState('reply', comment.id, drafts))
  const edit = useDrafts((drafts) => smallState('edit', comment.id, drafts))
  const openReply = () => beginReply(comment)
  const openEdit = () => beginEdit(comment)
  const isChosen = useCommentView(({ chosen }) => (chosen === null ? null : chosen.has(comment.id)))
  const isLeaving = useCommentView(({ leaving }) => leaving.has(comment.id))
  const canWrite = useMayComment('comment')
  const hasTools = isHere || isRested
  const isReplyOffered = reply === 'closed' || (reply === 'none' && isHere && canWrite)
  if (isLeaving) return null
  return (
    <article
      className={c(
        'card',
        hasTools && 'rested',
        isHere && 'on',
        comment.isResolved && 'resolved',
        from !== undefined && 'earlier',
      )}
      style={
        comment.colour !== null && /^#[0-9a-f]{6}$/i.test(comment.colour)
          ? { boxShadow: `inset 3px 0 0 ${comment.colour}` }
          : undefined
      }
      aria-label={comment.author.name}
      // Takes the focus from what was in it and is gone.
      tabIndex={-1}
      data-here={isHere || undefined}
      data-comment={comment.id}
    >
      <div className={c('line')}>
        {isChosen === null ? (
          <Avatar name={comment.author.name} />
        ) : (
          <input
            type="checkbox"
            className={c('chooser')}
            checked={isChosen}
            aria-label={comment.text.slice(0, 80)}
            onChange={() => toggleChosen(comment.id)}
          />
        )}
        <span className={c('author')}>{comment.author.isMe ? text.room.you : comment.author.name}</span>
        <SpanButton comment={comment} timing={timing} />
        <CardMarks comment={comment} isEarlier={from !== undefined} />
        {from === undefined ? (
          <span className={c('end')}>
            <CardAge comment={comment} />
            {hasTools ? <CardTools comment={comment} onReply={openReply} onEdit={openEdit} /> : null}
          </span>
        ) : (
          <EarlierTools thread={thread} versionId={versionId} />
        )}
      </div>
      {edit === 'open' ? (
        <SmallComposer
          key={comment.id}
          kind="edit"
          of={comment.id}
          label={text.room.edit}
          start={comment.text}
          startColour={comment.colour}
          mayBeEmpty={comment.drawing.length > 0}
          action={text.room.save}
          onSend={(words, colour) => changeWithUndo(comment, { text: words, colour })}
        />
      ) : (
        <CommentWords id={comment.id} words={comment.text} className={c('words')} />
      )}
      <PendingLine comment={comment} />
      {from === undefined ? null : <EarlierState thread={thread} versionId={versionId} />}
      {replies.map((reply) => (
        <ReplyLine key={reply.id} reply={reply} hasTools={hasTools && from === undefined} />
      ))}
      {reply === 'open' ? (
        <div style={{ marginTop: 8 }}>
          <SmallComposer
            key={comment.id}
            kind="reply"
            of={comment.id}
            label={text.room.replyTo(comment.author.name)}
            start=""
            action={text.room.reply}
            onSend={(words) =>
              createComment({
                versionId: comment.versionId,
                parentId: comment.id,
                span: null,
                text: words,
                // An answer to what the team keeps to itself stays with the team.
                isInternal: comment.isInternal,
              })
            }
          />
        </div>
      ) : null}
      {from === undefined && (isReplyOffered || edit === 'closed') ? (
        <div className={c('actions')}>
          {isReplyOffered ? (
            <Button look="bare" size="small" onClick={openReply}>
              {answer}
              {reply === 'closed' ? text.room.replyBegun : text.room.reply}
            </Button>
          ) : null}
          {edit === 'closed' ? (
            <Button look="bare" size="small" onClick={openEdit}>
              {text.room.editBegun}
            </Button>
          ) : null}
        </div>
      ) : null}
    </article>
  )
})

function SpanButton({ comment, timing }: { readonly comment: Comment; readonly timing: ClipTiming | null }) {
  const { span } = comment
  if (span === null || timing === null) return null
  const words =
    span.endFrame > span.startFrame ? rangeWords(span, timing) : formatClipFrame(span.startFrame, timing)
  return (
    <button
      type="button"
      className={c('timecode')}
      title={text.room.jump(formatClipFrame(span.startFrame, timing))}
      onClick={() => player()?.seek(span.startFrame)}
    >
      {words}
    </button>
  )
}

function CardAge({ comment }: { readonly comment: Comment }) {
  const now = useNow()
  return (
    <span className={c('age')}>
      {comment.isResolved ? (
        <StateLabel look={{ tone: 'done', shape: 'done' }} words={text.room.resolved} />
      ) : (
        age(comment.createdAt, now)
      )}
    </span>
  )
}
