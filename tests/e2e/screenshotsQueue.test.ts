/** Pictures of the transfers in every state and reason, of a hundred thousand of them, and of what is said when they cannot be opened. */
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { transfers as words } from '../../src/renderer/text/en/transfers.ts'
import type { ErrorCode } from '../../src/shared/errors.ts'
import type { WaitReason } from '../../src/shared/transfer.ts'
import { seeded } from '../fakes/seeded.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import { connect, loadedPictures, openProduction, samplesFolder, sendFiles } from './actor.ts'
import { Card } from './card.ts'
import { fillQueue, type QueueRow } from './filledQueue.ts'
import type { LaunchedApp, LaunchOptions } from './launch.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { line, openQueue } from './queueLines.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30
const minute = 60_000
const place = ['Northlight Films', 'Autumn Campaign', 'Day 3']
const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }
type Launch = (options: LaunchOptions) => Promise<LaunchedApp>

test.describe.configure({ timeout: 180_000 })

/** The library with these transfers. */
async function withQueue(
  launchApp: Launch,
  rows: Iterable<QueueRow>,
  size = demo.size,
): Promise<LaunchedApp> {
  const first = await launchApp(demo)
  await openProduction(first.window, 'Autumn Campaign')
  await first.close()
  fillQueue(first.userData, place, rows)
  const launched = await launchApp({ ...demo, size, userData: first.userData })
  await openProduction(launched.window, 'Autumn Campaign')
  await expect.poll(() => loadedPictures(launched.window)).toBeGreaterThan(3)
  await openQueue(launched.window)
  return launched
}

const clip = (index: number) => `A012_C0${10 + index}_0915.mov`

const waits: readonly [WaitReason, ErrorCode, number | undefined][] = [
  ['offline', 'network.offline', undefined],
  ['offline', 'network.untrusted', undefined],
  ['auth', 'auth.expired', undefined],
  ['auth', 'storage.denied', undefined],
  ['throttled', 'remote.rateLimited', 2 * minute],
  ['sourceMissing', 'source.missing', 40_000],
  ['sourceLocked', 'source.locked', 5 * minute],
  ['sourceBusy', 'source.changed', 9_000],
  ['backoff', 'remote.unavailable', 11 * minute],
]
const failures: readonly ErrorCode[] = [
  'source.changed',
  'source.unreadable',
  'storage.tooLarge',
  'upload.corruptPath',
  'remote.refused',
  'storage.conflict',
  'internal.bug',
]

const inEveryState: readonly QueueRow[] = [
  ...waits.map(([waitReason, code, triesIn], index) => ({
    name: clip(index),
    state: 'waiting' as const,
    waitReason,
    failure: { code, facts: {} },
    bytes: (index + 2) * GiB,
    parts: 40 * (index + 2),
    partsStored: waitReason === 'sourceMissing' ? 0 : 17 * (index + 1),
    ...(triesIn === undefined ? {} : { triesIn }),
  })),
  ...failures.map((code, index) => ({
    name: clip(20 + index),
    state: 'failed' as const,
    failure: { code, facts: code === 'remote.refused' ? { message: 'The production is archived.' } : {} },
    bytes: 600 * MiB,
    parts: 38,
    partsStored: code === 'storage.tooLarge' ? 0 : 5 * index,
  })),
  { name: clip(40), state: 'paused', bytes: 3 * GiB, parts: 192, partsStored: 80 },
  { name: clip(41), state: 'canceled', bytes: 900 * MiB, parts: 57 },
  { name: clip(42), state: 'done', bytes: 700 * MiB, parts: 44 },
  { name: 'day3_sound_report.pdf', state: 'done', bytes: 180_000, mediaType: 'application/pdf' },
]

test('the queue with every reason and failure', async ({ launchApp }) => {
  const launched = await withQueue(launchApp, inEveryState, { width: 1440, height: 1300 })
  const { window } = launched
  await expect(line(window, clip(3))).toContainText('Storage refused the keys')
  await window.getByRole('separator', { name: 'Resize the transfers' }).focus()
  for (let press = 0; press < 20; press += 1) await window.keyboard.press('ArrowUp')
  await line(window, clip(3)).click()
  await both(launched, 'queue-reasons')
  await line(window, clip(26)).click()
  await both(launched, 'queue-failures')
  await window
    .getByRole('radio', { name: /Needs you/ })
    .or(window.getByRole('tab', { name: /Needs you/ }))
    .first()
    .click()
  await expect(line(window, clip(0))).toHaveCount(0)
  await both(launched, 'queue-needs-you-all')
})

