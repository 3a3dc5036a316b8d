import { useMemo } from 'react'
import { SpanIndex } from '../comments/spanIndex.ts'
import type { Thread } from '../comments/threads.ts'
import type { FrameClock } from '../frameClock.ts'
import { useClockValue } from '../useClock.ts'

interface Drawings {
  readonly byId: ReadonlyMap<string, Thread>
  readonly timed: SpanIndex
  /** On the whole clip. */
  readonly always: readonly Thread[]
}

function drawingsOf(threads: readonly Thread[]): Drawings {
  const drawn = threads.filter(({ comment }) => comment.drawing.length > 0)
  return {
    byId: new Map(drawn.map((thread) => [thread.comment.id, thread])),
    timed: new SpanIndex(drawn),
    always: drawn.filter(({ comment }) => comment.span === null),
  }
}

/** Drawings belong to their frames. While the clip plays only ranges show theirs: one frame would only flash. */
function drawnAt({ timed, always }: Drawings, frame: number, isPlaying: boolean): string {
  const ids = always.map(({ comment }) => comment.id)
  for (const { comment } of timed.holding(frame))
    if (!isPlaying || comment.span?.startFrame !== comment.span?.endFrame) ids.push(comment.id)
  return ids.join(' ')
}

/** The threads whose drawings are on the frame that is shown. Draws again when one comes or goes, not with every frame. */
export function useDrawnHere(threads: readonly Thread[], clock: FrameClock): readonly Thread[] {
  const drawings = useMemo(() => drawingsOf(threads), [threads])
  const shown = useClockValue(clock, ({ frame, isPlaying }) => drawnAt(drawings, frame, isPlaying))
  return useMemo(() => shown.split(' ').flatMap((id) => drawings.byId.get(id) ?? []), [drawings, shown])
}
