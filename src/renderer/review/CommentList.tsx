import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import type { VersionId } from '../../shared/ids.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { CommentCard } from './CommentCard.tsx'
import css from './CommentPanel.module.css'
import { useCommentView } from './commentView.ts'
import type { FrameClock } from './frameClock.ts'
import { isNarrowed, type Thread, threadsBefore } from './threads.ts'
import { useClockElement, useClockValue } from './useClock.ts'

const c = classesOf(css)
const usualHeight = 84

interface CommentListProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  readonly threads: readonly Thread[]
  readonly isLoaded: boolean
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
}

/** The comment that the playhead stands on: the last one whose frames hold it. */
const commentAt = (threads: readonly Thread[], frame: number): Thread | undefined =>
  threads.findLast(
    ({ comment: { span } }) => span !== null && span.startFrame <= frame && frame <= span.endFrame,
  )

/** Comments as they are filtered; only those on the screen exist. The playhead's place among them is drawn and followed. */
export function CommentList({ versionId, threads, isLoaded, timing, clock }: CommentListProps) {
  const list = useRef<HTMLDivElement>(null)
  const view = useCommentView((state) => state.view)
  const isInFilmOrder = view.sort === 'film'
  // Changes when the playhead passes a comment, not with every frame.
  const at = useClockValue(clock, ({ frame }) =>
    timing === null || !isInFilmOrder ? -1 : threadsBefore(threads, frame),
  )
  const hereId = useClockValue(clock, ({ frame }) => commentAt(threads, frame)?.comment.id ?? '')
  const [isFollowing, setFollowing] = useState(true)
  const virtual = useVirtualizer({
    count: threads.length,
    getScrollElement: () => list.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => threads[index]?.comment.id ?? index,
    overscan: 6,
    paddingEnd: 16,
  })
  useEffect(() => {
    if (isFollowing && at >= 0 && threads.length > 0)
      virtual.scrollToIndex(Math.max(0, Math.min(threads.length - 1, at - 1)), { align: 'auto' })
  }, [isFollowing, at, threads.length, virtual])
  if (threads.length === 0) return <Nothing isLoaded={isLoaded} isTimed={timing !== null} />
  return (
    <section
      ref={list}
      className={c('list')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by key
      tabIndex={0}
      aria-label={text.room.comments}
      onWheel={() => setFollowing(false)}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const thread = threads[item.index]
          if (thread === undefined) return null
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={c('slot')}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {at === 0 && item.index === 0 && timing !== null ? (
                <PlayheadLine timing={timing} clock={clock} />
              ) : null}
              <CommentCard
                versionId={versionId}
                thread={thread}
                timing={timing}
                isHere={thread.comment.id === hereId}
              />
              {at === item.index + 1 && timing !== null ? (
                <PlayheadLine timing={timing} clock={clock} />
              ) : null}
            </div>
          )
        })}
      </div>
      {isFollowing || timing === null ? null : (
        <div className={c('follow')}>
          <Button size="small" onClick={() => setFollowing(true)}>
            {text.room.follow}
          </Button>
        </div>
      )}
    </section>
  )
}

function Nothing({ isLoaded, isTimed }: { readonly isLoaded: boolean; readonly isTimed: boolean }) {
  const view = useCommentView((state) => state.view)
  const isFiltered = view.filter !== 'all' || isNarrowed(view)
  return (
    <div className={c('list')}>
      {isLoaded ? (
        <div className={c('empty')}>
          <EmptyState
            small
            title={isFiltered ? text.room.emptyFilter : text.room.empty}
            more={isFiltered || !isTimed ? undefined : text.room.emptyMore}
          />
        </div>
      ) : null}
    </div>
  )
}

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
