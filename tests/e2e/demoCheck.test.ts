/** What `npm run demo -- --check` proves: a fresh clone opens, shows footage, plays it and takes an upload. */
import { join } from 'node:path'
import {
  cards,
  frameOnScreen,
  loadedPictures,
  openProduction,
  samplesFolder,
  sendFiles,
  studioLog,
} from './actor.ts'
import { expect, test } from './launch.ts'

test('the demo opens, plays a clip and takes an upload', async ({ launchApp }, testInfo) => {
  const { window, userData } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })

  await openProduction(window, 'Autumn Campaign')
  await expect.poll(() => loadedPictures(window), 'pictures in the grid').toBeGreaterThan(4)

  await cards(window).filter({ hasText: 'A012_C003_0915.mp4' }).dblclick()
  await expect.poll(() => frameOnScreen(window), 'the first frame').toBe(0)
  await window.getByRole('button', { name: 'Play', exact: true }).click()
  const seen = new Set<number>()
  await expect
    .poll(async () => {
      const frame = await frameOnScreen(window)
      if (frame !== undefined) seen.add(frame)
      return seen.size
    }, 'different frames in captured pixels')
    .toBeGreaterThan(4)
  process.stdout.write(`frames read from the screen: ${[...seen].sort((a, b) => a - b).join(', ')}\n`)
  await window.getByRole('button', { name: 'Pause', exact: true }).click()
  await window.screenshot({
    path: process.env['RUSHES_DEMO_PICTURE'] ?? testInfo.outputPath('playing.png'),
  })
  await window.keyboard.press('Escape')

  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [join(samplesFolder, 'B003_C001_0915.mp4')])
  // For a moment the file on its way and the asset it became stand side by side.
  await expect(cards(window).filter({ hasText: 'No review yet' })).toHaveCount(1)
  await expect(cards(window)).toHaveCount(1)
  await expect.poll(() => loadedPictures(window), 'the picture of the upload').toBe(1)
  const made = studioLog(userData).filter(
    (entry) => entry.operation === 'assets.create' && entry.status < 300,
  )
  expect(made).toHaveLength(1)
})
