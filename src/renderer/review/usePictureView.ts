import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { fitting, movedBy, type PictureView, scaledTo, stepped } from './pictureView.ts'

/** Of a press that moved less than this, in CSS pixels, nobody thinks as a drag. */
const still = 4

export interface PictureZoom {
  readonly view: PictureView
  readonly zoom: (way: 1 | -1 | 0) => void
  /** In shares of the picture as it fits. */
  readonly pan: (x: number, y: number) => void
  /** Whether the last press moved the picture, so that it was no click. */
  readonly wasDragged: () => boolean
}

/**
 * Ctrl and the wheel, or a pinch, make the picture larger around the pointer; a larger one is dragged about, and moved by
 * the wheel or two fingers.
 */
export function usePictureView(stage: RefObject<HTMLElement | null>, start = fitting): PictureZoom {
  const [view, setView] = useState(start)
  const dragged = useRef(false)
  useEffect(() => {
    const node = stage.current
    if (node === null) return
    // As it is laid out, before it is made larger; without a picture yet, the stage itself.
    const box = () => {
      const { left, top } = node.getBoundingClientRect()
      const picture = node.firstElementChild instanceof HTMLElement ? node.firstElementChild : node
      const width = Math.max(1, picture.offsetWidth)
      const height = Math.max(1, picture.offsetHeight)
      return { left: left + picture.offsetLeft, top: top + picture.offsetTop, width, height }
    }
    const at = (event: MouseEvent) => {
      const { left, top, width, height } = box()
      return { x: (event.clientX - left) / width - 0.5, y: (event.clientY - top) / height - 0.5 }
    }
    const wheeled = (event: WheelEvent) => {
      event.preventDefault()
      const { width, height } = box()
      if (!event.ctrlKey && !event.metaKey)
        setView((before) => movedBy(before, -event.deltaX / width, -event.deltaY / height))
      else setView((before) => scaledTo(before, before.scale * Math.exp(-event.deltaY / 240), at(event)))
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
      const { width, height } = box()
      setView((before) => movedBy(before, x / width, y / height))
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
  const pan = useCallback((x: number, y: number) => setView((before) => movedBy(before, x, y)), [])
  return { view, zoom, pan, wasDragged: useCallback(() => dragged.current, []) }
}
