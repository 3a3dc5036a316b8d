import { type RefObject, useEffect, useRef, useState } from 'react'
import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import type { ProviderId } from '../../shared/connection.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Segments } from '../ui/Segments.tsx'
import type { Loaded } from './assetStore.ts'
import { CommentCard } from './CommentCard.tsx'
import css from './CommentPanel.module.css'
import { Composer } from './Composer.tsx'
import type { FrameClock } from './frameClock.ts'
import { type CommentFilter, shownThreads, type Thread, threadsBefore } from './threads.ts'
import { useClockElement, useClockValue } from './useClock.ts'

const c = classesOf(css)

interface CommentPanelProps {
  readonly versionId: VersionId
  readonly comments: Loaded<readonly Comment[]>
  readonly threads: readonly Thread[]
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
  /** The back end that cannot hold comments, so that they stay here; null when it can. */
  readonly keptFrom: ProviderId | null
}

/** What people say, in the order of the film, with the playhead's place among it. */
export function CommentPanel(props: CommentPanelProps) {
  const { versionId, comments, threads, timing, clock } = props
  const [filter, setFilter] = useState<CommentFilter>('all')
  const resolved = threads.filter((thread) => thread.comment.isResolved).length
  const words = text.room
  const failure = comments.failure && errorWords(comments.failure)
  return (
    <aside className={c('panel')} aria-label={words.comments}>
      <h2 className={c('head')}>
        {words.comments} <span>{threads.length}</span>
      </h2>
      <div className={c('filter')}>
        <Segments
          label={words.filterLabel}
          value={filter}
          onChange={setFilter}
          fill
          segments={[
            { value: 'open', words: words.filterOpen, count: threads.length - resolved },
            { value: 'resolved', words: words.filterResolved, count: resolved },
            { value: 'all', words: words.filterAll, count: threads.length },
          ]}
        />
      </div>
      {failure === null ? null : (
        <div className={c('failure')}>
          <Notice tone="stop" what={words.commentsFailed} more={failure.more} />
        </div>
      )}
      <List {...props} threads={shownThreads(threads, filter)} isFiltered={filter !== 'all'} />
      {props.keptFrom === null ? null : (
        <p className={c('local')}>{words.localOnly(text.providers[props.keptFrom])}</p>
      )}
      <Composer versionId={versionId} timing={timing} clock={clock} />
    </aside>
  )
}

/** Keeps the playhead's line in sight until the user scrolls away. */
function useFollowing(list: RefObject<HTMLDivElement | null>, at: number) {
  const [isFollowing, setFollowing] = useState(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place among the comments is what to follow
  useEffect(() => {
    if (isFollowing) list.current?.querySelector('[data-playhead]')?.scrollIntoView({ block: 'nearest' })
  }, [isFollowing, at, list])
  return { isFollowing, leave: () => setFollowing(false), comeBack: () => setFollowing(true) }
}

interface ListProps extends CommentPanelProps {
  readonly isFiltered: boolean
}

function List({ comments, threads, timing, clock, isFiltered }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  // Changes when the playhead passes a comment, not with every frame.
  const at = useClockValue(clock, ({ frame }) => (timing === null ? -1 : threadsBefore(threads, frame)))
  const hereId = useClockValue(clock, ({ frame }) => commentAt(threads, frame)?.comment.id ?? '')
  const { isFollowing, leave, comeBack } = useFollowing(list, at)
  if (threads.length === 0)
    return (
      <div className={c('list')} ref={list}>
        {comments.value === null ? null : (
          <div className={c('empty')}>
            <EmptyState
              small
              title={isFiltered ? text.room.emptyFilter : text.room.empty}
              more={isFiltered || timing === null ? undefined : text.room.emptyMore}
            />
          </div>
        )}
      </div>
    )
  const line = timing === null ? null : <PlayheadLine key="playhead" timing={timing} clock={clock} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by key
    <section ref={list} className={c('list')} tabIndex={0} aria-label={text.room.comments} onWheel={leave}>
      {at === 0 ? line : null}
      {threads.map((thread, index) => [
        <CommentCard
          key={thread.comment.id}
          thread={thread}
          timing={timing}
          isHere={thread.comment.id === hereId}
        />,
        index + 1 === at ? line : null,
      ])}
      {isFollowing || timing === null ? null : (
        <div className={c('follow')}>
          <Button size="small" onClick={comeBack}>
            {text.room.follow}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The comment that the playhead stands on: the last one whose frames hold it. */
const commentAt = (threads: readonly Thread[], frame: number): Thread | undefined =>
  threads.findLast(
    ({ comment: { span } }) => span !== null && span.startFrame <= frame && frame <= span.endFrame,
  )

function PlayheadLine({ timing, clock }: { readonly timing: ClipTiming; readonly clock: FrameClock }) {
  const words = useClockElement<HTMLSpanElement>(clock, (element, frame) => {
    element.textContent = formatClipFrame(frame, timing)
  })
  return (
    <div className={c('here')} data-playhead="" aria-hidden="true">
      <span ref={words} />
    </div>
  )
}
