/** The sheet of a drop: names that are taken where it goes, and a look that was cut off. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { constants as osConstants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { drop } from '../../src/renderer/text/en/transfers.ts'
import { seeded } from '../fakes/seeded.ts'
import { contentCentre, dropFiles, openProduction, samplesFolder, sendFiles } from './actor.ts'
import { untilDone } from './arrived.ts'
import { Card } from './card.ts'
import { expect, test } from './launch.ts'

const random = seeded(661)
const demo = { args: ['--demo'] }
let above: string
test.beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'rushes-drop-'))
})
test.afterEach(() => rm(above, { recursive: true, force: true }))

test('names that an asset of the place has are told, and told anew for another place', async ({
  launchApp,
}) => {
  const folder = join(above, 'CARD')
  await mkdir(folder)
  await copyFile(join(samplesFolder, 'A012_C003_0915.mp4'), join(folder, 'A012_C003_0915.mp4'))
  const { window } = await launchApp(demo)
  await openProduction(window, 'Autumn Campaign')
  // Only what was written a moment ago is told to be busy.
  await writeFile(join(folder, 'new.wav'), random.bytes(50_000))
  await dropFiles(window, await contentCentre(window), [folder])
  const sheet = window.getByRole('dialog')
  const finding = sheet.getByText(drop.problems.sameName.words)
  await expect(finding).toHaveCount(1)
  await sheet.getByRole('button', { name: drop.change }).click()
  await sheet.getByRole('button', { name: /^Winter catalogue/ }).click()
  await expect(sheet.getByText(drop.problems.busy.words).first()).toBeVisible()
  await expect(finding).toHaveCount(0)
  // Back to where the name is taken, without the place having been opened again.
  await sheet.getByRole('button', { name: drop.change }).click()
  await sheet.getByRole('button', { name: /^Autumn Campaign/ }).click()
  await expect(finding).toHaveCount(1)
  await sheet.getByRole('button', { name: 'Cancel' }).click()

  // What was sent a moment ago is there as well.
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [join(samplesFolder, 'A012_C003_0915.mp4')])
  await untilDone(window, 1, 60_000)
  await dropFiles(window, await contentCentre(window), [join(samplesFolder, 'A012_C003_0915.mp4')])
  await expect(finding).toHaveCount(1)
})

test('a look that was cut off says so, sends nothing, and looks again', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const card = new Card(above, random)
  for (let index = 0; index < 4_000; index += 1)
    await card.noise(
      ['CARD', `day-${index % 40}`, `still-${index}.exr`],
      1 + random.below(100),
      'image/x-exr',
    )
  const { app, window } = await launchApp(demo)
  const hostPid = () =>
    app.evaluate(
      ({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Rushes transfers')?.pid ?? 0,
    )
  await openProduction(window, 'Winter catalogue')
  const pid = await hostPid()
  // On a busy computer it must not be through before it is ended.
  setPriority(pid, osConstants.priority.PRIORITY_LOW)
  const sheet = window.getByRole('dialog')
  await dropFiles(window, await contentCentre(window), [join(above, 'CARD')])
  await expect(sheet.getByText(drop.looking).first()).toBeVisible()
  process.kill(pid, 'SIGKILL')
  await expect(sheet).toContainText(`${drop.cut.failed.what} ${drop.cut.failed.more}`)
  await expect(window.getByRole('button', { name: /^Send/ })).toHaveCount(0)
  const again = sheet.getByRole('button', { name: drop.lookAgain })
  const send = window.getByRole('button', { name: drop.send(card.sources.length) })
  // Asked for before what looks is there again, the sheet stays and offers it once more.
  await expect(async () => {
    await expect(again.or(send)).toBeEnabled({ timeout: 10_000 })
    if (await again.isVisible()) await again.click()
    await expect(send).toBeEnabled({ timeout: 10_000 })
  }).toPass({ timeout: 60_000 })
  expect(await hostPid()).not.toBe(pid)
  await expect(sheet).not.toContainText(drop.cut.failed.what)
})
