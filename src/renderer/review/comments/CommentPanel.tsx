import { X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { Connection } from '../../../shared/connection.ts'
import type { Version } from '../../../shared/place.ts'
import type { Comment } from '../../../shared/review.ts'
import { errorWords } from '../../text/errors.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { Loaded } from '../assetStore.ts'
import type { FrameClock } from '../frameClock.ts'
import type { PlayRange } from '../playRange.ts'
import { mayComment, whyNot } from '../rights.ts'
import { enterRoomOf } from '../words/mentionStore.ts'
import { Undoing } from '../words/Undoing.tsx'
import { BulkBar } from './BulkBar.tsx'
import { CommentHead } from './CommentHead.tsx'
import { CommentList } from './CommentList.tsx'
import css from './CommentPanel.module.css'
import { Composer } from './Composer.tsx'
import { knowComments, leaveComments, removeNow, takeBackRemoval, useCommentView } from './commentView.ts'
import { mergedThreads, shownThreads, type Thread } from './threads.ts'
import { useEarlier } from './useEarlier.ts'

const c = classesOf(css)

interface CommentPanelProps {
  readonly version: Version
  readonly versions: readonly Version[]
  readonly comments: Loaded<readonly Comment[]>
  readonly threads: readonly Thread[]
  readonly timing: ClipTiming | null
  /** The medium is still asked for, so nobody knows whether it has time. */
  readonly isOpening: boolean
  /** There is nothing left to write about: what is there can be read, and what was begun be copied. */
  readonly isClosed: boolean
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly connection: Connection | undefined
}

/** What people say, in the order of the film, with the playhead's place among it. */
export function CommentPanel(props: CommentPanelProps) {
  const { version, versions, comments, threads, timing, isOpening, isClosed, clock, range, connection } =
    props
  const versionId = version.id
  const view = useCommentView((state) => state.view)
  const isChoosing = useCommentView((state) => state.chosen !== null)
  const earlier = useEarlier(versions, version, view.isEarlierShown, timing)
  const shown = useMemo(() => shownThreads(mergedThreads(threads, earlier), view), [threads, earlier, view])
  const words = text.room
  const failure = comments.failure && errorWords(comments.failure)
  useEffect(() => leaveComments, [])
  useEffect(() => knowComments(comments.value ?? []), [comments.value])
  useEffect(() => enterRoomOf(connection, isClosed), [connection, isClosed])
  return (
    <aside className={c('panel')} aria-label={words.comments}>
      <CommentHead
        versionId={versionId}
        threads={threads}
        hasEarlier={versions.some((each) => each.number < version.number)}
        timing={timing}
        isShare={connection?.isShare ?? true}
      />
      {failure === null ? null : (
        <div className={c('failure')}>
          <Notice tone="stop" what={words.commentsFailed} more={failure.more} />
        </div>
      )}
      <CommentList
        versionId={versionId}
        threads={shown}
        isLoaded={comments.value !== null}
        timing={timing}
        clock={clock}
      />
      <Leaving />
      {isClosed ? null : <Undoing />}
      {isChoosing ? (
        <BulkBar versionId={versionId} shown={shown} connection={connection} isClosed={isClosed} />
      ) : null}
      {isChoosing ? null : !mayComment(connection) ? (
        <p className={c('closed')}>{whyNot(connection, 'comment')}</p>
      ) : (
        <Composer
          versionId={versionId}
          timing={timing}
          isOpening={isOpening}
          isClosed={isClosed}
          clock={clock}
          range={range}
          connection={connection}
        />
      )}
    </aside>
  )
}

/** Removed a moment ago: it can be taken back while this stands. */
function Leaving() {
  const count = useCommentView((state) => state.leaving.size)
  if (count === 0) return null
  return (
    <div className={c('leaving')}>
      <Notice
        tone="idle"
        what={text.room.removed(count)}
        action={{ words: text.room.takeBack, run: takeBackRemoval }}
      >
        <IconButton label={text.app.close} onClick={() => void removeNow()}>
          <X size={14} />
        </IconButton>
      </Notice>
    </div>
  )
}
