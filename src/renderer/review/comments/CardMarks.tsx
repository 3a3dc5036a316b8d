import { Lock, PenLine } from 'lucide-react'
import type { Comment } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import heard from '../../ui/Heard.module.css'
import { ColourMark } from '../words/ColourMark.tsx'
import css from './CardMarks.module.css'

const c = classesOf(css)

// The same element each time is one that React leaves alone.
const pen = <PenLine size={13} aria-hidden="true" />
const lock = <Lock size={13} aria-hidden="true" />

interface CardMarksProps {
  readonly comment: Comment
  /** Of a version before: the line tells which one, and words have no room beside that. */
  readonly isEarlier: boolean
}

/**
 * What a comment is beside its words: signs, which always stay, then tags. A tag that does not fit is not seen at all
 * rather than cut to a letter; it is heard all the same.
 */
export function CardMarks({ comment, isEarlier }: CardMarksProps) {
  const { colour, isInternal, drawing, kind, track } = comment
  const ofKind = kind === 'comment' ? null : text.room.kinds[kind]
  const isSigned = colour !== null || isInternal || drawing.length > 0
  const tag = c('tag', isEarlier && 'faded')
  return (
    <>
      {isSigned ? (
        <span className={c('signs')}>
          <ColourMark colour={colour} />
          {drawing.length > 0 ? pen : null}
          {isInternal ? <span title={text.room.internal}>{lock}</span> : null}
        </span>
      ) : null}
      <span className={c('tags')}>
        {isInternal ? <span className={isEarlier ? heard['heard'] : tag}>{text.room.internal}</span> : null}
        {track === null ? null : (
          <span className={tag} title={track}>
            <span className={c('cut')}>{track}</span>
          </span>
        )}
        {/* A track's name says more than what kind of thing it holds. */}
        {ofKind === null ? null : <span className={track === null ? tag : heard['heard']}>{ofKind}</span>}
      </span>
    </>
  )
}
