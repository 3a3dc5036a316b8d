/** How the picture lies on its stage: its size against the fitting one, and how far it was moved, in widths and heights as it fits. */
export interface PictureView {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export const fitting: PictureView = { scale: 1, x: 0, y: 0 }
const largest = 16
const steps = [1, 1.5, 2, 3, 4, 6, 8, 12, largest]

const limited = (value: number, bound: number) => Math.max(-bound, Math.min(bound, value))

/** Never so far that the stage shows beside a picture larger than it. */
function kept({ scale, x, y }: PictureView): PictureView {
  const bound = (scale - 1) / 2
  return scale <= 1 ? fitting : { scale, x: limited(x, bound), y: limited(y, bound) }
}

/** Another size that keeps the point under the pointer where it is; `at` is -0.5..0.5 from its middle as it fits. */
export function scaledTo(view: PictureView, scale: number, at = { x: 0, y: 0 }): PictureView {
  const to = Math.max(1, Math.min(largest, scale))
  const grown = to / view.scale
  return kept({ scale: to, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown })
}

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
