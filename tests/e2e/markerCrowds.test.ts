/** Comments that have room for one marker only: how many they are is seen and said, and a press comes to each of them. */
import type { Page } from '@playwright/test'
import { ask, frameCounter } from './actor.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { openDemoRoom, toStage } from './reviewKeys.ts'

const rate = { numerator: 24, denominator: 1 }

/** A comment at each of these frames of the clip in the room. */
async function remark(window: Page, frames: readonly number[]): Promise<void> {
  const { assets } = (await ask(window, 'library.find', { text: 'A012_C003_0915', limit: 5 })) as {
    assets: { latestVersionId: string }[]
  }
  const versionId = assets[0]?.latestVersionId
  for (const frame of frames)
    await ask(window, 'comments.create', {
      ...{ versionId, text: `Look at frame ${frame}` },
      span: { startFrame: frame, endFrame: frame, rate },
    })
}

const timeline = (window: Page) => window.locator('[data-part="timeline"]')

test('several comments on one place of the timeline are one marker that leads to each', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  const { window } = launched
  await openDemoRoom(window)
  await remark(window, [40, 40, 41, 250])
  await toStage(window)
  const crowd = timeline(window).getByRole('button', { name: /^3 comments by .+ at 01:00:01:16$/ })

  await test.step('a marker with their number', async () => {
    await expect(crowd).toHaveText('3')
    await expect(timeline(window).getByRole('button', { name: / at 01:00:10:10$/ })).toHaveCount(1)
    await expect(crowd).toHaveAttribute('title', /Look at frame 40\n.*Look at frame 40\n.*Look at frame 41$/)
    for (const frame of [40, 41, 40]) {
      await crowd.click()
      await expect.poll(() => frameCounter(window)).toBe(frame)
    }
    await expect(crowd).toHaveAttribute('data-here', 'true')
    await both(launched, 'marker-crowd')
  })

  await test.step('and where there are too many for markers of their own', async () => {
    await remark(
      window,
      Array.from({ length: 300 }, (_, index) => 200 + (index % 2)),
    )
    const lane = timeline(window).getByRole('img', { name: /comments along the clip$/ })
    await expect(lane).toBeVisible({ timeout: 30_000 })
    const box = await lane.boundingBox()
    if (box === null) throw new Error('there is no lane')
    // Between the two, near enough to both.
    const at = { x: box.x + (201 / 288) * box.width, y: box.y + box.height / 2 }
    for (const frame of [200, 201, 200]) {
      await window.mouse.click(at.x, at.y)
      await expect.poll(() => frameCounter(window)).toBe(frame)
    }
    // Drawn off a marker, the playhead goes along.
    await window.mouse.down()
    await window.mouse.move(at.x + 2, at.y)
    await expect.poll(() => frameCounter(window)).toBe(201)
    await window.mouse.move(box.x + (60.5 / 288) * box.width, at.y, { steps: 4 })
    await expect.poll(() => frameCounter(window)).toBe(60)
    await window.mouse.up()
    // Where no comment is, the lane is the timeline's.
    await window.mouse.click(box.x + (120.5 / 288) * box.width, at.y)
    await expect.poll(() => frameCounter(window)).toBe(120)
    await both(launched, 'marker-lane')
  })
})
