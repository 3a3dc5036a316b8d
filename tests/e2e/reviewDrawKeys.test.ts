/** Drawings by keyboard alone, and with a pointer that moves, resizes and presses. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { commentSchema } from '../../src/shared/review.ts'
import { ask, frameCounter } from './actor.ts'
import { expectNone } from './axe.ts'
import { expect, test } from './launch.ts'
import { pictureBox } from './pictureMask.ts'
import { both } from './pictures.ts'
import { clip, draft, openDemoRoom, press } from './reviewKeys.ts'

const numberOf = async (window: Page, name: string, selector = '[data-draft] rect') =>
  Number(await window.locator(selector).first().getAttribute(name))

test('a drawing by keyboard alone: placed, chosen, moved, resized, deleted, taken back', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  const { window } = launched
  await openDemoRoom(window)
  const layer = window.locator('svg[data-layer="drawing"]')
  await press(window, '3')
  await expect(layer).toBeFocused()
  await expect(layer).toHaveAttribute('role', 'application')
  const heard = layer.locator('xpath=following-sibling::*[@role="status"]')
  await press(window, 'ArrowLeft')
  await expect(heard).toHaveText('50 across, 50 down')
  await press(window, 'Shift+ArrowLeft', 4)
  await expect(heard).toHaveText('30 across, 50 down')
  const frame = await frameCounter(window)
  await press(window, 'Enter')
  await expect(heard).toHaveText('Rectangle begun')
  await press(window, 'Shift+ArrowRight', 3)
  await press(window, 'Shift+ArrowDown', 2)
  await expectNone(window, 'drawing by key')
  await both(launched, 'review-draw-by-key')
  await press(window, 'Enter')
  await expect(heard).toHaveText('Rectangle drawn')
  await expect(draft(window)).toHaveCount(1)
  expect(await frameCounter(window), 'the film stood still').toBe(frame)

  await press(window, 'Enter')
  await press(window, 'ArrowRight', 5)
  await press(window, 'Escape')
  await expect(heard).toHaveText('Given up')
  await expect(draft(window)).toHaveCount(1)
  for (const key of ['2', '4', '1']) {
    await press(window, key)
    await press(window, 'Shift+ArrowUp')
    await press(window, 'Enter')
    await press(window, 'Shift+ArrowRight', 2)
    await press(window, 'Enter')
  }
  await expect(draft(window)).toHaveCount(4)
  await press(window, '5')
  await press(window, 'Enter')
  await window.keyboard.type('By key')
  await press(window, 'Enter')
  await expect(draft(window).locator('xpath=self::*[name()="text"]')).toHaveText('By key')
  await expect(draft(window)).toHaveCount(5)

  await press(window, '7')
  await expect(layer).toBeFocused()
  await press(window, 'Enter')
  await expect(heard).toHaveText('Rectangle, 1 of 5')
  const [x, width] = [await numberOf(window, 'x'), await numberOf(window, 'width')]
  await press(window, 'Shift+ArrowRight', 2)
  const [movedX, movedWidth] = [await numberOf(window, 'x'), await numberOf(window, 'width')]
  expect(movedX).toBeGreaterThan(x)
  expect(movedWidth).toBeCloseTo(width, 3)
  await press(window, 'Alt+ArrowRight', 3)
  expect(await numberOf(window, 'width')).toBeGreaterThan(movedWidth)
  expect(await numberOf(window, 'x')).toBeCloseTo(movedX, 3)
  await both(launched, 'review-draw-chosen')
  await press(window, 'Control+z', 5)
  expect(await numberOf(window, 'x')).toBeCloseTo(x, 3)
  await press(window, 'Control+y', 2)
  expect(await numberOf(window, 'x')).toBeCloseTo(movedX, 3)
  await press(window, 'Enter')
  await expect(heard).toHaveText('Rectangle, 1 of 5')
  await press(window, 'Delete')
  await expect(draft(window)).toHaveCount(4)
  await press(window, 'Control+z')
  await expect(draft(window)).toHaveCount(5)
  await press(window, 'Escape')
  await press(window, 'ArrowRight')
  await expect.poll(() => frameCounter(window), 'the arrows are the film’s again').toBe(frame + 1)
})

test('a pointer moves and resizes what was drawn; a pen presses', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openDemoRoom(window)
  // The tools take a place of their own above the picture.
  await press(window, '3')
  const box = await pictureBox(window)
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const
  const pull = async (from: readonly [number, number], to: readonly [number, number]) => {
    await window.mouse.move(...at(...from))
    await window.mouse.down()
    await window.mouse.move(...at(...to), { steps: 6 })
    await window.mouse.up()
  }
  await pull([0.2, 0.2], [0.4, 0.4])
  const scale = 1 / (await numberOf(window, 'width')) / 5
  await press(window, '7')
  await pull([0.3, 0.3], [0.5, 0.4])
  await expect.poll(async () => (await numberOf(window, 'x')) * scale).toBeCloseTo(0.4, 2)
  await pull([0.6, 0.5], [0.8, 0.7])
  await expect.poll(async () => (await numberOf(window, 'width')) * scale).toBeCloseTo(0.4, 2)
  expect((await numberOf(window, 'x')) * scale).toBeCloseTo(0.4, 2)
  await press(window, 'Delete')
  await window.getByRole('toolbar').getByRole('button', { name: 'Delete the chosen shape' }).click()
  await expect(draft(window)).toHaveCount(0)

  await press(window, '1')
  const session = await window.context().newCDPSession(window)
  const pen = async (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, force: number) => {
    const [left, top] = at(x, 0.5)
    await session.send('Input.dispatchMouseEvent', {
      ...{ type, x: left, y: top, pointerType: 'pen', force },
      ...{ button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 },
    })
  }
  await pen('mousePressed', 0.2, 0.1)
  for (let step = 1; step <= 20; step += 1) await pen('mouseMoved', 0.2 + step * 0.02, 0.1 + step * 0.04)
  await pen('mouseReleased', 0.6, 0.9)
  await expect(draft(window)).toHaveCount(1)
  await press(window, 'm')
  await window.keyboard.type('Pressed.')
  await press(window, 'Enter')
  await expect(window.getByText('Pressed.', { exact: true })).toBeVisible()
  const [points] = await drawnPoints(window)
  const pressures = (points ?? []).map(({ pressure }) => pressure ?? -1)
  expect(Math.min(...pressures)).toBeLessThan(0.3)
  expect(Math.max(...pressures)).toBeGreaterThan(0.7)
})

const shownVersion = z.object({ asset: z.object({ latestVersionId: z.string() }) })
async function drawnPoints(window: Page) {
  const found = z
    .object({ assets: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(await ask(window, 'library.find', { text: 'A012_C003', limit: 5 }))
  const id = found.assets.find(({ name }) => name === clip)?.id
  const { asset: shown } = shownVersion.parse(await ask(window, 'assets.get', { id }))
  const comments = z
    .array(commentSchema)
    .parse(await ask(window, 'comments.list', { versionId: shown.latestVersionId }))
  return comments.flatMap(({ drawing }) => drawing.map(({ points }) => points))
}
