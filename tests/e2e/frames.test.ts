/** The frame on the screen is the frame in the counter is the frame of the comment: read from the pixels, at every rate. */
import { rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { parseFrameRate } from '../../src/shared/frameRate.ts'
import { formatTimecode, type Timebase } from '../../src/shared/timecode.ts'
import { seeded } from '../fakes/seeded.ts'
import { type CodedClip, hasFfmpeg, makeClips } from '../media/codedClips.ts'
import { ask, cards, frameCounter, frameOnScreen, openProduction, sendFiles } from './actor.ts'
import { expect, test } from './launch.ts'

const jumps = Number(process.env['RUSHES_JUMPS'] ?? (process.env['RUSHES_SOAK'] ? 1000 : 14))
const seconds = 5
const random = seeded(5)

interface RateClip extends CodedClip {
  readonly timebase: Timebase
  readonly startFrame: number
}

/** A clip of a few seconds that starts at one hour, so that labels and frames are not the same numbers. */
function clipAt(rate: string, isDropFrame = false, more: Partial<CodedClip> = {}): RateClip {
  const parsed = parseFrameRate(rate)
  if (parsed === undefined) throw new Error(`no rate: ${rate}`)
  const timebase = { rate: parsed, dropFrame: isDropFrame }
  const perSecond = Math.round(parsed.numerator / parsed.denominator)
  const startFrame = isDropFrame ? perSecond * 3600 - (perSecond / 30) * 108 : perSecond * 3600
  const label = `${rate.replace('/', 'over')}${isDropFrame ? 'df' : ''}`
  return {
    name: `at${label}-${more.codec ?? 'h264'}.mp4`,
    rate: `${parsed.numerator}/${parsed.denominator}`,
    frames: seconds * perSecond,
    timecode: isDropFrame ? '01:00:00;00' : '01:00:00:00',
    timebase,
    startFrame,
    ...more,
  }
}

const clips: readonly RateClip[] = [
  clipAt('24000/1001'),
  clipAt('24'),
  clipAt('25'),
  clipAt('30000/1001'),
  clipAt('30000/1001', true),
  clipAt('30'),
  clipAt('50'),
  clipAt('60000/1001', true),
  clipAt('60'),
]

const codecs: readonly RateClip[] = [
  // WebM carries no timecode: it starts at zero.
  { ...clipAt('24', false, { codec: 'vp9', name: 'vp9.webm' }), startFrame: 0 },
  clipAt('25', false, { codec: 'av1', name: 'av1.mp4' }),
]

interface Shown {
  readonly pixels: number | undefined
  readonly counter: number
}

/**
 * Resolves once the counter says the frame, the decoder has given it out and it is composed; or, wrong, after a while:
 * then the pixels say what was shown instead. How long it took, in milliseconds.
 */
function settled(window: Page, wanted: number): Promise<number> {
  return window.evaluate(async (frame) => {
    const video = document.querySelector('video')
    const start = performance.now()
    const isThere = () =>
      video?.dataset['presented'] === String(frame) &&
      document.querySelector('[data-frame]')?.textContent?.replace(/\D/g, '') === String(frame + 1)
    while (!isThere() && performance.now() - start < 3_000)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    while (video?.seeking)
      await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }))
    const took = performance.now() - start
    // Two frames: what was decoded is on the screen.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return took
  }, wanted)
}

/** A capture may still hold the picture before: what is shown counts once it has stayed. */
async function look(window: Page, wanted: number): Promise<Shown> {
  let pixels: number | undefined
  for (let tries = 0; tries < 6; tries += 1) {
    pixels = await frameOnScreen(window)
    if (pixels === wanted) break
  }
  return { pixels, counter: await frameCounter(window) }
}

const isRight = (shown: Shown, wanted: number) => shown.pixels === wanted && shown.counter === wanted

const ways = ['timecode', 'steps', 'comment'] as const

