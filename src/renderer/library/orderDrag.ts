import type { DragEvent, PointerEvent } from 'react'
import { canOrderHere, moveChosenTo } from './assetCommands.ts'
import { useLibrary } from './libraryStore.ts'
import { gapAt, type Side } from './orderGap.ts'

/** Names a drag of ours: nothing of it can be dropped anywhere else, and no file dropped here is taken for one. */
const kind = 'application/x-rushes-order'

const cardOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null

function unmark(): void {
  for (const marked of document.querySelectorAll('[data-gap]')) marked.removeAttribute('data-gap')
}

/** Moving one asset by hand in an order kept by hand: handlers of the grid (`across`) or the list. */
export function orderDrag(isAcross: boolean) {
  const sideOf = (event: DragEvent, card: HTMLElement): Side => {
    const box = card.getBoundingClientRect()
    const isFirstHalf = isAcross
      ? event.clientX < box.left + box.width / 2
      : event.clientY < box.top + box.height / 2
    return isFirstHalf ? 'before' : 'after'
  }
  return {
    // Set on the one card that is pressed: fifty cards that could be dragged are fifty more things to draw.
    onPointerDownCapture(event: PointerEvent) {
      const card = cardOf(event.target)
      if (card !== null) card.draggable = canOrderHere()
    },
    onDragStart(event: DragEvent) {
      if (!canOrderHere()) return
      event.dataTransfer.setData(kind, '')
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(kind)) return
      const card = cardOf(event.target)
      if (card === null) return
      event.preventDefault()
      const side = sideOf(event, card)
      if (card.dataset['gap'] === side) return
      unmark()
      card.dataset['gap'] = side
    },
    onDragEnd: unmark,
    onDrop(event: DragEvent) {
      if (!event.dataTransfer.types.includes(kind)) return
      const card = cardOf(event.target)
      unmark()
      if (card === null) return
      const { onTheWay } = useLibrary.getState()
      const gap = gapAt(Number(card.dataset['item']), sideOf(event, card), onTheWay.length)
      void moveChosenTo(gap)
    },
  }
}
