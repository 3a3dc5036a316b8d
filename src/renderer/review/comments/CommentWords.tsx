import type { CommentId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { MentionWords } from '../words/MentionWords.tsx'
import css from './CommentWords.module.css'
import { toggleUnfolded, useCommentView } from './commentView.ts'
import { shortWords } from './shortWords.ts'

const c = classesOf(css)

interface CommentWordsProps {
  readonly id: CommentId
  readonly words: string
  readonly className: string
}

/** What somebody said, in the direction of its own script; of something long the begin, until the rest is asked for. */
export function CommentWords({ id, words, className }: CommentWordsProps) {
  const isUnfolded = useCommentView(({ unfolded }) => unfolded.has(id))
  const short = shortWords(words)
  const isLong = short !== words
  return (
    <p className={className} dir="auto">
      <MentionWords words={isUnfolded || !isLong ? words : `${short}…`} />
      {isLong ? (
        <button
          type="button"
          className={c('fold')}
          aria-expanded={isUnfolded}
          onClick={() => toggleUnfolded(id)}
        >
          {isUnfolded ? text.room.showLess : text.room.showMore}
        </button>
      ) : null}
    </p>
  )
}
