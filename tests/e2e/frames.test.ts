/** The frame on the screen is the frame in the counter is the frame of the comment: read from the pixels, at every rate. */
import { rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { type FrameRate, frameRates, parseFrameRate } from '../../src/shared/frameRate.ts'
import { formatTimecode, type Timebase } from '../../src/shared/timecode.ts'
import { seeded } from '../fakes/seeded.ts'
import { type CodedClip, hasFfmpeg, makeClips } from '../media/codedClips.ts'
import { ask, cards, frameCounter, frameOnScreen, openProduction, sendFiles } from './actor.ts'
import { expect, test } from './launch.ts'

const isSoak = Boolean(process.env['RUSHES_SOAK'])
const jumps = Number(process.env['RUSHES_JUMPS'] ?? (isSoak ? 1000 : 14))
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
  { ...clipAt('24', false, { codec: 'vp9', name: 'atvp9.webm' }), startFrame: 0 },
  clipAt('25', false, { codec: 'av1', name: 'atav1.mp4' }),
]

/** Frames whose times do not follow from a rate, or not from zero. */
const timed: readonly RateClip[] = [
  clipAt('30', false, { name: 'atvaried30.mp4', isVariable: true }),
  clipAt('24', false, { name: 'atvaried24.mp4', isVariable: true }),
  { ...clipAt('25', false, { codec: 'vp9', name: 'atvaried25.webm', isVariable: true }), startFrame: 0 },
  clipAt('25', false, { name: 'atlate25.mp4', startSeconds: 0.7 }),
]
const all = [...clips, ...codecs, ...timed]

/** When a frame of a clip of variable rate starts, as `writeTestClip` makes it; in the middle between two it is on the screen. */
const startOf = (frame: number, { numerator, denominator }: FrameRate) =>
  ((frame + 0.5 * Math.floor((frame + 2) / 3) + 0.3 * ((7 * frame) % 3)) * denominator) / numerator

/** What a person types to get to a frame. */
function typedTime(frame: number, { startFrame, timebase, isVariable }: RateClip): string {
  if (!isVariable) return formatTimecode(startFrame + frame, timebase)
  return ((startOf(frame, timebase.rate) + startOf(frame + 1, timebase.rate)) / 2).toFixed(4)
}

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
    while (!isThere() && performance.now() - start < 10_000)
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
    await field.fill(typedTime(to, clip))
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
  const play = window.getByRole('button', { name: 'Play', exact: true })
  // For a moment the card may still be the file on its way, which does not open.
  await expect(async () => {
    const card = cards(window).filter({ hasText: name.replace(/\.\w+$/, '') })
    if (!(await play.isVisible())) await card.dblclick({ timeout: 5_000 })
    await expect(play).toBeVisible({ timeout: 8_000 })
  }).toPass({ timeout: 60_000 })
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

interface Jumps {
  readonly lines: string[]
  readonly times: number[]
  readonly wrong: number
}

/** Over and over to a frame, one way or another, and a look at what is shown there. */
async function jumpAbout(window: Page, clip: RateClip, versionId: string): Promise<Jumps> {
  const comments = await addComments(window, clip, versionId)
  await expect(window.getByRole('heading', { name: `Comments ${comments.length}` })).toBeVisible()
  await window.keyboard.press('Home')
  const lines: string[] = []
  const times: number[] = []
  let wrong = 0
  let frame = 0
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
  lines.push(`${clip.name}: ${wrong} wrong of ${tally(times)}`)
  return { lines, times, wrong }
}

const tally = (times: readonly number[]) =>
  `${times.length} jumps, median ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`

/** In one app; at full size each clip has its own, so that one can be asked for by name. */
const runs = isSoak
  ? all.map((clip) => ({ title: `frame, counter and comment agree in ${clip.name}`, of: [clip] }))
  : [
      {
        title: 'frame, counter and comment agree at every rate, in every codec and by times of their own',
        of: all,
      },
    ]

for (const { title, of } of runs)
  test(title, async ({ launchApp }) => {
    test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
    test.setTimeout(isSoak ? 3_600_000 : 300_000)
    const { folder, paths } = await makeClips(of)
    const { window } = await launchApp({ args: ['--demo'] })
    try {
      await openProduction(window, 'Winter catalogue')
      await sendFiles(window, paths)
      await untilSent(window)
      // A file on its way and the asset it became may stand side by side for a moment.
      await expect(cards(window)).toHaveCount(of.length)
      const { assets } = (await ask(window, 'library.find', { text: 'at', limit: 50 })) as {
        assets: AssetRow[]
      }
      const lines: string[] = []
      let wrong = 0
      const every: number[] = []
      for (const clip of of) {
        const row = assets.find((each) => each.name.startsWith(clip.name.replace(/\.\w+$/, '')))
        if (row === undefined) throw new Error(`${clip.name} did not arrive`)
        await openClip(window, clip.name)
        const found = await jumpAbout(window, clip, row.latestVersionId)
        lines.push(...found.lines)
        every.push(...found.times)
        wrong += found.wrong
        await window.getByRole('button', { name: 'Winter catalogue' }).click()
        await expect(cards(window).first()).toBeVisible()
      }
      if (of.length > 1) lines.push(`all: ${wrong} wrong of ${tally(every)}`)
      test.info().annotations.push({ type: 'frames', description: lines.join('\n') })
      process.stdout.write(`${lines.join('\n')}\n`)
      expect(wrong).toBe(0)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

for (const [clip, onByOne] of [
  [clipAt('30000/1001', true), 1001 / 30_000],
  [
    clipAt('30', false, { name: 'atvaried.mp4', isVariable: true }),
    startOf(78, frameRates['30']) - startOf(77, frameRates['30']),
  ],
] as const)
  test(`an error of one frame is seen in ${clip.name}`, async ({ launchApp }) => {
    test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
    const { folder, paths } = await makeClips([clip])
    const { window } = await launchApp({ args: ['--demo'] })
    try {
      await openProduction(window, 'Winter catalogue')
      await sendFiles(window, paths)
      await untilSent(window)
      await openClip(window, clip.name)
      const field = window.getByRole('textbox', { name: 'Timecode' }).first()
      await field.fill(typedTime(77, clip))
      await field.press('Enter')
      await settled(window, 77)
      expect(isRight(await look(window, 77), 77)).toBe(true)
      // Every seek from now on goes past its frame: one that went wrong once would be made again.
      await window.evaluate((seconds) => {
        const video = document.querySelector('video')
        const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')
        if (video === null || own === undefined) throw new Error('no video to spoil')
        Object.defineProperty(video, 'currentTime', {
          get: () => own.get?.call(video),
          set: (to: number) => own.set?.call(video, to + seconds),
        })
      }, onByOne)
      await field.fill(typedTime(77, clip))
      await field.press('Enter')
      await settled(window, 78)
      const off = await look(window, 78)
      expect(off.pixels).toBe(78)
      expect(isRight(off, 77)).toBe(false)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
