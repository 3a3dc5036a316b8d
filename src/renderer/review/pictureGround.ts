import type { Ground } from './actualSize.ts'
import type { PictureSize } from './drawing/shapePath.ts'

/** As wide as the style sheet leaves it between two pictures. */
const between = 4

const lengthOf = (style: CSSStyleDeclaration, name: string) =>
  Number.parseFloat(style.getPropertyValue(name)) || 0

/** Of what is played or shown, by its own account; null before it has one. */
function pixelsOf(stage: HTMLElement): PictureSize | null {
  const picture = stage.querySelector<HTMLVideoElement | HTMLImageElement>('[data-pixels]')
  if (picture === null) return null
  const [width, height] =
    picture instanceof HTMLVideoElement
      ? [picture.videoWidth, picture.videoHeight]
      : [picture.naturalWidth, picture.naturalHeight]
  return width > 0 && height > 0 ? { width, height } : null
}

/** What the picture of a stage lies on, by itself or beside another. */
export function groundOf(stage: HTMLElement, isShared: boolean): Ground {
  const style = getComputedStyle(stage)
  const { left, top } = stage.getBoundingClientRect()
  const before = { left: lengthOf(style, 'padding-left'), top: lengthOf(style, 'padding-top') }
  return {
    ...before,
    width: stage.clientWidth - before.left - lengthOf(style, 'padding-right'),
    height: stage.clientHeight - before.top - lengthOf(style, 'padding-bottom'),
    stageLeft: left,
    stageTop: top,
    between: isShared ? between : 0,
    ratio: window.devicePixelRatio,
    pixels: pixelsOf(stage),
  }
}

export const isSameGround = (a: Ground, b: Ground): boolean =>
  a.left === b.left &&
  a.top === b.top &&
  a.width === b.width &&
  a.height === b.height &&
  a.stageLeft === b.stageLeft &&
  a.stageTop === b.stageTop &&
  a.between === b.between &&
  a.ratio === b.ratio &&
  a.pixels?.width === b.pixels?.width &&
  a.pixels?.height === b.pixels?.height
