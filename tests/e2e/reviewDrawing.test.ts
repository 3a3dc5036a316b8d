/** A drawing is on the picture, not on the window: on the same pixels at every size and after a restart. */
import type { Page } from '@playwright/test'
import { cards, openProduction, resize } from './actor.ts'
import { arrow, draft, drawAll, type Place, pull } from './drawnByHand.ts'
import { expect, test } from './launch.ts'
import { difference, drawnMask, type Mask, mostApart, reach } from './pictureMask.ts'

const clip = 'A012_C003_0915.mp4'

async function openRoom(window: Page): Promise<void> {
  await openProduction(window, 'Autumn Campaign')
  await cards(window).filter({ hasText: clip }).dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

/** Whether something is drawn at a place, give or take three pixels. */
function isMarked({ width, height, has }: Mask, [x, y]: Place): boolean {
  for (let dy = -3; dy <= 3; dy += 1)
    for (let dx = -3; dx <= 3; dx += 1)
      if (has(Math.round(x * width) + dx, Math.round(y * height) + dy)) return true
  return false
}

test('a drawing stays on its pixels at every size and after a restart', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const first = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openRoom(first.window)
  for (let step = 0; step < 12; step += 1) await first.window.keyboard.press('ArrowRight')
  await drawAll(first.window)
  await first.window.keyboard.press('m')
  await first.window.keyboard.type('Look at these five.')
  await first.window.keyboard.press('Enter')
  await expect(first.window.getByText('Look at these five.', { exact: true })).toBeVisible()
  await expect(draft(first.window)).toHaveCount(0)
  const drawn = await drawnMask(first.window)
  // It is under the pointer that drew it: the pen's corners, both ends of the arrow, a corner of the rectangle.
  for (const place of [[0.2, 0.58], ...arrow, [0.1, 0.7], [0.35, 0.9], [0.7, 0.65]] as const)
    expect(isMarked(drawn, place), `at ${place}`).toBe(true)
  const found: [string, number][] = []
  const compare = async (what: string, window: Page) => {
    found.push([what, difference(drawn, await drawnMask(window), reach)])
  }
  await resize(first, 1024, 720)
  await compare('1024 x 720', first.window)
  await first.close()

  const second = await launchApp({
    args: ['--demo'],
    userData: first.userData,
    size: { width: 1440, height: 900 },
  })
  await openRoom(second.window)
  // There is something to go to.
  await expect(second.window.getByText('Look at these five.', { exact: true })).toBeVisible()
  await second.window.keyboard.press(']')
  await expect(second.window.locator('svg[data-layer="drawing"] > g > *').first()).toBeVisible()
  await compare('after a restart', second.window)
  await resize(second, 2560, 1440)
  await compare('2560 x 1440', second.window)
  process.stdout.write(
    `${drawn.marks.length} drawn pixels at 1440 x 900; out of place by more than ${reach * 100} % of the width: ` +
      `${found.map(([what, share]) => `${what} ${(share * 100).toFixed(2)} %`).join(', ')}\n`,
  )
  for (const [what, share] of found) expect(share, what).toBeLessThan(mostApart)

  // One shape moved by one hundredth of the picture is seen.
  await second.window.locator('svg[data-layer="drawing"] rect').evaluate((element) => {
    element.setAttribute('x', String(Number(element.getAttribute('x')) * 1.1))
  })
  expect(difference(drawn, await drawnMask(second.window), reach)).toBeGreaterThan(mostApart)
})

test('taken back, done again and erased by key', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openRoom(window)
  await drawAll(window)
  await window.keyboard.press('Control+z')
  await window.keyboard.press('Control+z')
  await expect(draft(window)).toHaveCount(3)
  await window.keyboard.press('Control+Shift+z')
  await expect(draft(window)).toHaveCount(4)
  await window.keyboard.press('Control+y')
  await expect(draft(window)).toHaveCount(5)
  await window.keyboard.press('6')
  await pull(window, [[0.6, 0.25]])
  await expect(draft(window)).toHaveCount(4)
  await expect(draft(window).locator('polygon')).toHaveCount(0)
  await window.keyboard.press('Control+z')
  await expect(draft(window).locator('polygon')).toHaveCount(1)
  // The tool goes first, then the room; what was drawn is still there in between.
  await window.keyboard.press('Escape')
  await expect(draft(window)).toHaveCount(5)
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})
