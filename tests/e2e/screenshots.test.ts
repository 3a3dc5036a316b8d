/** Pictures of every screen and state, light and dark, into RUSHES_SCREENSHOTS. */
import { chmod, mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '../fakes/seeded.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import {
  cards,
  connect,
  contentCentre,
  dropFiles,
  loadedPictures,
  openProduction,
  samplesFolder,
  sendFiles,
} from './actor.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'

const MiB = 2 ** 20
const clip = (name: string) => join(samplesFolder, name)

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }

async function library(launched: LaunchedApp, pictures = 8): Promise<void> {
  await openProduction(launched.window, 'Autumn Campaign')
  await expect.poll(() => loadedPictures(launched.window)).toBeGreaterThan(pictures - 1)
}

test.describe.configure({ timeout: 180_000 })

test('welcome', async ({ launchApp }) => {
  const launched = await launchApp({ size: demo.size })
  await expect(launched.window.getByRole('heading', { name: 'Welcome to Rushes' })).toBeVisible()
  await both(launched, 'welcome')
  await launched.window.getByRole('button', { name: /Candidio/ }).click()
  await expect(launched.window.getByRole('dialog')).toBeVisible()
  await both(launched, 'connect')
})

test('library, list, preview, palette, shortcuts', async ({ launchApp }) => {
  const launched = await launchApp(demo)
  const { window } = launched
  await library(launched)
  await cards(window).first().click()
  await both(launched, 'library')
  await window.keyboard.press('Control+2')
  await expect(
    window.getByRole('columnheader', { name: 'Name' }).or(window.getByText('Added')).first(),
  ).toBeVisible()
  await both(launched, 'library-list')
  await window.keyboard.press('Control+1')
  await cards(window).nth(1).click()
  await window.keyboard.press('Control+k')
  await window.keyboard.type('a01')
  await expect(window.getByRole('dialog')).toContainText('A012_C003_0915.mp4')
  await both(launched, 'palette')
  await window.keyboard.press('Escape')
  await window.keyboard.press('?')
  await expect(window.getByRole('dialog')).toBeVisible()
  await both(launched, 'shortcuts')
  await window.keyboard.press('Escape')
  await openProduction(window, 'Winter catalogue')
  await expect(window.getByText('Drop footage here')).toBeVisible()
  await both(launched, 'library-empty')
  await openProduction(window, 'Northlight Films')
  await both(launched, 'library-workspace')
})

for (const [name, size] of [
  ['1280x800', { width: 1280, height: 800 }],
  ['2560x1440', { width: 2560, height: 1440 }],
  ['1024x720', { width: 1024, height: 720 }],
] as const) {
  test(`library and review at ${name}`, async ({ launchApp }) => {
    const launched = await launchApp({ ...demo, size })
    await library(launched, 4)
    await cards(launched.window).first().click()
    await both(launched, `library-${name}`)
    await openReview(launched, 'A012_C004_0915.mp4')
    await both(launched, `review-${name}`)
  })
}

async function openReview({ window }: LaunchedApp, name: string): Promise<void> {
  await cards(window).filter({ hasText: name }).dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

test('review with comments', async ({ launchApp }) => {
  const launched = await launchApp(demo)
  const { window } = launched
  await library(launched)
  await openReview(launched, 'A012_C003_0915.mp4')
  await both(launched, 'review-empty')
  const say = async (timecode: string, words: string) => {
    const field = window.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill(timecode)
    await field.press('Enter')
    await window.keyboard.press('m')
    await window.keyboard.type(words)
    await window.keyboard.press('Control+Enter')
    await expect(window.getByText(words)).toBeVisible()
    await window.keyboard.press('Escape')
  }
  await say('01:00:01:12', 'Hold two frames longer before the cut.')
  await say('01:00:04:03', 'The sun clips in the red channel. Pull the gain, not the saturation.')
  await say('01:00:07:20', 'Love the birds here. Keep them.')
  await both(launched, 'review')
})

test('settings', async ({ launchApp }) => {
  const launched = await launchApp(demo)
  const { window } = launched
  await library(launched)
  await window.keyboard.press('Control+,')
  for (const section of ['General', 'Connections', 'Transfers', 'Shortcuts', 'Appearance', 'About']) {
    await window
      .getByRole('navigation')
      .getByRole('button', { name: section })
      .or(window.getByRole('tab', { name: section }))
      .first()
      .click()
    await both(launched, `settings-${section.toLowerCase()}`)
  }
})

test('without a key store', async ({ launchApp }) => {
  const launched = await launchApp({ ...demo, keyStore: 'none' })
  await library(launched)
  await launched.window.keyboard.press('Control+,')
  await launched.window.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
  await both(launched, 'settings-no-key-store')
})

test('drop, sheet, queue', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource/)
  const card = await mkdtemp(join(tmpdir(), 'SHUTTLE_03-'))
  const closed = join(card, 'CLOSED')
  try {
    const random = seeded(3)
    for (const camera of ['A_CAM', 'B_CAM']) await mkdir(join(card, camera))
    for (const [name, size] of [
      ['A_CAM/A012_C011_0915.mov', 48 * MiB],
      ['A_CAM/A012_C012_0915.mov', 36 * MiB],
      ['A_CAM/A012_C017_0915.mov', 20 * MiB],
      ['B_CAM/B003_C008_0915.mov', 12 * MiB],
      ['B_CAM/slate_notes_day3.txt', 0],
      ['.DS_Store', 6148],
    ] as const) {
      await writeFile(join(card, name), random.bytes(size))
    }
    await writeFile(closed, 'nobody may read this')
    await chmod(closed, 0)
    const launched = await launchApp({ ...demo, args: ['--demo', `--studio-throttle=${2 * MiB}`] })
    const { window } = launched
    await library(launched)
    const dropped = [card, clip('B003_C001_0915.mp4'), clip('A012_C009_0915.mp4')]
    const centre = await contentCentre(window)
    await dropFiles(window, centre, dropped, () => both(launched, 'drop'))
    await expect(window.getByRole('button', { name: /^Send \d+ files?/ })).toBeEnabled()
    await both(launched, 'drop-sheet')
    await window.getByRole('button', { name: /^Send \d+ files?/ }).click()
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await expect(window.getByText(/MB\/s|KB\/s/).first()).toBeVisible()
    await expect
      .poll(() => window.evaluate(() => document.querySelectorAll('[role="listbox"] [role="option"]').length))
      .toBeGreaterThan(8)
    await both(launched, 'library-uploading')
    await window.keyboard.press('Control+j')
    const rows = window
      .getByRole('option', { name: /A012_C012_0915/ })
      .or(window.getByRole('row', { name: /A012_C012_0915/ }))
    await expect(rows.first()).toBeVisible()
    await both(launched, 'queue')
  } finally {
    await chmod(closed, 0o600)
    await rm(card, { recursive: true, force: true })
  }
})

