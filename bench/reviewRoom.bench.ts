/** A review of 10,000 comments: what the page's main thread does per frame while somebody works in it. */
import { rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { ask, cards, frameCounter, openProduction, sendFiles } from '../tests/e2e/actor.ts'
import { summary } from '../tests/e2e/arrived.ts'
import { expect, type LaunchedApp, test } from '../tests/e2e/launch.ts'
import { type MainThread, traceMainThread } from '../tests/e2e/trace.ts'
import { seeded } from '../tests/fakes/seeded.ts'
import { type CodedClip, hasFfmpeg, makeClips } from '../tests/media/codedClips.ts'

const comments = 10_000
const seed = 77
const clip: CodedClip = {
  name: 'long-review.mp4',
  rate: '25/1',
  frames: 500,
  timecode: '01:00:00:00',
  width: 1920,
  height: 1080,
}

/** One in ten over a range, one in fifty with a drawing, words of one to thirty. */
function drafts(versionId: string) {
  const random = seeded(seed)
  const rate = { numerator: 25, denominator: 1 }
  return Array.from({ length: comments }, (_, index) => {
    const startFrame = random.below(clip.frames)
    const length = random.below(10) === 0 ? random.below(50) : 0
    const drawing =
      random.below(50) === 0
        ? [
            {
              id: `shape-${index}`,
              tool: 'rectangle',
              points: [
                { x: 0.2, y: 0.2 },
                { x: 0.5, y: 0.6 },
              ],
              colour: '#ff4d3d',
              strokeWidth: 0.004,
            },
          ]
        : []
    return {
      versionId,
      text: `${index}: ${'Take the light down here. '.repeat(1 + random.below(6))}`,
      span: { startFrame, endFrame: Math.min(clip.frames - 1, startFrame + length), rate },
      drawing,
    }
  })
}

/** Every call at once would be one long task of the page. */
async function write(window: Page, versionId: string): Promise<void> {
  const all = drafts(versionId)
  for (let at = 0; at < all.length; at += 500)
    await window.evaluate(
      async (some) => {
        const bridge = Reflect.get(globalThis, 'rushes') as {
          call(name: string, input: unknown): Promise<{ ok: boolean }>
        }
        const replies = await Promise.all(some.map((draft) => bridge.call('comments.create', draft)))
        if (replies.some((reply) => !reply.ok)) throw new Error('a comment was refused')
      },
      all.slice(at, at + 500),
    )
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

const line = (what: string, { frames, p50, p95, worst, longestTask }: MainThread) =>
  `${what}: ${frames} frames, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms, longest task ${longestTask.toFixed(1)} ms`

async function openClip({ window }: LaunchedApp, path: string): Promise<void> {
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [path])
  await expect
    .poll(
      async () => {
        const { total, done } = await summary(window)
        return total === 1 && done === total
      },
      { timeout: 60_000 },
    )
    .toBe(true)
  const found = (await ask(window, 'library.find', { text: 'long-review', limit: 5 })) as {
    assets: { latestVersionId: string }[]
  }
  const versionId = found.assets[0]?.latestVersionId
  if (versionId === undefined) throw new Error('the clip did not arrive')
  await write(window, versionId)
  await cards(window).first().dblclick()
  await expect(window.getByText('10,000', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3)
}

test('10,000 comments do not slow the room down', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(300_000)
  const { folder, paths } = await makeClips([clip])
  try {
    const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
    const { window } = launched
    await openClip(launched, paths[0] ?? '')
    // The strip of pictures and the waveform are there before anything is measured.
    await window.waitForLoadState('networkidle')
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
    process.stdout.write(`${comments} comments, seed ${seed}\n${lines.join('\n')}\n`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
