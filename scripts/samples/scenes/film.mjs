/** What every scene is: a function of time that gives pictures. */
import { Canvas } from '../canvas.mjs'
import { develop } from '../develop.mjs'

/** @typedef {{ frame(t: number): Uint8Array }} Scene `t` in seconds; 8-bit RGB, the same for the same time. */
/** @typedef {(width: number, height: number) => Scene} MakeScene */

/**
 * A scene that is drawn in light and then developed.
 * @param {number} width @param {number} height @param {import('../develop.mjs').Look} look
 * @param {(canvas: Canvas, t: number) => void} draw @returns {Scene}
 */
export function film(width, height, look, draw) {
  const canvas = new Canvas(width, height)
  return {
    frame(t) {
      canvas.clear()
      draw(canvas, t)
      return develop(canvas, look)
    },
  }
}