test('the queue in every state', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource/)
  const card = await mkdtemp(join(tmpdir(), 'SHUTTLE_04-'))
  try {
    const random = seeded(4)
    const sizes = { C011: 64, C012: 48, C017: 40, C018: 30, C019: 24, C020: 6, C021: 36, C022: 20 } as const
    const names = Object.keys(sizes).map((name) => join(card, `A012_${name}_0915.mov`))
    for (const [index, size] of Object.values(sizes).entries()) {
      await writeFile(names[index] ?? '', random.bytes(size * MiB))
      await utimes(names[index] ?? '', 1_700_000_000, 1_700_000_000)
    }
    const launched = await launchApp({ ...demo, args: ['--demo', `--studio-throttle=${8 * MiB}`] })
    const { window } = launched
    await library(launched)
    await sendFiles(window, [...names, clip('A012_C009_0915.mp4')])
    await window.keyboard.press('Control+j')
    const row = (name: string) => window.getByRole('row', { name: new RegExp(name) })
    await row('C021').getByRole('button', { name: 'More' }).click()
    await window.getByRole('menuitem', { name: 'Pause' }).click()
    await expect(row('C021')).toContainText('Paused by you')
    // Gone from the card before its turn came, and changed on the card in the middle of its way.
    await rm(names[7] ?? '')
    await expect(row('C012')).toContainText(/Part \d/)
    await truncate(names[1] ?? '', 4 * MiB)
    await utimes(names[1] ?? '', 1_700_000_100, 1_700_000_100)
    await expect(row('C012')).toContainText(/changed/i, { timeout: 60_000 })
    await expect(row('C022')).toContainText(/Waiting for the disk/, { timeout: 60_000 })
    await expect(row('C009')).toContainText('Done', { timeout: 60_000 })
    await row('C011').click()
    await both(launched, 'queue-states')
    await row('C012').click()
    await both(launched, 'queue-needs-you')
  } finally {
    await rm(card, { recursive: true, force: true })
  }
})

test('the studio is gone', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource/)
  const launched = await launchApp({ ...demo, args: ['--demo', `--studio-throttle=${MiB}`] })
  const { window, app } = launched
  await library(launched)
  await sendFiles(window, [clip('A012_C009_0915.mp4'), clip('B003_C002_0915.mp4')])
  // The studio is ended by its process id for good: what supervises it starts it again, so it is stopped (SIGSTOP) instead.
  const pid = await app.evaluate(
    ({ app: running }) => running.getAppMetrics().find((one) => one.name === 'Rushes studio')?.pid,
  )
  if (pid === undefined) throw new Error('no studio')
  process.kill(pid, 'SIGSTOP')
  try {
    await openProduction(window, 'Harbour, a portrait')
    await both(launched, 'library-loading')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
})

test('a service that is not there', async ({ launchApp }) => {
  const studio = await startStudio({ samplesFolder })
  try {
    const first = await launchApp({ size: demo.size })
    await connect(first.window, studio)
    await expect.poll(() => loadedPictures(first.window)).toBeGreaterThan(7)
    await first.close()
    await studio.stop()
    const launched = await launchApp({ size: demo.size, userData: first.userData })
    await expect(launched.window.getByRole('treeitem', { name: /Northlight/ }).first()).toContainText(
      'offline',
    )
    await expect.poll(() => loadedPictures(launched.window)).toBeGreaterThan(7)
    await both(launched, 'library-offline')
  } finally {
    await studio.dispose()
  }
})
