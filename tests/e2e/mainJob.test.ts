/** The main job: footage dropped on a production arrives whole, is registered once, plays, and goes on after a close. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { LogEntry } from '../../src/studio/http/requestLog.ts'
import { seeded } from '../fakes/seeded.ts'
import { cards, frameOnScreen, openProduction, samplesFolder, sendFiles, studioLog } from './actor.ts'
import { expectArrived, leftBehind, summary, untilDone } from './arrived.ts'
import { Card } from './card.ts'
import { expect, test } from './launch.ts'

const MiB = 2 ** 20
const bigBytes = 300 * MiB

test('clips and 300 MiB of noise arrive whole and once, through a close in the middle', async ({
  launchApp,
}) => {
  test.setTimeout(180_000)
  const folder = await mkdtemp(join(tmpdir(), 'rushes-card-'))
  try {
    const clips = (await readdir(samplesFolder)).filter((name) => extname(name) === '.mp4').slice(0, 4)
    const card = new Card(folder, seeded(300))
    for (const name of clips) await card.copy(join(samplesFolder, name), [name], 'video/mp4')
    await card.noise(['A001_C001_noise.bin'], bigBytes, 'application/octet-stream')
    const { sources } = card

    const first = await launchApp({ args: ['--demo', `--studio-throttle=${30 * MiB}`] })
    const { userData } = first
    await openProduction(first.window, 'Winter catalogue')
    await sendFiles(
      first.window,
      sources.map(({ path }) => path),
    )
    await expect
      .poll(async () => (await summary(first.window)).bytesStored, { timeout: 60_000 })
      .toBeGreaterThan(100 * MiB)
    expect((await summary(first.window)).done).toBeLessThan(sources.length)
    await first.close()

    const { parts: committed } = leftBehind(userData)
    const before = studioLog(userData)
    expect(committed.size).toBeGreaterThan(3)

    const second = await launchApp({ userData, args: ['--demo'] })
    const { window } = second
    await untilDone(window, sources.length, 90_000)

    const after = studioLog(userData).slice(before.length)
    const isOfFile = (entry: LogEntry) => entry.key?.endsWith('noise.bin') === true
    const sentAfter = after.filter((entry) => entry.operation === 'UploadPart' && isOfFile(entry))
    const sentTwice = sentAfter.filter((entry) => committed.has(`${entry.uploadId}/${entry.partNumber}`))
    expect(sentTwice, 'parts that were committed before the close and sent again').toEqual([])
    expect(sentAfter.length, 'the rest was sent').toBeGreaterThan(0)
    const created = [...before, ...after].filter(
      (entry) => entry.operation === 'CreateMultipartUpload' && entry.status === 200 && isOfFile(entry),
    )
    expect(created).toHaveLength(1)
    const distinct = new Set(
      [...before, ...after]
        .filter((entry) => entry.operation === 'UploadPart' && entry.status === 200 && isOfFile(entry))
        .map((entry) => entry.partNumber),
    )
    process.stdout.write(
      `parts: ${distinct.size} needed, ${committed.size} committed before the close, ${sentAfter.length} sent after it, 0 sent twice\n`,
    )
    const registered = [...before, ...after].filter(
      (entry) => entry.operation === 'assets.create' && entry.status < 300,
    )
    expect(registered).toHaveLength(sources.length)

    await openProduction(window, 'Winter catalogue')
    await expect(cards(window)).toHaveCount(sources.length)
    await expectArrived(window, sources)

    await openProduction(window, 'Harbour, a portrait')
    await window.keyboard.press('Control+j')
    await window
      .getByRole('row', { name: new RegExp(clips[1] ?? '') })
      .getByRole('button', { name: 'More' })
      .click()
    await window.getByRole('menuitem', { name: 'Show in the library' }).click()
    await expect(window.getByRole('heading', { level: 1, name: 'Winter catalogue' })).toBeVisible()
    await window.keyboard.press('Control+j')
    await cards(window)
      .filter({ hasText: clips[0] ?? '' })
      .dblclick()
    await expect.poll(() => frameOnScreen(window)).toBe(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
