import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Entry } from '../../shared/playlist.ts'
import { chosenEntries, putBefore } from './pageStore.ts'

/** The pointer has to go this far before a press is a drag. */
const threshold = 5
/** This near to an edge the list scrolls along. */
const edge = 32

/**
 * Dragging rows to another place in their list. `drop` is the row before which they would land, counted from 0; null
 * while nothing is dragged.
 */
export function useReorder(
  scroller: RefObject<HTMLDivElement | null>,
  entries: readonly Entry[],
  rowHeight: number,
  mayMove: boolean,
) {
  const from = useRef<number | null>(null)
  const [drop, setDrop] = useState<number | null>(null)
  const end = () => {
    from.current = null
    setDrop(null)
  }
  const dragProps = {
    onPointerDown: (event: PointerEvent) => {
      from.current = mayMove ? event.clientY : null
    },
    onPointerMove: (event: PointerEvent) => {
      const box = scroller.current
      if (from.current === null || box === null || event.buttons !== 1) return
      if (drop === null && Math.abs(event.clientY - from.current) < threshold) return
      if (drop === null) box.setPointerCapture(event.pointerId)
      const { top, bottom } = box.getBoundingClientRect()
      if (event.clientY < top + edge) box.scrollTop -= rowHeight / 4
      if (event.clientY > bottom - edge) box.scrollTop += rowHeight / 4
      const at = Math.round((event.clientY - top + box.scrollTop) / rowHeight)
      setDrop(Math.max(0, Math.min(entries.length, at)))
    },
    onPointerUp: () => {
      if (drop !== null) {
        const ids = chosenEntries().map((entry) => entry.id)
        // Before the first one at or after the line that stays where it is.
        const before = entries.slice(drop).find((entry) => !ids.includes(entry.id))
        putBefore(ids, before?.id ?? null)
      }
      end()
    },
    onPointerCancel: end,
  }
  return { drop, dragProps }
}
