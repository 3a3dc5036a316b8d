/** What is drawn over a picture, as marks in the picture's own coordinates, whatever size the window has. */
import { PNG } from 'pngjs'
import { containedPicture } from '../media/frameCode.ts'
import type { LaunchedApp } from './launch.ts'

type Window = LaunchedApp['window']

export interface Mask {
  /** Of the picture on the screen, in its pixels. */
  readonly width: number
  readonly height: number
  /** Whether the drawing changes the pixel in column x of row y. */
  readonly has: (x: number, y: number) => boolean
  readonly marks: readonly (readonly [x: number, y: number])[]
}

const layer = 'svg[data-layer="drawing"]'
/** Of 3 × 255: less is the edge of an antialiased line. */
const visible = 90

/** Where the picture itself is on the screen, without the bars around it. */
export async function pictureBox(window: Window) {
  const box = await window.locator(layer).boundingBox()
  const size = await window.locator(layer).evaluate((element) => {
    const { width, height } = (element as SVGSVGElement).viewBox.baseVal
    return { width, height }
  })
  if (box === null) throw new Error('there is no picture to draw on')
  return containedPicture(box, size.width, size.height)
}

async function picture(window: Window, isDrawn: boolean): Promise<PNG> {
  await window.locator(layer).evaluate(async (element, shown) => {
    ;(element as SVGSVGElement).style.visibility = shown ? '' : 'hidden'
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }, isDrawn)
  return PNG.sync.read(await window.screenshot())
}

/** Takes the window with and without the drawing: what differs is drawn. The picture must stand still. */
export async function drawnMask(window: Window): Promise<Mask> {
  // Tooltips and highlights under the pointer are no drawing.
  await window.mouse.move(2, 2)
  await window.waitForFunction(() => {
    const video = document.querySelector('video')
    const counter = document.querySelector('[data-frame]')?.textContent?.replace(/\D/g, '')
    return video !== null && !video.seeking && Number(video.dataset['presented']) === Number(counter) - 1
  })
  const box = await pictureBox(window)
  const without = await picture(window, false)
  const shown = await picture(window, true)
  const width = Math.floor(box.width)
  const height = Math.floor(box.height)
  const bits = new Uint8Array(width * height)
  const marks: [number, number][] = []
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = ((Math.round(box.y) + y) * shown.width + Math.round(box.x) + x) * 4
      let change = 0
      for (let channel = 0; channel < 3; channel += 1)
        change += Math.abs((shown.data[at + channel] ?? 0) - (without.data[at + channel] ?? 0))
      if (change < visible) continue
      bits[y * width + x] = 1
      marks.push([x, y])
    }
  const has = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && bits[y * width + x] === 1
  return { width, height, has, marks }
}

/** The share of `from`'s marks that have none of `to` within `reach`, a share of the picture's width. */
function missing(from: Mask, to: Mask, reach: number): number {
  const scale = to.width / from.width
  const far = Math.max(1, Math.ceil(reach * to.width))
  const isNear = (x: number, y: number) => {
    for (let dy = -far; dy <= far; dy += 1)
      for (let dx = -far; dx <= far; dx += 1) if (to.has(x + dx, y + dy)) return true
    return false
  }
  const lost = from.marks.filter(
    ([x, y]) => !isNear(Math.floor((x + 0.5) * scale), Math.floor((y + 0.5) * scale)),
  )
  return lost.length / Math.max(1, from.marks.length)
}

/** 0: each covers the other. Both ways, so that nothing may be missing and nothing may be new. */
export const difference = (one: Mask, other: Mask, reach: number): number =>
  Math.max(missing(one, other, reach), missing(other, one, reach))

/** Two pixels of the smallest picture that is compared. */
export const reach = 0.004
/** Of the marks; the hinting of letters is not the same at every size. */
export const mostApart = 0.005
