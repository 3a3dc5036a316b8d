import { useEffect, useMemo } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { Connection } from '../../../shared/connection.ts'
import type { Version } from '../../../shared/place.ts'
import type { Comment } from '../../../shared/review.ts'
import { useNow } from '../../shell/useNow.ts'
import { errorWords } from '../../text/errors.ts'
import { moment } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { Notice } from '../../ui/Notice.tsx'
import { type Loaded, useCommentReading } from '../assetStore.ts'
import type { FrameClock } from '../frameClock.ts'
import type { PlayRange } from '../playRange.ts'
import { mayComment, whyNot } from '../rights.ts'
import { enterRoomOf, useMentions } from '../words/mentionStore.ts'
import { TakeBack } from '../words/TakeBack.tsx'
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
const noNames: ReadonlySet<string> = new Set()

interface CommentPanelProps {
  readonly version: Version
  readonly versions: readonly Version[]
  readonly comments: Loaded<readonly Comment[]>
  readonly threads: readonly Thread[]
  readonly timing: ClipTiming | null
  /** It has a picture, moving or not. */
  readonly canBeDrawnOn: boolean
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
  // A name that is learned makes the list anew only where it is asked for.
  const names = useMentions((people) => (view.mentions.length > 0 ? people.names : noNames))
  const shown = useMemo(
    () => shownThreads(mergedThreads(threads, earlier), view, names),
    [threads, earlier, view, names],
  )
  const reading = useCommentReading(versionId)
  // Words of one's own are known, whether the service was asked or not.
  const isRead =
    comments.value !== null &&
    (threads.length > 0 || (reading !== null && (reading.isHere || reading.readAt !== null)))
  const isCutOff =
    connection?.state === 'offline' || connection?.state === 'signedOut' || reading?.failure != null
  const oldSince = reading === null || reading.isHere || !isCutOff || isClosed ? null : reading.readAt
  const now = useNow()
  const words = text.room
  const failure = comments.failure && errorWords(comments.failure)
  useEffect(() => leaveComments, [])
  useEffect(() => knowComments(comments.value), [comments.value])
  useEffect(() => enterRoomOf(connection, isClosed), [connection, isClosed])
  return (
    <aside className={c('panel')} aria-label={words.comments} data-comments="">
      <CommentHead
        versionId={versionId}
        threads={threads}
        isRead={isRead}
        hasEarlier={versions.some((each) => each.number < version.number)}
        timing={timing}
        isShare={connection?.isShare ?? true}
      />
      {failure === null ? null : (
        <div className={c('failure')}>
          <Notice tone="stop" what={words.commentsFailed} more={failure.more} />
        </div>
      )}
      {oldSince === null ? null : (
        <div className={c('failure')}>
          <Notice
            tone="wait"
            what={words.lastRead(moment(oldSince, now))}
            more={reading?.failure ? errorWords(reading.failure).what : words.noAnswer}
          />
        </div>
      )}
      <CommentList
        versionId={versionId}
        threads={shown}
        isLoaded={isRead}
        failure={reading?.failure ?? null}
        timing={timing}
        clock={clock}
      />
      <Leaving />
      {isClosed ? null : <Undoing />}
      {isChoosing ? (
        <BulkBar
          versionId={versionId}
          threads={threads}
          shown={shown}
          connection={connection}
          isClosed={isClosed}
        />
      ) : null}
      {isChoosing ? null : !mayComment(connection) ? (
        <p className={c('closed')}>{whyNot(connection, 'comment')}</p>
      ) : (
        <Composer
          versionId={versionId}
          timing={timing}
          canBeDrawnOn={props.canBeDrawnOn}
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
    <TakeBack what={text.room.removed(count)} onTakeBack={takeBackRemoval} onClose={() => void removeNow()} />
  )
}
