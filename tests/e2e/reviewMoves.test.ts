/** What moves in the room: two versions in step, a loop, the clip backwards, a picture larger than its stage. */
import type { Page } from '@playwright/test'
import { seeded } from '../fakes/seeded.ts'
import { codeOnScreen, frameCounter } from './actor.ts'
import { openReview, openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { press, ready, toStage } from './reviewKeys.ts'

const frames = 288
const demo = { args: ['--demo'], size: { width: 1440, height: 900 } } as const

async function openRidge(window: Page): Promise<void> {
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await ready(window)
  await toStage(window)
}

const picture = (which: 0 | 1) => `[data-focus="stage"] video >> nth=${which}`

async function goTo(window: Page, frame: number): Promise<void> {
  const field = window.getByRole('textbox', { name: 'Timecode' }).first()
  const two = (value: number) => String(value).padStart(2, '0')
  await field.fill(`01:00:${two(Math.floor(frame / 24))}:${two(frame % 24)}`)
  await field.press('Enter')
  await toStage(window)
  await expect.poll(() => frameCounter(window)).toBe(frame)
  await expect(window.locator(picture(0))).toHaveAttribute('data-presented', String(frame))
}

/** The frames in the pixels of both pictures. */
const both = async (window: Page) => [
  (await codeOnScreen(window, picture(0)))?.frame,
  (await codeOnScreen(window, picture(1)))?.frame,
]
const named = (window: Page, which: 'own' | 'other') => window.locator(`[data-compared="${which}"]`)

/** Every frame the player says it shows, for so many milliseconds. */
const watched = (window: Page, forMs: number) =>
  window.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const video = document.querySelector<HTMLVideoElement>('[data-focus="stage"] video')
        const seen: number[] = []
        const end = performance.now() + ms
        const look = () => {
          const frame = Number(video?.dataset['presented'] ?? -1)
          if (frame >= 0 && seen.at(-1) !== frame) seen.push(frame)
          if (performance.now() < end) requestAnimationFrame(look)
          else resolve(seen)
        }
        look()
      }),
    forMs,
  )

test('two versions stand on the frames that belong together, and one without a frame says so', async ({
  launchApp,
}) => {
  test.setTimeout(150_000)
  const random = seeded(83)
  const { window } = await launchApp(demo)
  await openRidge(window)
  await press(window, 'c')
  await expect(named(window, 'other')).toBeVisible()
  const offsetOf = (version: string) =>
    window.getByRole('spinbutton', { name: `Frames that ${version} is moved by` })
  for (let turn = 0; turn < 6; turn += 1) {
    const own = random.below(13) - 6
    const other = random.below(13) - 6
    await offsetOf('v3').fill(String(own))
    await offsetOf('v2').fill(String(other))
    const frame = 20 + random.below(frames - 40)
    await goTo(window, frame)
    await expect.poll(() => both(window), `v3 ${own}, v2 ${other}`).toEqual([frame, frame + other - own])
    await expect(named(window, 'own')).toHaveText(`v3, frame ${frame + 1}`)
    await expect(named(window, 'other')).toHaveText(`v2, frame ${frame + other - own + 1}`)
  }
  await offsetOf('v3').fill('0')
  await offsetOf('v2').fill('-5')
  await goTo(window, 4)
  await expect(named(window, 'other')).toHaveText('v2 has not begun')
  await press(window, 'Alt+.')
  await expect(offsetOf('v2')).toHaveValue('-4')
  await expect(named(window, 'other')).toHaveText('v2, frame 1')
  await expect.poll(() => both(window)).toEqual([4, 0])
  await press(window, 'Alt+,')
  await expect(named(window, 'other')).toHaveText('v2 has not begun')
  await offsetOf('v2').fill('7')
  await toStage(window)
  await press(window, 'End')
  await expect(named(window, 'other')).toHaveText('v2 is over')
})

test('a range goes round and round, and a clip plays backwards', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp(demo)
  await openRidge(window)
  await goTo(window, 24)
  await press(window, 'i')
  await goTo(window, 48)
  await press(window, 'o')
  await press(window, 'Control+l')
  await press(window, 'Shift+Space')
  await expect.poll(() => frameCounter(window)).toBeGreaterThan(26)
  const seen = await watched(window, 4_000)
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(24)
  expect(Math.max(...seen)).toBeLessThanOrEqual(48)
  const rounds = seen.filter((frame, index) => frame < (seen[index - 1] ?? 0)).length
  expect(rounds).toBeGreaterThanOrEqual(2)
  await press(window, 'k')
  await press(window, 'Control+l')
  await press(window, 'Alt+x')

  await goTo(window, 200)
  await press(window, 'j')
  const back = await watched(window, 2_500)
  await press(window, 'k')
  expect(back.length, `${back}`).toBeGreaterThan(10)
  expect(back, `${back}`).toEqual(back.toSorted((a, b) => b - a))
  expect(back.at(-1)).toBeLessThan(190)
  process.stdout.write(
    `loop: ${seen.length} pictures, ${rounds} rounds; backwards: ${back.length} pictures from ${back[0]} to ${back.at(-1)}\n`,
  )
})

test('a picture that is larger than its stage is moved by wheel and key, and never off it', async ({
  launchApp,
}) => {
  const { window } = await launchApp(demo)
  await openRidge(window)
  const stage = window.locator('[data-focus="stage"]').first()
  const place = () =>
    stage.evaluate((element) => {
      const transform = new DOMMatrix(getComputedStyle(element.firstElementChild ?? element).transform)
      return { scale: transform.a, x: Math.round(transform.e), y: Math.round(transform.f) }
    })
  await stage.hover()
  await window.mouse.wheel(200, 200)
  expect(await place()).toEqual({ scale: 1, x: 0, y: 0 })
  await press(window, 'Control+=', 3)
  await expect.poll(place).toEqual({ scale: 3, x: 0, y: 0 })
  await window.mouse.wheel(120, 80)
  await expect.poll(place).toEqual({ scale: 3, x: -120, y: -80 })
  const box = await stage.evaluate((element) => ({
    width: element.firstElementChild?.clientWidth ?? 0,
    height: element.firstElementChild?.clientHeight ?? 0,
  }))
  await press(window, 'Alt+Shift+ArrowLeft', 30)
  await press(window, 'Alt+Shift+ArrowUp', 30)
  await expect.poll(place).toEqual({ scale: 3, x: Math.round(box.width), y: Math.round(box.height) })
  await press(window, 'Control+0')
  await expect.poll(place).toEqual({ scale: 1, x: 0, y: 0 })
})
