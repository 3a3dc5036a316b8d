/** Drawing on the picture by key and pointer, as a person does. */
import { expect, type LaunchedApp } from './launch.ts'
import { pictureBox } from './pictureMask.ts'

type Window = LaunchedApp['window']

/** The shapes that are drawn and not sent yet. */
export const draft = (window: Window) => window.locator('[data-draft] > *')

export type Place = readonly [x: number, y: number]

/** Presses, pulls through the places (shares of the picture) and lets go. */
export async function pull(window: Window, [first, ...rest]: readonly [Place, ...Place[]]): Promise<void> {
  const box = await pictureBox(window)
  const at = ([x, y]: Place) => [box.x + x * box.width, box.y + y * box.height] as const
  await window.mouse.move(...at(first))
  await window.mouse.down()
  for (const place of rest) await window.mouse.move(...at(place), { steps: 8 })
  await window.mouse.up()
}

/** Where the arrow is drawn. */
export const arrow: readonly [Place, Place] = [
  [0.55, 0.2],
  [0.8, 0.45],
]

/** Every tool once, by key and pointer. */
export async function drawAll(window: Window): Promise<void> {
  await window.keyboard.press('1')
  await pull(window, [
    [0.1, 0.3],
    [0.2, 0.6],
    [0.3, 0.3],
    [0.4, 0.6],
  ])
  await window.keyboard.press('2')
  await pull(window, arrow)
  await window.keyboard.press('3')
  await pull(window, [
    [0.1, 0.7],
    [0.35, 0.9],
  ])
  await window.keyboard.press('4')
  await pull(window, [
    [0.5, 0.65],
    [0.9, 0.95],
  ])
  await window.keyboard.press('5')
  await pull(window, [[0.12, 0.15]])
  await window.keyboard.type('Darker here')
  await window.keyboard.press('Enter')
  await expect(draft(window)).toHaveCount(5)
}
