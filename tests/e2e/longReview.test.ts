/** Half an hour of review holds no more at its end than in its middle. */
import type { Page } from '@playwright/test'
import { seeded } from '../fakes/seeded.ts'
import { ask, cards, frameCounter } from './actor.ts'
import { openReview, openRidgeDay } from './iconikLife.ts'
import { expect, type LaunchedApp, test } from './launch.ts'
import { grown, type MemorySample, sampleMemory, type Trend, trendsOf } from './memory.ts'
import { pictureBox } from './pictureMask.ts'

const isSoak = Boolean(process.env['RUSHES_SOAK'])
const seconds = Number(process.env['RUSHES_REVIEW_SECONDS'] ?? (isSoak ? 1800 : 40))
/** A short run is over before the caches are full: its growth is wider. */
const ease = isSoak ? 1 : 4
const fewestRounds = 6
/** Caches of pictures fill for minutes: a short run sees what a process holds on the way up, and bounds it instead. MiB. */
const mostResident = 1_200
const isResident = ({ name }: Trend) => name.endsWith('Resident')
const versioned = 'Ridge, first light'
const random = seeded(11)

const play = (window: Page) => window.getByRole('button', { name: 'Play', exact: true })

async function untilPicture(window: Page): Promise<void> {
  await expect(play(window)).toBeVisible()
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

const press = async (window: Page, ...keys: readonly string[]) => {
  for (const key of keys) await window.keyboard.press(key)
}

/** Forwards past some frames, then backwards, then stopped. */
async function watch(window: Page): Promise<void> {
  await press(window, 'Home', 'Space')
  await expect.poll(() => frameCounter(window)).toBeGreaterThan(12)
  await press(window, 'k')
  await expect(play(window)).toBeVisible()
  await press(window, 'j', 'j')
  await expect.poll(() => frameCounter(window)).toBeLessThan(12)
  await press(window, 'Home')
  await expect(play(window)).toBeVisible()
}

/** The pointer pulled along the timeline and back, over every picture on the way. */
async function scrub(window: Page): Promise<void> {
  const box = await window.getByRole('slider', { name: 'Timeline' }).first().boundingBox()
  if (box === null) throw new Error('no timeline')
  const y = box.y + box.height / 2
  await window.mouse.move(box.x + 4, y)
  await window.mouse.down()
  await window.mouse.move(box.x + box.width * (0.4 + random.next() * 0.5), y, { steps: 20 })
  await window.mouse.move(box.x + box.width * random.next() * 0.4, y, { steps: 20 })
  await window.mouse.up()
}

/** Written with a drawing, seen in the list, and deleted again. */
async function remark(window: Page, words: string): Promise<void> {
  await press(window, '1')
  const box = await pictureBox(window)
  await window.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3)
  await window.mouse.down()
  await window.mouse.move(box.x + box.width * 0.6, box.y + box.height * (0.3 + random.next() * 0.4), {
    steps: 12,
  })
  await window.mouse.up()
  await press(window, 'm')
  await window.keyboard.type(words)
  await press(window, 'Enter')
  const card = window.getByRole('article').filter({ hasText: words })
  await expect(card).toBeVisible()
  const versionId = await openVersion(window)
  const comments = (await ask(window, 'comments.list', { versionId })) as { id: string; text: string }[]
  const written = comments.find((comment) => comment.text === words)
  if (written === undefined) throw new Error('what was written is not among the comments')
  await ask(window, 'comments.remove', { id: written.id })
  await expect(card).toHaveCount(0)
  await press(window, 'Escape')
}

