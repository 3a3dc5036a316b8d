import type { Comment } from '../../../shared/review.ts'
import { errorWords } from '../../text/errors.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { StateLabel } from '../../ui/StateLabel.tsx'
import { useMentions } from '../words/mentionStore.ts'
import { sendAgain } from './commentCalls.ts'
import { giveUp } from './commentView.ts'
import css from './PendingLine.module.css'

const c = classesOf(css)

/** What has not reached the service yet, or was refused by it: then what can be done about it. */
export function PendingLine({ comment }: { readonly comment: Comment }) {
  const { pending } = comment
  if (pending === null) return null
  const { kind, state, failure } = pending
  const isFailed = state === 'failed'
  const what = isFailed ? text.remark.refused[kind] : text.room.pending[state]
  const why = failure === null ? '' : `. ${errorWords(failure).short}`
  return (
    <div className={c('pending')}>
      <StateLabel
        look={isFailed ? { tone: 'stop', shape: 'failed' } : { tone: 'wait', shape: 'waiting' }}
        words={`${what}${why}`}
      />
      {isFailed ? <WaysOut comment={comment} kind={kind} /> : null}
    </div>
  )
}

type Kind = NonNullable<Comment['pending']>['kind']

function WaysOut({ comment, kind }: { readonly comment: Comment; readonly kind: Kind }) {
  // Of what was deleted there nothing can be sent any more.
  const isGone = useMentions((room) => room.isGone)
  return (
    <span className={c('ways')}>
      {isGone ? null : (
        <Button size="small" onClick={() => void sendAgain(comment)}>
          {text.app.tryAgain}
        </Button>
      )}
      <Button look="bare" size="small" onClick={() => void giveUp(comment)}>
        {text.remark.giveUp[kind]}
      </Button>
    </span>
  )
}
