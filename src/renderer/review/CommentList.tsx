import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
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
import { SpanIndex } from './spanIndex.ts'
import { isNarrowed, type Thread, threadsBefore } from './threads.ts'
import { useClockElement, usePacedFrame } from './useClock.ts'

const c = classesOf(css)
const estimateSize = () => 84

interface CommentListProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  readonly threads: readonly Thread[]
  readonly isLoaded: boolean
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
}

/** Comments as they are filtered; only those on the screen exist. The playhead's place among them is drawn and followed. */
export function CommentList({ versionId, threads, isLoaded, timing, clock }: CommentListProps) {
  const list = useRef<HTMLDivElement>(null)
  const view = useCommentView((state) => state.view)
  const isInFilmOrder = view.sort === 'film'
  const spans = useMemo(() => new SpanIndex(threads), [threads])
  const frame = usePacedFrame(clock)
  const at = timing === null || !isInFilmOrder ? -1 : threadsBefore(threads, frame)
  const hereId = spans.last(frame)?.comment.id
  const [isFollowing, setFollowing] = useState(true)
  const virtual = useVirtualizer({
    count: threads.length,
    getScrollElement: () => list.current,
    estimateSize,
    // Another function is another list to it: everything would be measured anew with each draw.
    getItemKey: useCallback((index: number) => threads[index]?.comment.id ?? index, [threads]),
    overscan: 3,
    paddingEnd: 16,
    useFlushSync: false,
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