function* hundredThousand(): Generator<QueueRow> {
  const random = seeded(7)
  for (let index = 0; index < 100_000; index += 1) {
    const at = String(86_400 + index).padStart(7, '0')
    const common = {
      name: `SH040_comp_v012.${at}.exr`,
      bytes: 11 * MiB + random.below(MiB),
      mediaType: 'image/x-exr',
      folders: ['SH040', 'v012'],
    }
    if (index < 61_000) yield { ...common, state: 'done' }
    else if (index < 61_040)
      yield {
        ...common,
        state: 'waiting',
        waitReason: 'sourceMissing',
        failure: { code: 'source.missing', facts: {} },
        triesIn: 50_000,
      }
    else if (index < 61_052)
      yield { ...common, state: 'failed', failure: { code: 'source.unreadable', facts: {} } }
    else yield { ...common, state: 'paused' }
  }
}

test('a queue of a hundred thousand', async ({ launchApp }) => {
  const launched = await withQueue(launchApp, hundredThousand())
  const { window } = launched
  await expect(window.getByRole('contentinfo')).toContainText('100,000')
  await both(launched, 'queue-100000')
  const list = window.getByRole('grid', { name: words.title })
  await list.focus()
  await window.keyboard.press('End')
  await expect(line(window, '0186399.exr')).toBeVisible()
  await both(launched, 'queue-100000-end')
})

test('signing in again', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource/)
  const above = await mkdtemp(join(tmpdir(), 'SHUTTLE_05-'))
  const options = { samplesFolder, throttleBytesPerSecond: 6 * MiB }
  const studio = await startStudio(options)
  let second = studio
  try {
    const card = new Card(above, seeded(8))
    for (const [index, size] of [64, 48, 3, 2].entries())
      await card.noise(['A_CAM', clip(index)], size * MiB, 'video/quicktime')
    const launched = await launchApp({ size: demo.size })
    const { window } = launched
    await connect(window, studio)
    await expect.poll(() => loadedPictures(window)).toBeGreaterThan(7)
    await sendFiles(window, [join(above, 'A_CAM')])
    await openQueue(window)
    await expect(line(window, clip(0))).toContainText(/Part \d/, { timeout: 30_000 })
    await studio.kill()
    second = await startStudio({
      ...options,
      folder: studio.folder,
      port: studio.port,
      keys: { ...studio.keys, token: 'another-token-another-token' },
    })
    await expect(line(window, clip(0))).toContainText(words.waits.auth, { timeout: 60_000 })
    await line(window, clip(0)).click()
    await both(launched, 'queue-signed-out')
    await line(window, clip(0)).getByRole('button', { name: words.signIn, exact: true }).click()
    await expect(window.getByRole('dialog')).toBeVisible()
    await both(launched, 'sign-in-again')
  } finally {
    await second.dispose()
    await studio.dispose()
    await rm(above, { recursive: true, force: true })
  }
})

test('transfers that cannot be opened, and a library that was put back', async ({ launchApp }) => {
  const first = await launchApp(demo)
  await openProduction(first.window, 'Autumn Campaign')
  await first.close()
  const addon = process.env['RUSHES_SQLITE_ADDON']
  const db = new Database(
    join(first.userData, 'transfers.db'),
    addon === undefined ? {} : { nativeBinding: addon },
  )
  db.pragma('user_version = 99')
  db.close()
  const library = await open(join(first.userData, 'library.db'), 'r+')
  await library.write(Buffer.alloc(60_000, 7), 0, 60_000, 0)
  await library.close()
  const launched = await launchApp({ ...demo, userData: first.userData })
  await openProduction(launched.window, 'Autumn Campaign')
  await expect.poll(() => loadedPictures(launched.window)).toBeGreaterThan(3)
  await expect(launched.window.getByRole('alert')).toBeVisible()
  await both(launched, 'saved-state')
  await openQueue(launched.window)
  await both(launched, 'queue-closed')
})
