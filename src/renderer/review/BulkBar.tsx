import type { CommentsHold } from '../../shared/connection.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import css from './CommentPanel.module.css'
import { changeMany, chooseAll, removeComments, stopChoosing, useCommentView } from './commentView.ts'
import type { Thread } from './threads.ts'

const c = classesOf(css)

interface BulkBarProps {
  readonly shown: readonly Thread[]
  readonly holds: CommentsHold | null
}

/** One change to every chosen comment. */
export function BulkBar({ shown, holds }: BulkBarProps) {
  const chosen = useCommentView((state) => state.chosen)
  if (chosen === null) return null
  const ids = [...chosen]
  const words = text.room
  const isNone = ids.length === 0
  const isAllResolved = shown.every(({ comment }) => !chosen.has(comment.id) || comment.isResolved)
  const isAllInternal = shown.every(({ comment }) => !chosen.has(comment.id) || comment.isInternal)
  return (
    <div className={c('bulk')} role="toolbar" aria-label={words.choose}>
      <span className={c('bulkCount')}>{words.chosen(ids.length)}</span>
      <Button size="small" look="bare" onClick={() => chooseAll(shown.map(({ comment }) => comment.id))}>
        {words.chooseAll}
      </Button>
      <Button
        size="small"
        disabled={isNone}
        onClick={() => void changeMany(ids, { isResolved: isNone ? true : !isAllResolved })}
      >
        {isAllResolved && !isNone ? words.reopen : words.resolve}
      </Button>
      {holds?.internal === false ? null : (
        <Button
          size="small"
          disabled={isNone}
          onClick={() => void changeMany(ids, { isInternal: isNone ? true : !isAllInternal })}
        >
          {isAllInternal && !isNone ? words.forAll : words.internal}
        </Button>
      )}
      <Button size="small" disabled={isNone} onClick={() => removeComments(ids)}>
        {words.remove}
      </Button>
      <Button size="small" look="bare" onClick={stopChoosing}>
        {text.app.cancel}
      </Button>
    </div>
  )
}
