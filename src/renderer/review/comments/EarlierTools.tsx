import { Check, CornerDownRight } from 'lucide-react'
import type { VersionId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { StateLabel } from '../../ui/StateLabel.tsx'
import { useWasCarried } from '../words/carriedStore.ts'
import { carryOver } from '../words/carryOver.ts'
import { useMayComment } from '../words/mentionStore.ts'
import css from './CommentCard.module.css'
import { toggleResolved } from './commentActs.ts'
import pending from './PendingLine.module.css'
import type { Thread } from './threads.ts'

const c = classesOf(css)
const p = classesOf(pending)

interface EarlierProps {
  readonly thread: Thread
  /** The version on the screen. */
  readonly versionId: VersionId
}

/** What can be done with a comment on a version before this one. */
export function EarlierTools({ thread, versionId }: EarlierProps) {
  const { comment, from } = thread
  const canWrite = useMayComment('comment')
  const canChange = useMayComment('changeComments')
  const isCarried = useWasCarried(comment.id, versionId)
  const { isResolved } = comment
  return (
    <span className={c('end')}>
      <span className={c('tag')}>{text.library.version(from ?? 0)}</span>
      {canChange ? (
        <IconButton
          label={isResolved ? text.room.reopen : text.remark.markFixed}
          onClick={() => toggleResolved(comment, true)}
        >
          <Check size={15} className={isResolved ? c('settled') : undefined} />
        </IconButton>
      ) : null}
      {canWrite && !isCarried ? (
        <IconButton label={text.room.carryOver} onClick={() => void carryOver([thread], versionId)}>
          <CornerDownRight size={15} />
        </IconButton>
      ) : null}
    </span>
  )
}

/** What has become of it in the version on the screen. */
export function EarlierState({ thread, versionId }: EarlierProps) {
  const { comment } = thread
  const isCarried = useWasCarried(comment.id, versionId)
  const words = [
    ...(isCarried ? [text.remark.isCarried] : []),
    ...(comment.isResolved ? [text.remark.isFixed] : []),
  ].join(' · ')
  if (words === '') return null
  return (
    <div className={p('pending')}>
      <StateLabel look={{ tone: 'done', shape: 'done' }} words={words} />
    </div>
  )
}
