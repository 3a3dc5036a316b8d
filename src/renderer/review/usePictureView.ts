import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { fitting, movedBy, type PictureView, scaledTo, stepped } from './pictureView.ts'

/** Of a press that moved less than this, in CSS pixels, nobody thinks as a drag. */
const still = 4

export interface PictureZoom {
  readonly view: PictureView
  readonly zoom: (way: 1 | -1 | 0) => void
  /** Whether the last press moved the picture, so that it was no click. */
  readonly wasDragged: () => boolean
}

/** Ctrl and the wheel, or a pinch, make the picture larger around the pointer; a larger one is dragged about. */
export function usePictureView(stage: RefObject<HTMLElement | null>): PictureZoom {
  const [view, setView] = useState(fitting)
  const dragged = useRef(false)
  useEffect(() => {
    const node = stage.current
    if (node === null) return
    const at = (event: MouseEvent) => {
      const box = node.getBoundingClientRect()
      return {
        x: (event.clientX - box.left) / box.width - 0.5,
        y: (event.clientY - box.top) / box.height - 0.5,
      }
    }
    const wheeled = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      setView((before) => scaledTo(before, before.scale * Math.exp(-event.deltaY / 240), at(event)))
    }
    let from: { x: number; y: number; id: number } | null = null
    const pressed = (event: PointerEvent) => {
      dragged.current = false
      const isDrawing = event.target instanceof Element && event.target.closest('[data-draws]') !== null
      if ((event.button !== 0 && event.button !== 1) || (isDrawing && event.button !== 1)) return
      from = { x: event.clientX, y: event.clientY, id: event.pointerId }
    }
    const moved = (event: PointerEvent) => {
      if (from === null || event.pointerId !== from.id) return
      const x = event.clientX - from.x
      const y = event.clientY - from.y
      if (!dragged.current && Math.hypot(x, y) < still) return
      dragged.current = true
      from = { ...from, x: event.clientX, y: event.clientY }
      const box = node.getBoundingClientRect()
      setView((before) => movedBy(before, x / box.width, y / box.height))
    }
    const released = () => {
      from = null
    }
    // Not passive: the page itself must not zoom.
    node.addEventListener('wheel', wheeled, { passive: false })
    node.addEventListener('pointerdown', pressed)
    window.addEventListener('pointermove', moved)
    window.addEventListener('pointerup', released)
    window.addEventListener('pointercancel', released)
    return () => {
      node.removeEventListener('wheel', wheeled)
      node.removeEventListener('pointerdown', pressed)
      window.removeEventListener('pointermove', moved)
      window.removeEventListener('pointerup', released)
      window.removeEventListener('pointercancel', released)
    }
  }, [stage])
  const zoom = useCallback(
    (way: 1 | -1 | 0) => setView((before) => (way === 0 ? fitting : stepped(before, way))),
    [],
  )
  return { view, zoom, wasDragged: useCallback(() => dragged.current, []) }
}
