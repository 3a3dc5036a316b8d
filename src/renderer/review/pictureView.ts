/** How the picture lies on its stage: its size against the fitting one, and how far it was moved, in widths and heights as it fits. */
export interface PictureView {
  readonly scale: number
  readonly x: number
  readonly y: number
  /** It stays at 100 % of its own pixels, whatever becomes of the stage. */
  readonly isActual?: true
}

/** Larger (1), smaller (-1), as it fits (0), or one pixel of the picture on one of the screen. */
export type ZoomWay = 1 | -1 | 0 | 'actual'

export const fitting: PictureView = { scale: 1, x: 0, y: 0 }
export const isSameView = (a: PictureView, b: PictureView): boolean =>
  a.scale === b.scale && a.x === b.x && a.y === b.y && a.isActual === b.isActual
const largest = 16
const steps = [1, 1.5, 2, 3, 4, 6, 8, 12, largest]

const limited = (value: number, bound: number) => Math.max(-bound, Math.min(bound, value))

/** Never so far that the stage shows beside a picture larger than it. */
export function kept(view: PictureView): PictureView {
  const bound = Math.max(0, (view.scale - 1) / 2)
  return { ...view, x: limited(view.x, bound), y: limited(view.y, bound) }
}

/** Another size that keeps the point `at` where it is; -0.5..0.5 from the middle of the picture as it fits. */
export function resized(view: PictureView, scale: number, at = { x: 0, y: 0 }): PictureView {
  const grown = scale / view.scale
  return kept({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown })
}

/** The same, and never smaller than it fits, or than `least` where its own pixels are fewer than those it fits on. */
export const scaledTo = (view: PictureView, scale: number, at = { x: 0, y: 0 }, least = 1): PictureView =>
  resized(view, Math.max(Math.min(1, least), Math.min(Math.max(largest, view.scale), scale)), at)

/** The next step larger or smaller. */
export function stepped(view: PictureView, way: 1 | -1): PictureView {
  const next =
    way === 1
      ? steps.find((each) => each > view.scale + 0.01)
      : steps.findLast((each) => each < view.scale - 0.01)
  return next === undefined ? view : scaledTo(view, next)
}

export const movedBy = (view: PictureView, x: number, y: number): PictureView =>
  kept({ ...view, x: view.x + x, y: view.y + y })

export const transformOf = ({ scale, x, y }: PictureView): string =>
  scale === 1 ? 'none' : `translate(${x * 100}%, ${y * 100}%) scale(${scale})`
