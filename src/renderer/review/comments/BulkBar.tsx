import type { Connection } from '../../../shared/connection.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { type CommentRight, mayComment, whyNot } from '../rights.ts'
import { ColourMenu } from '../words/ColourMenu.tsx'
import { carryOver } from '../words/carryOver.ts'
import css from './BulkBar.module.css'
import { changeMany, chooseAll, removeComments, stopChoosing, useCommentView } from './commentView.ts'
import { chosenThreads, type Thread } from './threads.ts'

const c = classesOf(css)

interface BulkBarProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  /** Everything that was said of it, shown or not. */
  readonly threads: readonly Thread[]
  readonly shown: readonly Thread[]
  readonly connection: Connection | undefined
  /** There is nothing left to change. */
  readonly isClosed: boolean
}

/** One change to every chosen comment. What was said of earlier versions is not changed here, but can be carried over. */
export function BulkBar({ versionId, threads, shown, connection, isClosed }: BulkBarProps) {
  const chosen = useCommentView((state) => state.chosen)
  if (chosen === null) return null
  const words = text.room
  const { own, earlier } = chosenThreads(threads, shown, chosen)
  const ids = own.map(({ comment }) => comment.id)
  const isNone = ids.length === 0
  const isAllResolved = own.every(({ comment }) => comment.isResolved)
  const isAllInternal = own.every(({ comment }) => comment.isInternal)
  const canChange = !isClosed && mayComment(connection, 'changeComments')
  const canRemove = !isClosed && mayComment(connection, 'removeComments')
  const why = (right: CommentRight) => (isClosed ? words.gone : whyNot(connection, right))
  const whyNoChange = canChange ? undefined : why('changeComments')
  const carry = async () => {
    await carryOver(earlier, versionId)
    stopChoosing()
  }
  return (
    <div className={c('bulk')} role="toolbar" aria-label={words.choose}>
      <div className={c('bulkTop')}>
        <span className={c('bulkCount')}>{words.chosen(own.length + earlier.length)}</span>
        <Button size="small" look="bare" onClick={() => chooseAll(shown.map(({ comment }) => comment.id))}>
          {words.chooseAll}
        </Button>
        <Button size="small" look="bare" onClick={stopChoosing}>
          {text.app.cancel}
        </Button>
      </div>
      {earlier.length > 0 && !isClosed && mayComment(connection) ? (
        <Button size="small" onClick={() => void carry()}>
          {text.remark.carryOver}
        </Button>
      ) : null}
      <Button
        size="small"
        disabled={isNone || !canChange}
        title={whyNoChange}
        onClick={() => void changeMany(ids, { isResolved: isNone ? true : !isAllResolved })}
      >
        {isAllResolved && !isNone ? words.reopen : words.resolve}
      </Button>
      {connection?.commentsHold?.internal === false ? null : (
        <Button
          size="small"
          disabled={isNone || !canChange}
          title={whyNoChange}
          onClick={() => void changeMany(ids, { isInternal: isNone ? true : !isAllInternal })}
        >
          {isAllInternal && !isNone ? words.forAll : words.internal}
        </Button>
      )}
      {isNone || !canChange ? null : (
        <ColourMenu
          colour={own[0]?.comment.colour ?? null}
          onChange={(colour) => void changeMany(ids, { colour })}
        />
      )}
      <Button
        size="small"
        disabled={isNone || !canRemove}
        title={canRemove ? undefined : why('removeComments')}
        onClick={() => removeComments(ids)}
      >
        {words.remove}
      </Button>
    </div>
  )
}
