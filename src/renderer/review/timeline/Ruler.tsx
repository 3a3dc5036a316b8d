import { useMemo } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import { classesOf } from '../../ui/classes.ts'
import type { FrameClock } from '../frameClock.ts'
import { useClockElement } from '../useClock.ts'
import { rulerMarks } from './rulerMarks.ts'
import css from './Timeline.module.css'

const c = classesOf(css)
/** In pixels: what the playhead's flag may cover on either side of it, and a figure of a label. */
const flagReach = 40
const figureWidth = 7

interface RulerProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  /** Of the clip on the screen, in pixels. */
  readonly width: number
}

/** Round places of the clip. A label under the playhead's flag goes: what would stick out of it is another time. */
export function Ruler({ timing, clock, width }: RulerProps) {
  const marks = useMemo(() => (width === 0 ? [] : rulerMarks(timing, width)), [timing, width])
  const pixel = width / timing.frameCount
  const ruler = useClockElement<HTMLDivElement>(clock, (element, frame) => {
    const flag = frame * pixel
    for (const [index, mark] of marks.entries()) {
      const start = mark.frame * pixel
      const isUnder = start < flag + flagReach && start + mark.words.length * figureWidth > flag - flagReach
      const label = element.children[index]
      if (label !== undefined && label.hasAttribute('data-under') !== isUnder)
        label.toggleAttribute('data-under', isUnder)
    }
  })
  return (
    <div ref={ruler} className={c('ruler')} aria-hidden="true">
      {marks.map((mark) => (
        <span
          key={mark.frame}
          className={c('mark')}
          style={{ left: `${(mark.frame / timing.frameCount) * 100}%` }}
        >
          {mark.words}
        </span>
      ))}
    </div>
  )
}
