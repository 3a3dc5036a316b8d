/** A picture at 100 % of its own pixels: one on one pixel of the screen, whatever becomes of the window. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PNG } from 'pngjs'
import { seeded } from '../fakes/seeded.ts'
import { cards, openProduction, resize, sendFiles } from './actor.ts'
import { untilDone } from './arrived.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { openDemoRoom, press, toStage } from './reviewKeys.ts'
import { openTalkedOf } from './reviewScreens.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }
const played = '[data-focus="stage"] [data-pixels]'

interface Placed {
  /** Where the picture itself begins, and its size, in pixels of the screen. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Its own. */
  readonly pixels: readonly [width: number, height: number]
}

/** Of every picture on the stage, without the bars around it. */
const placed = (window: Page, query = `${played}, [data-focus="stage"] [data-compare] video`) =>
  window.locator(query).evaluateAll((elements): Placed[] =>
    elements.map((element) => {
      const pixels: [number, number] =
        element instanceof HTMLVideoElement
          ? [element.videoWidth, element.videoHeight]
          : [(element as HTMLImageElement).naturalWidth, (element as HTMLImageElement).naturalHeight]
      const box = element.getBoundingClientRect()
      const scale = Math.min(box.width / pixels[0], box.height / pixels[1])
      const [width, height] = [pixels[0] * scale, pixels[1] * scale]
      const ratio = devicePixelRatio
      return {
        x: (box.x + (box.width - width) / 2) * ratio,
        y: (box.y + (box.height - height) / 2) * ratio,
        ...{ width: width * ratio, height: height * ratio, pixels },
      }
    }),
  )

/** Each picture has as many pixels of the screen as its own, and begins on a whole one. */
async function expectActual(window: Page): Promise<void> {
  await expect(async () => {
    const all = await placed(window)
    expect(all.length).toBeGreaterThan(0)
    for (const { x, y, width, height, pixels } of all) {
      expect(width).toBeCloseTo(pixels[0], 3)
      expect(height).toBeCloseTo(pixels[1], 3)
      expect(x).toBeCloseTo(Math.round(x), 3)
      expect(y).toBeCloseTo(Math.round(y), 3)
    }
  }).toPass({ timeout: 10_000 })
}

const size = (window: Page, name: RegExp | string) =>
  window.locator('[data-part="transport"]').getByRole('button', { name })

test('at 100 % a pixel of the clip is one of the screen, in a window of any size, and it fits again', async ({
  launchApp,
}) => {
  const launched = await launchApp(demo)
  const { window } = launched
  await openDemoRoom(window)
  await toStage(window)
  const [fits] = await placed(window)
  if (fits === undefined) throw new Error('there is no picture')
  const percent = Math.round((fits.width / fits.pixels[0]) * 100)
  expect(percent).not.toBe(100)
  await expect(size(window, `Picture fits: ${percent} %`)).toBeVisible()
  await press(window, 'z')
  await expectActual(window)
  await expect(size(window, 'Picture: 100 %')).toBeVisible()

  await resize(launched, 1100, 760)
  await expectActual(window)
  await expect(size(window, 'Picture: 100 %')).toBeVisible()
  await both(launched, 'actual-small')
  await resize(launched, 1440, 900)
  await expectActual(window)

  await press(window, 'Control+0')
  await expect.poll(async () => (await placed(window))[0]).toEqual(fits)
  await expect(size(window, `Picture fits: ${percent} %`)).toBeVisible()
  await press(window, 'Control+=', 2)
  await expect(size(window, `Picture: ${Math.round((fits.width / fits.pixels[0]) * 200)} %`)).toBeVisible()
})

test('the point under the pointer stays, and the menu leads to 100 % and back', async ({ launchApp }) => {
  const launched = await launchApp({ ...demo, size: { width: 1100, height: 760 } })
  const { window } = launched
  await openDemoRoom(window)
  await toStage(window)
  const [fits] = await placed(window)
  if (fits === undefined) throw new Error('there is no picture')
  const share = { x: 0.3, y: 0.7 }
  const at = { x: fits.x + fits.width * share.x, y: fits.y + fits.height * share.y }
  await window.mouse.move(at.x, at.y)
  await press(window, 'z')
  await expectActual(window)
  const [now] = await placed(window)
  // The stage is higher than the picture: it may not leave its place there.
  expect(Math.abs((at.x - (now?.x ?? 0)) / (now?.width ?? 1) - share.x)).toBeLessThan(0.002)

  await size(window, 'Picture: 100 %').click()
  await expect(window.getByRole('menuitemradio', { name: '100 %' })).toBeChecked()
  await expect(window.getByText('Of the 1280 × 720 pixels shown')).toBeVisible()
  await both(launched, 'actual-menu')
  await window.getByRole('menuitemradio', { name: 'Fit' }).click()
  await expect.poll(async () => (await placed(window))[0]).toEqual(fits)
  await size(window, /^Picture fits/).click()
  await window.getByRole('menuitemradio', { name: '100 %' }).click()
  await expectActual(window)
})

