/** What is kept on this computer cannot be opened, was damaged, or has no room: the window says so and the rest goes on. */
import { existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { app as appWords, notices } from '../../src/renderer/text/en/shell.ts'
import { transfers as words } from '../../src/renderer/text/en/transfers.ts'
import { seeded } from '../fakes/seeded.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import {
  cards,
  connect,
  contentCentre,
  dropFiles,
  openProduction,
  samplesFolder,
  sendFiles,
} from './actor.ts'
import { expectArrived, summary, untilDone } from './arrived.ts'
import { Card } from './card.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'
import { closeQueue, line, openQueue, saying, untilUnderWay } from './queueLines.ts'

const MiB = 2 ** 20
const random = seeded(651)
const demo = { args: ['--demo'] }

let above: string
test.beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'rushes-state-'))
})
test.afterEach(() => rm(above, { recursive: true, force: true }))

function openFile(path: string): Database.Database {
  const addon = process.env['RUSHES_SQLITE_ADDON']
  return new Database(path, addon === undefined ? {} : { nativeBinding: addon })
}

/** A profile that was used and closed. */
async function usedProfile(launchApp: (options: typeof demo) => Promise<LaunchedApp>): Promise<string> {
  const { window, userData, close } = await launchApp(demo)
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).first()).toBeVisible()
  await close()
  return userData
}

const hostPid = ({ app }: LaunchedApp) =>
  app.evaluate(
    ({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Rushes transfers')?.pid,
  )

/** Looks at footage, the settings and the transfers; drops something, which is refused in words. */
async function expectUsable(launched: LaunchedApp, what: string): Promise<void> {
  const { window } = launched
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).first()).toBeVisible()
  await window.keyboard.press('Control+,')
  await expect(window.getByRole('navigation').getByRole('button', { name: 'Appearance' })).toBeVisible()
  await window.keyboard.press('Alt+ArrowLeft')
  await openProduction(window, 'Winter catalogue')
  await openQueue(window)
  await expect(window.getByRole('region', { name: words.title }).getByRole('alert')).toContainText(what)
  await closeQueue(window)
  const path = join(above, 'note.txt')
  await writeFile(path, 'nothing of this is sent')
  await dropFiles(window, await contentCentre(window), [path])
  await expect(window.getByRole('alert').filter({ hasText: what })).toHaveCount(2)
  await expect(window.getByRole('dialog')).toHaveCount(0)
}

for (const [name, spoil, code] of [
  ['of a newer version', (db: Database.Database) => db.pragma('user_version = 99'), 'database.newer'],
  [
    'whose tables are gone',
    (db: Database.Database) => db.exec('DROP TABLE note; DROP TABLE transfer'),
    'database.corrupt',
  ],
] as const) {
  test(`transfers ${name} stay closed and as they are; the window says so and the rest works`, async ({
    launchApp,
  }) => {
    const userData = await usedProfile(launchApp)
    const file = join(userData, 'transfers.db')
    const db = openFile(file)
    spoil(db)
    db.close()
    const before = await readFile(file)
    const launched = await launchApp({ ...demo, userData })
    const { window } = launched
    const { what, more, short } = saying(code)
    const notice = window.getByRole('alert').filter({ hasText: notices.closed })
    await expect(notice).toContainText(`${what} ${more}`)
    await expect(window.getByRole('contentinfo')).toContainText(short)
    const pid = await hostPid(launched)
    await expectUsable(launched, what)
    expect(await hostPid(launched)).toBe(pid)
    await launched.close()
    expect(await readFile(join(userData, 'logs', 'main.log'), 'utf8')).not.toMatch(/Rushes transfers ended/)
    expect(Buffer.compare(await readFile(file), before)).toBe(0)
  })
}

