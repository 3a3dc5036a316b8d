import { stageShown } from './composerFocus.ts'
import type { ZoomWay } from './pictureView.ts'

/** What keys and menus may ask of a picture, one that stands still included. */
export interface Zoom {
  readonly zoom: (way: ZoomWay) => void
  /** In shares of the picture as it fits. */
  readonly pan: (x: number, y: number) => void
}

const zooms = new WeakMap<Element, Zoom>()

/** Whoever asks for the picture on the screen gets this one, as long as its stage is that. */
export const offerZoom = (stage: Element, zoom: Zoom): void => void zooms.set(stage, zoom)

/** Of the picture on top; undefined where there is none. */
export function shownZoom(): Zoom | undefined {
  const stage = stageShown()
  return stage === null ? undefined : zooms.get(stage)
}
