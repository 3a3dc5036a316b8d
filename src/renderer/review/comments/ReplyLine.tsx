import type { Comment } from '../../../shared/review.ts'
import { useNow } from '../../shell/useNow.ts'
import { age } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { classesOf } from '../../ui/classes.ts'
import { MenuItem } from '../../ui/Menu.tsx'
import { smallState, useDrafts } from '../words/draftStore.ts'
import { useMayComment } from '../words/mentionStore.ts'
import { SmallComposer } from '../words/SmallComposer.tsx'
import { changeWithUndo } from '../words/undoStore.ts'
import { CardMenu } from './CardMenu.tsx'
import { CommentWords } from './CommentWords.tsx'
import { beginEdit } from './commentActs.ts'
import { removeComments, useCommentView } from './commentView.ts'
import { PendingLine } from './PendingLine.tsx'
import css from './ReplyLine.module.css'

const c = classesOf(css)

interface ReplyLineProps {
  readonly reply: Comment
  /** Its card does not fly past, and is of the version on the screen. */
  readonly hasTools: boolean
}

/** An answer below what it answers. */
export function ReplyLine({ reply, hasTools }: ReplyLineProps) {
  const now = useNow()
  const isLeaving = useCommentView(({ leaving }) => leaving.has(reply.id))
  const edit = useDrafts((drafts) => smallState('edit', reply.id, drafts))
  if (isLeaving) return null
  return (
    <div className={c('reply')} data-reply={reply.id}>
      <Avatar name={reply.author.name} small />
      <div>
        <p className={c('line')}>
          <span className={c('author')}>{reply.author.isMe ? text.room.you : reply.author.name}</span>
          <span className={c('age')}>{age(reply.createdAt, now)}</span>
        </p>
        {edit === 'open' ? (
          <SmallComposer
            key={reply.id}
            kind="edit"
            of={reply.id}
            label={text.room.edit}
            start={reply.text}
            action={text.room.save}
            onSend={(words) => changeWithUndo(reply, { text: words })}
          />
        ) : (
          <CommentWords id={reply.id} words={reply.text} className={c('words')} />
        )}
        <PendingLine comment={reply} />
      </div>
      {hasTools && reply.author.isMe ? <ReplyTools reply={reply} hasBegun={edit === 'closed'} /> : null}
    </div>
  )
}

/** What can be done with an answer of one's own. */
function ReplyTools({ reply, hasBegun }: { readonly reply: Comment; readonly hasBegun: boolean }) {
  const canChange = useMayComment('changeComments')
  // What never reached the service is nobody's but this computer's.
  const canRemove = useMayComment('removeComments') || reply.remoteId === null
  if (!canChange && !canRemove) return null
  return (
    <span className={c('tools')}>
      <CardMenu of={reply.id} label={text.remark.changeAnswer}>
        {canChange ? (
          <MenuItem
            words={hasBegun ? text.room.editBegun : text.room.edit}
            onChoose={() => beginEdit(reply)}
          />
        ) : null}
        {canRemove ? (
          <MenuItem words={text.room.remove} isDanger onChoose={() => removeComments([reply.id])} />
        ) : null}
      </CardMenu>
    </span>
  )
}
