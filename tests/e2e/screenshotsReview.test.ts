/** Pictures of the review room in every state, light and dark, into RUSHES_SCREENSHOTS. */
import { cards, loadedPictures, openProduction } from './actor.ts'
import { connectIconik, iconikName, openReview, openRidgeDay, startIconik } from './iconikLife.ts'
import { expect, type LaunchedApp, test } from './launch.ts'
import { both } from './pictures.ts'
import { showBesides } from './reviewBesides.ts'
import {
  openTalkedOf,
  showCompare,
  showDrawings,
  showFullScreen,
  showOthers,
  showPlayer,
  showWords,
} from './reviewScreens.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }
const looking = (launched: LaunchedApp) => (screen: string) => both(launched, screen)

test.describe.configure({ timeout: 180_000 })

test('played and drawn on', async ({ launchApp }) => {
  const launched = await launchApp(demo)
  await openTalkedOf(launched.window)
  await showPlayer(launched, looking(launched))
  await showDrawings(launched, looking(launched))
  await showFullScreen(launched, looking(launched))
})

test('said', async ({ launchApp }) => {
  const launched = await launchApp(demo)
  await openTalkedOf(launched.window)
  await showWords(launched, looking(launched))
  await showBesides(launched, looking(launched))
})

test('compared, and what is no film', async ({ launchApp }) => {
  const launched = await launchApp(demo)
  await openTalkedOf(launched.window)
  await showCompare(launched, looking(launched))
  await showOthers(launched, looking(launched))
})

const mainScreens = [
  'review-range',
  'review-drawn',
  'review-drawing',
  'review-several',
  'review-compare-wipe',
]

for (const [width, height] of [
  [1280, 800],
  [2560, 1440],
] as const) {
  test(`the main ones at ${width}x${height}`, async ({ launchApp }) => {
    const launched = await launchApp({ ...demo, size: { width, height } })
    const look = async (screen: string) => {
      if (mainScreens.includes(screen)) await both(launched, `${screen}-${width}x${height}`)
    }
    await openTalkedOf(launched.window)
    await showPlayer(launched, look)
    await showDrawings(launched, look)
    await showCompare(launched, look)
    await showWords(launched, look)
  })
}

test('waiting', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource/)
  const launched = await launchApp(demo)
  const { app, window } = launched
  await openProduction(window, 'Autumn Campaign')
  await expect.poll(() => loadedPictures(window)).toBeGreaterThan(7)
  const pid = await app.evaluate(
    ({ app: running }) => running.getAppMetrics().find((one) => one.name === 'Rushes studio')?.pid,
  )
  if (pid === undefined) throw new Error('no studio')
  // It is there and says nothing.
  process.kill(pid, 'SIGSTOP')
  try {
    await cards(window).filter({ hasText: 'A012_C004_0915.mp4' }).dblclick()
    await expect(window.getByRole('main')).toBeVisible()
    await both(launched, 'review-waiting')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('offline, with what was said before', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource/)
  const { studio } = await startIconik()
  try {
    const first = await launchApp({ size: demo.size })
    await connectIconik(first.window, studio)
    await openRidgeDay(first.window)
    await openReview(first.window, 'Ridge, first light')
    await expect(first.window.getByText('The birds pull the eye away')).toBeVisible()
    await first.close()
    await studio.stop()
    const launched = await launchApp({ size: demo.size, userData: first.userData })
    const { window } = launched
    await expect(window.getByRole('treeitem', { name: iconikName })).toContainText('offline')
    await cards(window).filter({ hasText: 'Ridge, first light' }).dblclick()
    await expect(window.getByText('The birds pull the eye away')).toBeVisible()
    await expect(window.getByText('Not connected')).toBeVisible()
    await both(launched, 'review-offline')
  } finally {
    await studio.dispose()
  }
})
