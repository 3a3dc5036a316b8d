/** Pictures of what this computer cannot play, of its proxies and of captions, light and dark. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasFfmpeg } from '../media/codedClips.ts'
import { cards, openProduction, samplesFolder, sendFiles } from './actor.ts'
import { untilDone } from './arrived.ts'
import { expect, test } from './launch.ts'
import { withoutFfmpeg } from './noFfmpeg.ts'
import { both } from './pictures.ts'
import { manyTimes, proresOf } from './proresOf.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }
test.describe.configure({ timeout: 180_000 })

test('what cannot be played, its proxy, and the settings of both', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const folder = await mkdtemp(join(tmpdir(), 'rushes-masters-'))
  try {
    const short = join(folder, 'Ridge graded.mov')
    const long = join(folder, 'Ridge whole day.mov')
    await proresOf(join(samplesFolder, 'A012_C003_0915.mp4'), short)
    await manyTimes(short, long, 8)
    const launched = await launchApp(demo)
    const { app, window } = launched
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, [short, long])
    await untilDone(window, 2, 60_000)
    await expect(cards(window)).toHaveCount(2)
    const open = (name: string) => cards(window).filter({ hasText: name }).dblclick()
    await open('Ridge graded')
    const make = window.getByRole('button', { name: 'Make a proxy on this computer' })
    await expect(make).toBeVisible()
    await both(launched, 'review-unplayable')
    await make.click()
    await expect(window.getByText('Proxy made on this computer')).toBeVisible({ timeout: 60_000 })
    await window.keyboard.press('Home')
    for (let press = 0; press < 3; press += 1) await window.keyboard.press('Shift+ArrowRight')
    await window.waitForFunction(() => document.querySelector('video')?.dataset['presented'] === '72')
    await both(launched, 'review-own-proxy')
    await window.getByRole('button', { name: 'Winter catalogue' }).click()
    await open('Ridge whole day')
    await make.click()
    await expect(window.getByText(/^[1-9]\d? % done$/)).toBeVisible({ timeout: 60_000 })
    await both(launched, 'review-proxy-making')
    await window.getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(make).toBeVisible()
    await window.keyboard.press('Control+,')
    await window.getByRole('navigation').getByRole('button', { name: 'Transfers' }).click()
    await expect(window.getByText(/found on this computer/)).toBeVisible()
    await both(launched, 'settings-proxies')
    await withoutFfmpeg(app)
    await window.getByRole('button', { name: 'Done' }).click()
    await expect(window.getByRole('button', { name: 'Open the settings' })).toBeVisible()
    await both(launched, 'review-no-ffmpeg')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('captions', async ({ launchApp }) => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-words-'))
  try {
    const file = join(folder, 'Ridge EN.srt')
    await writeFile(
      file,
      '1\n00:00:01,000 --> 00:00:04,000\nWe waited four mornings for this light.\nOn the fifth it came.\n',
    )
    const launched = await launchApp(demo)
    const { app, window } = launched
    await openProduction(window, 'Autumn Campaign')
    await cards(window).filter({ hasText: 'A012_C003_0915.mp4' }).dblclick()
    await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, file)
    for (let press = 0; press < 2; press += 1) await window.keyboard.press('Shift+ArrowRight')
    await window.keyboard.press('s')
    await expect(window.locator('[data-captions]')).toBeVisible()
    await window.getByRole('button', { name: 'Close', exact: true }).click()
    await both(launched, 'review-captions')
    await window.getByRole('button', { name: 'Captions' }).click()
    await both(launched, 'review-captions-menu')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
