import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { FrameClock } from '../frameClock.ts'
import { useClockElement, usePacedClock } from '../useClock.ts'
import { CommentCard } from './CommentCard.tsx'
import css from './CommentList.module.css'
import { guessCardHeight } from './cardHeight.ts'
import { changeView, useCommentView } from './commentView.ts'
import { focusCame, showComments } from './currentComment.ts'
import { allRows, RowWindow, type ShownRows } from './rowWindow.ts'
import { SpanIndex } from './spanIndex.ts'
import { isNarrowed, type Thread, threadsBefore, wholeView } from './threads.ts'
import { Unread } from './Unread.tsx'

const c = classesOf(css)
/** As high as the style sheet makes it. */
const playheadHeight = 24

interface CommentListProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  readonly threads: readonly Thread[]
  /** They were read at least once. */
  readonly isLoaded: boolean
  /** Why they could not be read the last time. */
  readonly failure: Failure | null
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
}

/** Comments as they are filtered; only those on the screen exist. The playhead's place among them is drawn and followed. */
export function CommentList({ versionId, threads, isLoaded, failure, timing, clock }: CommentListProps) {
  const [rows] = useState(() => new RowWindow())
  const list = useRef<HTMLElement>(null)
  const all = useRef<HTMLDivElement>(null)
  const block = useRef<HTMLDivElement>(null)
  const isEmpty = threads.length === 0
  useLayoutEffect(() => {
    if (isEmpty || list.current === null || all.current === null || block.current === null) return
    return rows.attach({ list: list.current, all: all.current, block: block.current })
  }, [rows, isEmpty])
  useLayoutEffect(
    () =>
      rows.setRows(
        threads.map(({ comment }) => comment.id),
        (row, width) => {
          const thread = threads[row]
          return thread === undefined ? 0 : guessCardHeight(thread, width)
        },
      ),
    [rows, threads],
  )
  const [isFollowing, setFollowing] = useState(true)
  const spans = useMemo(() => new SpanIndex(threads), [threads])
  useFollowed({ rows, list, threads, spans, clock, isTimed: timing !== null, isFollowing })
  useEffect(
    () =>
      showComments({
        threads,
        frame: () => clock.frame,
        here: () => spans.last(clock.frame),
        reveal: ({ comment }) => rows.reveal(comment.id),
      }),
    [rows, threads, spans, clock],
  )
  const shown = useSyncExternalStore(rows.subscribe, () => rows.shown)
  // What is drawn is put in its place before anybody sees it.
  useLayoutEffect(() => rows.settle(shown), [rows, shown])
  if (isEmpty)
    return isLoaded ? <Nothing isTimed={timing !== null} /> : <Unread key={versionId} failure={failure} />
  return (
    <section
      ref={list}
      className={c('list')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by key
      tabIndex={0}
      data-focus="comments"
      aria-label={text.room.comments}
      onFocus={({ target }) =>
        focusCame(clock.frame, target.closest<HTMLElement>('[data-comment]')?.dataset['comment'])
      }
      onWheel={() => setFollowing(false)}
      onPointerDown={() => {
        rows.press(true)
        const end = new AbortController()
        const released = () => {
          end.abort()
          rows.press(false)
        }
        for (const name of ['pointerup', 'pointercancel', 'blur'])
          window.addEventListener(name, released, { signal: end.signal })
      }}
      onKeyDown={rows.rest}
      onKeyUp={rows.rest}
      onPointerMove={({ movementX, movementY, buttons }) => {
        // One that stands still is told of rows that pass under it, too; what is pressed must not be moved.
        if (buttons === 0 && (movementX !== 0 || movementY !== 0)) rows.rest()
      }}
    >
      <div ref={all} className={c('all')}>
        <div ref={block} className={c('block')}>
          <Rows versionId={versionId} threads={threads} timing={timing} clock={clock} shown={shown} />
        </div>
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

interface Followed {
  readonly rows: RowWindow
  readonly list: React.RefObject<HTMLElement | null>
  readonly threads: readonly Thread[]
  readonly spans: SpanIndex
  readonly clock: FrameClock
  readonly isTimed: boolean
  readonly isFollowing: boolean
}

/** Keeps the line and the mark where the playhead is, and the comment before it in sight. */
function useFollowed({ rows, list, threads, spans, clock, isTimed, isFollowing }: Followed) {
  const isInFilmOrder = useCommentView((state) => state.view.sort === 'film')
  usePacedClock(clock, ({ frame }) => {
    const line =
      isTimed && isInFilmOrder && threads.length > 0
        ? { before: threadsBefore(threads, frame), height: playheadHeight }
        : null
    // Words that are being written stay on the screen.
    const isWriting =
      document.activeElement instanceof HTMLTextAreaElement &&
      list.current?.contains(document.activeElement) === true
    rows.mark({ line, marked: spans.last(frame)?.comment.id ?? null }, isFollowing && !isWriting)
  })
}

interface RowsProps {
  readonly versionId: VersionId
  readonly threads: readonly Thread[]
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
  readonly shown: ShownRows
}

/**
 * Elements stand in the order of the rows for who reads or tabs through them. While they fly past, the style alone puts
 * them into that order: an element that is moved in the document is made anew by the browser.
 */
const Rows = memo(function Rows({ versionId, threads, timing, clock, shown }: RowsProps) {
  const { first, slots, line, marked, rested } = shown
  const isResting = rested === allRows
  const rows = slots.flatMap((slot, index) => {
    const row = first + index
    const thread = threads[row]
    return thread === undefined ? [] : [{ slot, row, thread, place: index * 2 + 1 }]
  })
  const inOrder = isResting ? rows : rows.sort((a, b) => a.slot - b.slot)
  const lineAt = timing === null || line === null ? -1 : line.before - first
  return [
    ...inOrder.map(({ slot, row, thread, place }) => (
      <div key={slot} className={c('slot')} data-row={row} style={{ order: place }}>
        <CommentCard
          versionId={versionId}
          thread={thread}
          timing={timing}
          isHere={thread.comment.id === marked}
          isRested={row >= rested[0] && row < rested[1]}
        />
      </div>
    )),
    timing !== null && lineAt >= 0 && lineAt <= slots.length ? (
      <PlayheadLine key="playhead" place={lineAt * 2} timing={timing} clock={clock} />
    ) : null,
  ]
})

function Nothing({ isTimed }: { readonly isTimed: boolean }) {
  const view = useCommentView((state) => state.view)
  const isFiltered = view.filter !== 'all' || isNarrowed(view)
  return (
    <div className={c('list')}>
      <div className={c('empty')}>
        <EmptyState
          small
          title={isFiltered ? text.room.emptyFilter : text.room.empty}
          more={isFiltered || !isTimed ? undefined : text.room.emptyMore}
        >
          {isFiltered ? (
            <Button
              size="small"
              onClick={() =>
                changeView({ ...wholeView, sort: view.sort, isEarlierShown: view.isEarlierShown })
              }
            >
              {text.room.showAll}
            </Button>
          ) : null}
        </EmptyState>
      </div>
    </div>
  )
}

interface PlayheadLineProps {
  readonly place: number
  readonly timing: ClipTiming
  readonly clock: FrameClock
}

function PlayheadLine({ place, timing, clock }: PlayheadLineProps) {
  const words = useClockElement<HTMLSpanElement>(clock, (element, frame) => {
    element.textContent = formatClipFrame(frame, timing)
  })
  return (
    <div className={c('here')} style={{ order: place }} data-playhead="" aria-hidden="true">
      <span ref={words} />
    </div>
  )
}