test('on a screen of finer pixels it is as many fewer of the window', async ({ launchApp }) => {
  const { app, window } = await launchApp(demo)
  await openDemoRoom(window)
  await toStage(window)
  await press(window, 'z')
  await expectActual(window)
  for (const density of [2, 1.5, 1]) {
    // To the page a larger zoom is a screen of finer pixels.
    await app.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
      density,
    )
    await expect.poll(() => window.evaluate(() => devicePixelRatio)).toBe(density)
    await expectActual(window)
    await expect(size(window, 'Picture: 100 %')).toBeVisible()
  }
})

test('two versions that are compared are at 100 % together, and the room keeps it when they change places', async ({
  launchApp,
}) => {
  const launched = await launchApp(demo)
  const { window } = launched
  await openTalkedOf(window)
  await press(window, 'c')
  await expect(window.locator('[data-focus="stage"] video')).toHaveCount(2)
  await window.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((video) => video.readyState >= 2),
  )
  await press(window, 'z')
  for (const mode of ['side', 'wipe', 'overlay']) {
    await expect(window.locator(`[data-focus="stage"] > [data-compare="${mode}"]`)).toBeVisible()
    expect(await placed(window)).toHaveLength(2)
    await expectActual(window)
    if (mode === 'side') await both(launched, 'actual-side')
    await press(window, 'Shift+C')
  }
  await press(window, 'x')
  await expectActual(window)
  await expect(size(window, 'Picture: 100 %')).toBeVisible()
})

test('what the screen shows of a still at 100 % are its own pixels, none mixed with another', async ({
  launchApp,
}) => {
  const random = seeded(29)
  const still = new PNG({ width: 1501, height: 1103 })
  for (let at = 0; at < still.data.length; at += 4) {
    const grey = random.below(256)
    still.data.set([grey, grey, grey, 255], at)
  }
  const folder = await mkdtemp(join(tmpdir(), 'rushes-still-'))
  try {
    const path = join(folder, 'noise.png')
    await writeFile(path, PNG.sync.write(still))
    const launched = await launchApp(demo)
    const { window } = launched
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, [path])
    await untilDone(window, 1, 60_000)
    await cards(window).filter({ hasText: 'noise' }).first().dblclick()
    await window.waitForFunction(
      (query) => (document.querySelector<HTMLImageElement>(query)?.naturalWidth ?? 0) > 0,
      played,
    )
    await toStage(window)
    /** How many pixels in the middle of the stage are not the still's own at their place. */
    const strange = async () => {
      const [at] = await placed(window, played)
      const stage = await window.locator('[data-focus="stage"]').boundingBox()
      if (at === undefined || stage === null) throw new Error('there is no picture')
      const clip = {
        ...{ x: Math.round(stage.x) + 100, y: Math.round(stage.y) + 80 },
        ...{ width: 300, height: 200 },
      }
      const shown = PNG.sync.read(await window.screenshot({ clip }))
      let count = 0
      for (let y = 0; y < clip.height; y += 1)
        for (let x = 0; x < clip.width; x += 1) {
          const own = (clip.y + y - Math.round(at.y)) * still.width + clip.x + x - Math.round(at.x)
          const seen = shown.data[(y * clip.width + x) * 4] ?? -1
          if (Math.abs(seen - (still.data[own * 4] ?? -1)) > 2) count += 1
        }
      return count
    }
    await press(window, 'z')
    await expectActual(window)
    await expect.poll(strange, { timeout: 10_000 }).toBe(0)
    await press(window, 'Alt+Shift+ArrowLeft')
    await press(window, 'Alt+Shift+ArrowUp', 2)
    await expectActual(window)
    await expect.poll(strange, { timeout: 10_000 }).toBe(0)
    await press(window, 'Control+0')
    expect(await strange()).toBeGreaterThan(30_000)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