test('transfers that another program holds open by themselves as soon as it lets go', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const userData = await usedProfile(launchApp)
  const other = openFile(join(userData, 'transfers.db'))
  other.pragma('locking_mode = EXCLUSIVE')
  other.exec('BEGIN EXCLUSIVE')
  const launched = await launchApp({ ...demo, userData })
  const { window } = launched
  const { what } = saying('database.unavailable')
  const notice = window.getByRole('alert').filter({ hasText: notices.closed })
  await expect(notice).toContainText(what)
  await notice.getByRole('button', { name: appWords.tryAgain }).click()
  await expectUsable(launched, what)
  other.exec('ROLLBACK')
  other.close()
  await expect(notice).toHaveCount(0, { timeout: 60_000 })
  const card = new Card(above, random)
  await card.noise(['CARD', 'clip.mxf'], MiB, 'application/mxf')
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [join(above, 'CARD')])
  await untilDone(window, 1, 60_000)
  await expectArrived(window, card.sources)
})

test('a damaged library is put back from its copy, damaged transfers begin empty; both are said', async ({
  launchApp,
}) => {
  const userData = await usedProfile(launchApp)
  for (const name of ['library.db', 'transfers.db']) {
    const file = await open(join(userData, name), 'r+')
    await file.write(random.bytes(60_000), 0, 60_000, 0)
    await file.close()
  }
  for (const copy of ['transfers.db.backup-1', 'transfers.db.backup-2'])
    await rm(join(userData, copy), { force: true })
  expect(existsSync(join(userData, 'library.db.backup-1'))).toBe(true)
  const { window } = await launchApp({ userData })
  const library = window.getByRole('status').filter({ hasText: 'The saved library was damaged' })
  await expect(library).toContainText(notices.library.restored(Date.now()).more)
  const list = window.getByRole('status').filter({ hasText: notices.transfers.rebuilt.what })
  await expect(list).toContainText(notices.transfers.rebuilt.more)
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).first()).toBeVisible()
  await list.getByRole('button', { name: appWords.close }).click()
  await expect(list).toHaveCount(0)
  await expect(library).toBeVisible()
  await window.reload()
  await expect(library).toBeVisible()
  await expect(list).toHaveCount(0)
})

const smallDisk = process.env['RUSHES_SMALL_DISK']
test('a disk without room for the database holds the transfers up; with room they go on', async ({
  launchApp,
  expectConsoleError,
}) => {
  test.skip(smallDisk === undefined, 'only root can mount a disk to fill')
  test.setTimeout(180_000)
  expectConsoleError(/Failed to load resource/)
  const disk = smallDisk ?? ''
  const filler = join(disk, 'filler')
  const studio = await startStudio({ samplesFolder, throttleBytesPerSecond: 12 * MiB })
  try {
    const card = new Card(above, random)
    await card.noise(['CARD', 'long.mxf'], 96 * MiB, 'application/mxf')
    for (let index = 0; index < 40; index += 1)
      await card.noise(['CARD', `still-${index}.exr`], 200_000, 'image/x-exr')
    const { window, close } = await launchApp({ userData: join(disk, 'profile') })
    await connect(window, studio)
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, [join(above, 'CARD')])
    await openQueue(window)
    await untilUnderWay(window, 'long.mxf')
    await fill(filler)

    const long = line(window, 'long.mxf')
    await expect(long).toContainText(words.waits.databaseFull, { timeout: 60_000 })
    await expect(long).toContainText(words.waitMore.databaseFull)
    await expect(window.getByRole('contentinfo')).toContainText(words.waitsShort.databaseFull)
    const { bytesStored } = await summary(window)
    await closeQueue(window)
    await openProduction(window, 'Autumn Campaign')
    await expect(cards(window).first()).toBeVisible()

    await rm(filler)
    await expect
      .poll(async () => (await summary(window)).bytesStored, { timeout: 60_000 })
      .toBeGreaterThan(bytesStored)
    await untilDone(window, card.sources.length, 90_000)
    await openProduction(window, 'Winter catalogue')
    await expectArrived(window, card.sources)
    await close()
  } finally {
    await studio.dispose()
  }
})

/** To the last byte. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (let piece = MiB; piece >= 1; ) {
      try {
        await file.appendFile(Buffer.alloc(piece, 1))
      } catch (error) {
        if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ENOSPC') throw error
        piece = Math.floor(piece / 2)
      }
    }
  } finally {
    await file.close()
  }
}