/** One way to a frame, as a person has it. */
async function goTo(
  window: Page,
  clip: RateClip,
  from: number,
  comments: readonly number[],
  way: number,
): Promise<number> {
  if (way === 0) {
    const to = random.below(clip.frames)
    const field = window.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill(formatTimecode(clip.startFrame + to, clip.timebase))
    await field.press('Enter')
    return to
  }
  if (way === 1) {
    const steps = 1 + random.below(3)
    const direction = random.below(2) === 0 ? 1 : -1
    for (let step = 0; step < steps; step += 1)
      await window.keyboard.press(direction === 1 ? 'ArrowRight' : 'ArrowLeft')
    return Math.max(0, Math.min(clip.frames - 1, from + direction * steps))
  }
  const next = comments.find((frame) => frame > from)
  await window.keyboard.press(next === undefined ? '[' : ']')
  return next ?? comments.findLast((frame) => frame < from) ?? from
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

async function openClip(window: Page, name: string): Promise<void> {
  await cards(window)
    .filter({ hasText: name.replace(/\.\w+$/, '') })
    .dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

async function untilSent(window: Page): Promise<void> {
  const isOver = async () => {
    const { total, done } = (await ask(window, 'transfers.summary')) as { total: number; done: number }
    return total > 0 && done === total
  }
  await expect.poll(isOver, { timeout: 60_000 }).toBe(true)
}

interface AssetRow {
  readonly name: string
  readonly latestVersionId: string
}

async function addComments(window: Page, clip: RateClip, versionId: string): Promise<number[]> {
  const frames = [...new Set(Array.from({ length: 6 }, () => random.below(clip.frames)))].sort(
    (a, b) => a - b,
  )
  for (const frame of frames)
    await ask(window, 'comments.create', {
      versionId,
      text: `Frame ${frame}`,
      span: { startFrame: frame, endFrame: frame, rate: clip.timebase.rate },
    })
  return frames
}

test('frame, counter and comment agree at every rate and in every codec', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(process.env['RUSHES_SOAK'] ? 6 * 3_600_000 : 300_000)
  const all = [...clips, ...codecs]
  const { folder, paths } = await makeClips(all)
  const { window } = await launchApp({ args: ['--demo'] })
  try {
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, paths)
    await untilSent(window)
    // A file on its way and the asset it became may stand side by side for a moment.
    await expect(cards(window)).toHaveCount(all.length)
    const found = (await ask(window, 'library.find', { text: 'at', limit: 50 })) as { assets: AssetRow[] }
    const others = (await ask(window, 'library.find', { text: 'v', limit: 50 })) as { assets: AssetRow[] }
    const rows = [...found.assets, ...others.assets]
    const lines: string[] = []
    let wrong = 0
    const every: number[] = []
    for (const clip of all) {
      const row = rows.find((each) => each.name.startsWith(clip.name.replace(/\.\w+$/, '')))
      if (row === undefined) throw new Error(`${clip.name} did not arrive`)
      await openClip(window, clip.name)
      const comments = await addComments(window, clip, row.latestVersionId)
      await expect(window.getByRole('heading', { name: `Comments ${comments.length}` })).toBeVisible()
      await window.keyboard.press('Home')
      let frame = 0
      const times: number[] = []
      for (let jump = 0; jump < jumps; jump += 1) {
        const start = performance.now()
        const way = random.below(3)
        const from = frame
        frame = await goTo(window, clip, frame, comments, way)
        await settled(window, frame)
        times.push(performance.now() - start)
        const shown = await look(window, frame)
        if (isRight(shown, frame)) continue
        wrong += 1
        const focus = await window.evaluate(() => document.activeElement?.outerHTML.slice(0, 90))
        lines.push(
          `${clip.name}: ${ways[way]} from ${from} wanted ${frame}, counter ${shown.counter}, pixels ${shown.pixels}, focus ${focus}`,
        )
        frame = shown.counter
      }
      every.push(...times)
      lines.push(
        `${clip.name}: ${jumps} jumps, median ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`,
      )
      await window.getByRole('button', { name: 'Winter catalogue' }).click()
      await expect(cards(window).first()).toBeVisible()
    }
    lines.push(
      `all: ${every.length} jumps, ${wrong} wrong, median ${quantile(every, 0.5).toFixed(0)} ms, p95 ${quantile(every, 0.95).toFixed(0)} ms`,
    )
    test.info().annotations.push({ type: 'frames', description: lines.join('\n') })
    process.stdout.write(`${lines.join('\n')}\n`)
    expect(wrong).toBe(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('an error of one frame is seen', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const clip = clipAt('30000/1001', true)
  const { folder, paths } = await makeClips([clip])
  const { window } = await launchApp({ args: ['--demo'] })
  try {
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, paths)
    await untilSent(window)
    await openClip(window, clip.name)
    const field = window.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill(formatTimecode(clip.startFrame + 77, clip.timebase))
    await field.press('Enter')
    await settled(window, 77)
    expect(isRight(await look(window, 77), 77)).toBe(true)
    await window.evaluate(() => {
      const video = document.querySelector('video')
      if (video !== null) video.currentTime += 1001 / 30_000
    })
    await settled(window, 78)
    const off = await look(window, 78)
    expect(off.pixels).toBe(78)
    expect(isRight(off, 77)).toBe(false)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
