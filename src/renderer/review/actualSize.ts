import type { PictureSize } from './drawing/shapePath.ts'
import { kept, type PictureView, resized } from './pictureView.ts'

/** What a picture lies on, measured in CSS pixels. */
export interface Ground {
  /** The box in which it fits, and how far that is from the stage's own corner. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** The stage's corner in the window. */
  readonly stageLeft: number
  readonly stageTop: number
  /** Two pictures share the width, with this much between them; 0 where it is one's alone. */
  readonly between: number
  /** Pixels of the screen to a CSS pixel. */
  readonly ratio: number
  /** Pixels of the picture that is played; null until they are known, and for sound. */
  readonly pixels: PictureSize | null
}

/** The width of the box that one picture has. */
const ownWidth = ({ width, between }: Ground) => (between === 0 ? width : width / 2 - between / 2)

/** The scale at which one pixel of the picture is one of the screen; null where nobody knows its pixels. */
export function actualScale(ground: Ground | null): number | null {
  if (ground === null || ground.pixels === null || ground.width <= 0 || ground.height <= 0) return null
  const { height, ratio, pixels } = ground
  return 1 / (Math.min(ownWidth(ground) / pixels.width, height / pixels.height) * ratio)
}

/** The size of the picture in per cent of its own pixels; null where nobody knows them. */
export function percentOf(view: PictureView, ground: Ground | null): number | null {
  const actual = actualScale(ground)
  return actual === null ? null : Math.round((view.scale / actual) * 100)
}

/** At 100 % of the picture's own pixels, the point `at` where it is. As it was while nobody knows them, and so once they are. */
export function toActual(
  view: PictureView,
  ground: Ground | null,
  at?: { readonly x: number; readonly y: number },
): PictureView {
  const scale = actualScale(ground)
  return { ...(scale === null ? view : resized(view, scale, at)), isActual: true }
}

/** How it lies once its ground is another: at 100 % it stays so, with the same of the picture in the middle. */
export function regrounded(view: PictureView, before: Ground | null, now: Ground): PictureView {
  const scale = actualScale(now)
  if (view.isActual !== true || scale === null) return view
  if (before?.pixels == null || now.pixels === null) return kept({ ...view, scale })
  // Pixels of the screen to a pixel of the picture are the same as before, so shares of the box are not.
  const across = before.width * before.ratio * (now.pixels.width / before.pixels.width)
  const down = before.height * before.ratio * (now.pixels.height / before.pixels.height)
  return kept({
    ...view,
    scale,
    x: (view.x * across) / (now.width * now.ratio),
    y: (view.y * down) / (now.height * now.ratio),
  })
}

/** A box from the stage's corner, in CSS pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** At least as many pixels, and as many left as right: the picture in its middle then begins on a whole one. */
const roomFor = (pixels: number, wanted: number) =>
  pixels + 2 * Math.max(0, Math.round((wanted - pixels) / 2))

/**
 * Where a picture at 100 % is laid out. A transform would not do: the browser rounds a fitting picture to whole pixels
 * before it is made larger, and between two pixels of the screen everything looks soft. Null where it is not at 100 %.
 */
export function actualBox(view: PictureView, ground: Ground | null): Box | null {
  if (view.isActual !== true || ground === null || ground.pixels === null) return null
  const { left, top, width, height, stageLeft, stageTop, between, ratio, pixels } = ground
  const own = roomFor(pixels.width, ownWidth(ground) * view.scale * ratio)
  const across = between === 0 ? own : 2 * own + between * ratio
  const down = roomFor(pixels.height, height * view.scale * ratio)
  const begin = (stage: number, middle: number, size: number) =>
    Math.round((stage + middle) * ratio - size / 2) / ratio - stage
  return {
    left: begin(stageLeft, left + width * (0.5 + view.x), across),
    top: begin(stageTop, top + height * (0.5 + view.y), down),
    width: across / ratio,
    height: down / ratio,
  }
}
