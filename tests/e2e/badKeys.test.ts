/** Secrets that stop working in the middle of an upload: said in words, and everything goes on once they are put right. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transfers as words } from '../../src/renderer/text/en/transfers.ts'
import type { StudioKeys } from '../../src/studio/control.ts'
import { seeded } from '../fakes/seeded.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import { connect, openProduction, samplesFolder, sendFiles } from './actor.ts'
import { expectArrived, summary, untilDone } from './arrived.ts'
import { Card } from './card.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'
import { closeQueue, line, openQueue, saying, untilUnderWay } from './queueLines.ts'

const MiB = 2 ** 20
const random = seeded(641)
const options = { samplesFolder, throttleBytesPerSecond: 12 * MiB }

let above: string
let studio: StudioProcess
let first: StudioProcess
test.beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'rushes-keys-'))
  first = await startStudio(options)
  studio = first
  process.stdout.write(`seed ${random.seed}\n`)
})
test.afterEach(async () => {
  await studio.dispose()
  await first.dispose()
  await rm(above, { recursive: true, force: true })
})

/** The same service, which takes other secrets from now on. */
async function changeKeys(keys: Partial<StudioKeys>): Promise<void> {
  await studio.kill()
  const { folder, port } = studio
  studio = await startStudio({ ...options, folder, port, keys: { ...studio.keys, ...keys } })
}

const newSecret = () => random.bytes(20).toString('hex')

async function begin({ window }: LaunchedApp): Promise<Card> {
  const card = new Card(above, random)
  await card.noise(['CARD', 'long.mxf'], 96 * MiB, 'application/mxf')
  for (let index = 0; index < 6; index += 1)
    await card.noise(['CARD', `still-${index}.exr`], 300_000, 'image/x-exr')
  await connect(window, studio)
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [join(above, 'CARD')])
  await openQueue(window)
  await untilUnderWay(window, 'long.mxf')
  return card
}

async function expectAllHere({ window }: LaunchedApp, card: Card): Promise<void> {
  await untilDone(window, card.sources.length, 90_000)
  await closeQueue(window)
  await openProduction(window, 'Winter catalogue')
  await expectArrived(window, card.sources)
}

test('a token that was revoked: the transfers wait for a sign-in, and go on after it', async ({
  launchApp,
  expectConsoleError,
}) => {
  test.setTimeout(180_000)
  expectConsoleError(/Failed to load resource/)
  const launched = await launchApp()
  const { window } = launched
  const card = await begin(launched)
  const token = newSecret()
  await changeKeys({ token })

  const long = line(window, 'long.mxf')
  await expect(long).toContainText(words.waits.auth, { timeout: 60_000 })
  await expect(long).toContainText(words.waitMore.auth)
  await expect(window.getByRole('treeitem', { name: /Northlight/ }).first()).toContainText('signed out')
  expect((await summary(window)).needsYou).toBeGreaterThan(0)

  await long.getByRole('button', { name: words.signIn, exact: true }).click()
  const sheet = window.getByRole('dialog')
  await sheet.getByLabel('Access token').fill(newSecret())
  await sheet.getByRole('button', { name: words.signIn, exact: true }).click()
  await expect(sheet.getByText(saying('auth.expired').what)).toBeVisible()
  await sheet.getByLabel('Access token').fill(token)
  await sheet.getByRole('button', { name: words.signIn, exact: true }).click()
  await expect(sheet).toHaveCount(0)
  await expectAllHere(launched, card)
})

test('keys the storage refuses: tried again as they are once it takes them, or given anew', async ({
  launchApp,
  expectConsoleError,
}) => {
  test.setTimeout(240_000)
  expectConsoleError(/Failed to load resource/)
  const launched = await launchApp()
  const { window } = launched
  const card = await begin(launched)
  const { secretAccessKey } = studio.keys
  await changeKeys({ secretAccessKey: newSecret() })

  const denied = saying('storage.denied')
  const long = line(window, 'long.mxf')
  await expect(long).toContainText(denied.short, { timeout: 60_000 })
  await expect(long).toContainText(denied.more)
  // The service itself still knows us: nobody is asked to sign in.
  await expect(window.getByRole('treeitem', { name: /Northlight/ }).first()).not.toContainText('signed out')
  await changeKeys({ secretAccessKey })
  await long.getByRole('button', { name: words.tryNow }).click()
  await expect.poll(async () => (await summary(window)).waiting, { timeout: 30_000 }).toBe(0)
  await untilUnderWay(window, 'long.mxf')

  const renewed = newSecret()
  await changeKeys({ secretAccessKey: renewed })
  await expect(long).toContainText(denied.short, { timeout: 60_000 })
  await long.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: words.signInAgain }).click()
  const sheet = window.getByRole('dialog')
  await sheet.getByLabel('Access token').fill(studio.token)
  await sheet.getByLabel('Secret key').fill(renewed)
  await sheet.getByRole('button', { name: words.signIn, exact: true }).click()
  await expect(sheet).toHaveCount(0)
  await expectAllHere(launched, card)
})
