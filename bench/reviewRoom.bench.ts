/** A review of 10,000 comments: what the page's main thread does per frame while somebody works in it. */
import { rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { frameCounter } from '../tests/e2e/actor.ts'
import { expect, test } from '../tests/e2e/launch.ts'
import { openCommented } from '../tests/e2e/manyComments.ts'
import { type MainThread, type Spread, traceMainThread } from '../tests/e2e/trace.ts'
import { type CodedClip, hasFfmpeg, makeClips } from '../tests/media/codedClips.ts'

const comments = 10_000
const salt = 77
const clip: CodedClip = {
  name: 'long-review.mp4',
  rate: '25/1',
  frames: 500,
  timecode: '01:00:00:00',
  width: 1920,
  height: 1080,
}

const nextFrame = (window: Page) =>
  window.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))

async function boxOf(window: Page, selector: string) {
  const box = await window.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not on the screen`)
  return box
}

/** Until the clip has played so many frames. */
async function played(window: Page, frames: number): Promise<void> {
  const to = Math.min(clip.frames - 1, (await frameCounter(window)) + frames)
  await expect
    .poll(() => frameCounter(window), { intervals: [250], timeout: 60_000 })
    .toBeGreaterThanOrEqual(to)
}

async function scroll(window: Page): Promise<void> {
  const list = await boxOf(window, 'section[aria-label="Comments"]')
  await window.mouse.move(list.x + list.width / 2, list.y + list.height / 2)
  for (let turn = 0; turn < 120; turn += 1) {
    await window.mouse.wheel(0, turn < 80 ? 240 : -360)
    await nextFrame(window)
  }
}

async function scrub(window: Page, isPressed: boolean): Promise<void> {
  const lane = await boxOf(window, '[data-timeline]')
  const y = lane.y + lane.height * 0.7
  await window.mouse.move(lane.x + lane.width * 0.1, y)
  if (isPressed) await window.mouse.down()
  for (let step = 0; step <= 120; step += 1) {
    const share = 0.1 + 0.8 * (step <= 80 ? step / 80 : 1 - (step - 80) / 60)
    await window.mouse.move(lane.x + lane.width * share, y)
    await nextFrame(window)
  }
  if (isPressed) await window.mouse.up()
}

const said = ({ p50, p95, worst, longestTask }: Spread) =>
  `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, worst ${worst.toFixed(1)}, longest task ${longestTask.toFixed(1)} ms`

/** On a computer that does other work, too, the thread's own time says more than the clock on the wall. */
const line = (what: string, { frames, own, ...wall }: MainThread) =>
  [
    `${what}, ${frames} frames`,
    `  by the wall clock: ${said(wall)}`,
    own === null ? '  the trace has no thread time' : `  by thread time:    ${said(own)}`,
  ].join('\n')

/** The strip of pictures and the waveform grow along the timeline, each in its canvas. */
async function untilTimelineStands(window: Page): Promise<void> {
  let before = ''
  await expect
    .poll(
      async () => {
        const pixels = await window.evaluate(() =>
          [...document.querySelectorAll<HTMLCanvasElement>('[data-timeline] canvas')]
            .map((canvas) => canvas.toDataURL())
            .join(),
        )
        const stands = pixels !== '' && pixels === before
        before = pixels
        return stands
      },
      { intervals: [1_000], timeout: 30_000 },
    )
    .toBe(true)
}

test('10,000 comments do not slow the room down', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(300_000)
  const { folder, paths } = await makeClips([clip])
  try {
    const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
    const { window } = launched
    await openCommented(
      window,
      {
        path: paths[0] ?? '',
        name: 'long-review',
        frames: clip.frames,
        rate: { numerator: 25, denominator: 1 },
      },
      comments,
      salt,
    )
    await untilTimelineStands(window)
    const measured: [string, MainThread][] = []
    const measure = async (what: string, act: () => Promise<void>) => {
      measured.push([what, await traceMainThread(launched, act)])
    }
    await measure('playing', async () => {
      await window.keyboard.press('Space')
      await played(window, 120)
    })
    await measure('playing and scrolling the comments', () => scroll(window))
    await window.keyboard.press('Space')
    await measure('scrubbing', () => scrub(window, true))
    await measure('looking along the timeline', () => scrub(window, false))
    const lines = measured.map(([what, figures]) => line(what, figures))
    process.stdout.write(`${comments} comments\n${lines.join('\n')}\n`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
