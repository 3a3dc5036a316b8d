import { type CSSProperties, memo } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { hueOf } from '../../ui/person.ts'
import { player } from '../playerControl.ts'
import { useEarlierThreads } from './earlierStore.ts'
import css from './Words.module.css'

const c = classesOf(css)
/** The list has them all; more marks than this are only a smear. */
const mostMarks = 300

/** Faded marks of what was said of earlier versions, over the markers of this one. */
export const EarlierMarkers = memo(function EarlierMarkers({ timing }: { readonly timing: ClipTiming }) {
  const threads = useEarlierThreads((state) => state.threads)
  if (threads.length === 0) return null
  return (
    <div className={c('earlierLane')} data-earlier="">
      {threads.slice(0, mostMarks).map(({ comment, from }) => {
        const { span } = comment
        if (span === null) return null
        const { startFrame, endFrame } = span
        const left = ((startFrame + 0.5) / timing.frameCount) * 100
        const width = ((endFrame - startFrame) / timing.frameCount) * 100
        const words = text.room.marker(comment.author.name, formatClipFrame(startFrame, timing))
        const style = { left: `${left}%`, '--p': hueOf(comment.author.name) } as CSSProperties
        return (
          <span key={comment.id} style={{ display: 'contents' }}>
            {endFrame > startFrame ? (
              <i className={c('earlierRange')} style={{ ...style, width: `${width}%` }} aria-hidden="true" />
            ) : null}
            <button
              type="button"
              className={c('earlierPin')}
              style={style}
              aria-label={text.remark.earlierMarker(words, text.library.version(from ?? 0))}
              title={comment.text.slice(0, 120)}
              tabIndex={-1}
              onClick={() => player()?.seek(startFrame)}
            />
          </span>
        )
      })}
    </div>
  )
})
