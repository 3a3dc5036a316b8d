import {
  type CSSProperties,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { actualBox, actualScale, type Ground, percentOf, regrounded, toActual } from './actualSize.ts'
import type { PictureSize } from './drawing/shapePath.ts'
import { groundOf, isSameGround } from './pictureGround.ts'
import {
  fitting,
  isSameView,
  movedBy,
  type PictureView,
  scaledTo,
  stepped,
  transformOf,
  type ZoomWay,
} from './pictureView.ts'
import { offerZoom } from './shownZoom.ts'

interface Lying {
  readonly view: PictureView
  readonly ground: Ground | null
}

/** Of a press that moved less than this, in CSS pixels, nobody thinks as a drag. */
const still = 4

export interface PictureZoom {
  readonly view: PictureView
  /** Where the picture lies. */
  readonly style: CSSProperties
  /** What its size is told by. */
  readonly size: ShownSize
  /** Whether the last press moved the picture, so that it was no click. */
  readonly wasDragged: () => boolean
}

export interface ShownSize {
  readonly isFitting: boolean
  readonly isActual: boolean
  /** Of the picture's own pixels; null where nobody knows them, and for sound. */
  readonly percent: number | null
  /** What plays. */
  readonly pixels: PictureSize | null
}

interface PictureViewParts {
  readonly start: PictureView | undefined
  /** Two pictures share the width. */
  readonly isShared: boolean
}

/**
 * Ctrl and the wheel, or a pinch, make the picture larger around the pointer; a larger one is dragged about, and moved by
 * the wheel or two fingers. At 100 % of its own pixels it stays that, however large the stage becomes.
 */
export function usePictureView(
  stage: RefObject<HTMLElement | null>,
  { start = fitting, isShared }: PictureViewParts,
): PictureZoom {
  const [{ view, ground }, set] = useState<Lying>({ view: start, ground: null })
  const setView = useCallback(
    (change: (view: PictureView, ground: Ground | null) => PictureView) =>
      set((before) => {
        const view = change(before.view, before.ground)
        // A wheel over a picture that fits moves nothing: nothing is drawn for it.
        return isSameView(view, before.view) ? before : { ...before, view }
      }),
    [],
  )
  const pointer = useRef<{ readonly x: number; readonly y: number } | null>(null)
  const dragged = useRef(false)
  useEffect(() => {
    const node = stage.current
    if (node === null) return
    const box = () => {
      const { left, top, width, height, stageLeft, stageTop } = groundOf(node, isShared)
      return {
        left: stageLeft + left,
        top: stageTop + top,
        width: Math.max(1, width),
        height: Math.max(1, height),
      }
    }
    const at = (event: { readonly clientX: number; readonly clientY: number }) => {
      const { left, top, width, height } = box()
      return { x: (event.clientX - left) / width - 0.5, y: (event.clientY - top) / height - 0.5 }
    }
    const wheeled = (event: WheelEvent) => {
      event.preventDefault()
      const { width, height } = box()
      if (!event.ctrlKey && !event.metaKey)
        setView((before) => movedBy(before, -event.deltaX / width, -event.deltaY / height))
      else
        setView((before, on) =>
          scaledTo(
            before,
            before.scale * Math.exp(-event.deltaY / 240),
            at(event),
            actualScale(on) ?? undefined,
          ),
        )
    }
    const hovered = (event: PointerEvent) => {
      pointer.current = { x: event.clientX, y: event.clientY }
    }
    const left = () => {
      pointer.current = null
    }
    offerZoom(node, {
      zoom: (way: ZoomWay) => {
        const around =
          pointer.current === null
            ? undefined
            : at({ clientX: pointer.current.x, clientY: pointer.current.y })
        setView((before, on) =>
          way === 0 ? fitting : way === 'actual' ? toActual(before, on, around) : stepped(before, way),
        )
      },
      pan: (x, y) => setView((before) => movedBy(before, x, y)),
    })
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
    node.addEventListener('pointermove', hovered)
    node.addEventListener('pointerleave', left)
    window.addEventListener('pointermove', moved)
    window.addEventListener('pointerup', released)
    window.addEventListener('pointercancel', released)
    return () => {
      node.removeEventListener('wheel', wheeled)
      node.removeEventListener('pointerdown', pressed)
      node.removeEventListener('pointermove', hovered)
      node.removeEventListener('pointerleave', left)
      window.removeEventListener('pointermove', moved)
      window.removeEventListener('pointerup', released)
      window.removeEventListener('pointercancel', released)
    }
  }, [stage, isShared, setView])
  useLayoutEffect(() => {
    const node = stage.current
    if (node === null) return
    const measure = () => {
      const found = groundOf(node, isShared)
      set((before) => {
        // Another medium of the same clip tells its pixels only once it is opened.
        const now = { ...found, pixels: found.pixels ?? before.ground?.pixels ?? null }
        if (before.ground !== null && isSameGround(before.ground, now)) return before
        return { view: regrounded(before.view, before.ground, now), ground: now }
      })
    }
    measure()
    const room = new ResizeObserver(measure)
    room.observe(node)
    // Another screen may have other pixels under a stage of the same size.
    const screen = new ResizeObserver(measure)
    screen.observe(node, { box: 'device-pixel-content-box' })
    // Neither bubbles.
    const names = ['loadedmetadata', 'resize', 'load'] as const
    for (const name of names) node.addEventListener(name, measure, true)
    return () => {
      room.disconnect()
      screen.disconnect()
      for (const name of names) node.removeEventListener(name, measure, true)
    }
  }, [stage, isShared])
  return {
    view,
    style: styleOf(view, ground),
    size: {
      isFitting: view.scale === 1 && view.isActual !== true,
      isActual: view.isActual === true,
      percent: percentOf(view, ground),
      pixels: ground?.pixels ?? null,
    },
    wasDragged: useCallback(() => dragged.current, []),
  }
}

function styleOf(view: PictureView, ground: Ground | null): CSSProperties {
  const box = actualBox(view, ground)
  if (box === null) return { transform: transformOf(view) }
  const { left, top, width, height } = box
  return { position: 'absolute', left: 0, top: 0, width, height, transform: `translate(${left}px, ${top}px)` }
}