const openVersion = (window: Page) =>
  window.evaluate(() => /version\/([^/]+)\//.exec(document.querySelector('video')?.currentSrc ?? '')?.[1])

async function compare(window: Page): Promise<void> {
  const bar = window.getByRole('toolbar', { name: 'Compare' })
  await press(window, 'c')
  await expect(bar).toBeVisible()
  await press(window, 'ArrowRight', 'ArrowRight')
  await press(window, 'c')
  await expect(bar).toHaveCount(0)
}

/** Every version once. */
async function changeVersions(window: Page): Promise<void> {
  const tabs = window.getByRole('tab')
  for (let index = 0; index < (await tabs.count()); index += 1) {
    await tabs.nth(index).click()
    await untilPicture(window)
  }
}

async function leave(window: Page): Promise<void> {
  await expect(async () => {
    await press(window, 'Escape')
    await expect(window.getByRole('listbox', { name: 'Assets' })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
}

/** Two clips, as somebody who has to get through the day looks at them. */
async function round(window: Page, number: number): Promise<void> {
  await openReview(window, versioned)
  await untilPicture(window)
  await watch(window)
  await scrub(window)
  await press(window, ']', ']', '[', 'Shift+ArrowRight', 'ArrowLeft')
  await remark(window, `Round ${number}: a little brighter.`)
  await compare(window)
  await changeVersions(window)
  await leave(window)
  const names = (await cards(window).allInnerTexts()).filter((text) => !text.includes(versioned))
  const other =
    names.length === 0
      ? versioned
      : (random
          .pick(names)
          .split('\n')
          .find((line) => line.trim() !== '') ?? '')
  await cards(window).filter({ hasText: other }).first().dblclick()
  await expect(
    window.getByRole('button', { name: 'Close the review' }).or(play(window)).first(),
  ).toBeVisible()
  await press(window, 'Space', 'Space', ']', 'End', 'Home')
  await leave(window)
}

function table(samples: readonly MemorySample[], trends: readonly Trend[], took: number): string {
  const lines = trends.map(
    ({ name, thirds }) =>
      `${name}: ${thirds.map((value) => value.toFixed(1)).join(' → ')} (medians of the thirds)`,
  )
  return [`${samples.length} rounds in ${took.toFixed(0)} s, seed ${random.seed}`, ...lines].join('\n')
}

async function review(launched: LaunchedApp): Promise<{ samples: MemorySample[]; took: number }> {
  const { window } = launched
  const session = await window.context().newCDPSession(window)
  const samples: MemorySample[] = []
  const start = performance.now()
  const took = () => (performance.now() - start) / 1000
  await openRidgeDay(window)
  for (let number = 1; took() < seconds || number <= fewestRounds; number += 1) {
    await round(window, number)
    samples.push(await sampleMemory(launched, session))
    if (isSoak) process.stdout.write(`${took().toFixed(0)} s ${JSON.stringify(samples.at(-1))}\n`)
  }
  return { samples, took: took() }
}

test('memory stays flat over a long review', async ({ launchApp }) => {
  test.setTimeout((seconds * 2 + 120) * 1000)
  // Not recorded: the last deletion goes out as the app ends, and no later read can show what it did.
  const args = ['--demo', '--studio-exchanges=']
  const launched = await launchApp({ args, size: { width: 1280, height: 800 } })
  const { samples, took } = await review(launched)
  const trends = trendsOf(samples)
  process.stdout.write(`${table(samples, trends, took)}\n`)
  test.info().annotations.push({ type: 'memory', description: table(samples, trends, took) })
  const words = (found: readonly Trend[]) => found.map(({ name, thirds }) => `${name} ${thirds.join(' → ')}`)
  const judged = isSoak ? trends : trends.filter((trend) => !isResident(trend))
  expect(words(grown(judged, ease))).toEqual([])
  expect(words(trends.filter((trend) => isResident(trend) && trend.thirds[2] > mostResident))).toEqual([])
})

test('what is held on to is seen as growth', async ({ launchApp }) => {
  const launched = await launchApp({ args: ['--demo'] })
  const { window } = launched
  const session = await window.context().newCDPSession(window)
  const samples: MemorySample[] = []
  for (let number = 0; number < 9; number += 1) {
    await window.evaluate(() => {
      const held = (Reflect.get(globalThis, 'held') ?? []) as unknown[]
      held.push(Array.from({ length: 400_000 }, (_, index) => ({ index })))
      Reflect.set(globalThis, 'held', held)
    })
    samples.push(await sampleMemory(launched, session))
  }
  expect(grown(trendsOf(samples), ease).map(({ name }) => name)).toContain('pageHeap')
})
