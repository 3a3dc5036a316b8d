/** The main job: footage dropped on a production arrives whole, is registered once, plays, and goes on after a close. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { LogEntry } from '../../src/studio/http/requestLog.ts'
import { seeded } from '../fakes/seeded.ts'
import {
  ask,
  cards,
  frameOnScreen,
  openProduction,
  samplesFolder,
  sendFiles,
  sha256Of,
  studioLog,
} from './actor.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

const MiB = 2 ** 20
const bigBytes = 300 * MiB

const listSchema = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      bytes: z.number(),
      latestVersionId: z.string(),
      connectionId: z.string(),
    }),
  ),
  total: z.number(),
})
const summarySchema = z.object({ total: z.number(), done: z.number(), bytesStored: z.number() })

async function summary(window: LaunchedApp['window']) {
  return summarySchema.parse(await ask(window, 'transfers.summary'))
}

/** SHA-256 of a version's bytes as the store gives them back, through the player's own door. */
function storedSha256(window: LaunchedApp['window'], url: string): Promise<string> {
  return window.evaluate(async (address) => {
    const bytes = await (await fetch(address)).arrayBuffer()
    const hash = await crypto.subtle.digest('SHA-256', bytes)
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }, url)
}

/** Part rows that were committed, by upload id, from the closed app's own database. */
function committedParts(userData: string): Map<string, Set<number>> {
  const addon = process.env['RUSHES_SQLITE_ADDON']
  const db = new Database(join(userData, 'transfers.db'), addon === undefined ? {} : { nativeBinding: addon })
  const rows = z
    .array(z.object({ upload_id: z.string(), n: z.number() }))
    .parse(
      db
        .prepare(
          'SELECT upload_id, n FROM part JOIN transfer ON transfer.id = part.transfer_id WHERE upload_id IS NOT NULL',
        )
        .all(),
    )
  db.close()
  const parts = new Map<string, Set<number>>()
  for (const { upload_id: id, n } of rows) parts.set(id, (parts.get(id) ?? new Set()).add(n))
  return parts
}

test('clips and 300 MiB of noise arrive whole and once, through a close in the middle', async ({
  launchApp,
}) => {
  test.setTimeout(180_000)
  const folder = await mkdtemp(join(tmpdir(), 'rushes-card-'))
  try {
    const clips = (await readdir(samplesFolder)).filter((name) => extname(name) === '.mp4').slice(0, 4)
    const big = join(folder, 'A001_C001_noise.bin')
    await pipeline(Readable.from(noise()), createWriteStream(big))
    const sources = [...clips.map((name) => join(samplesFolder, name)), big]

    const first = await launchApp({ args: ['--demo', `--studio-throttle=${30 * MiB}`] })
    const { userData } = first
    await openProduction(first.window, 'Winter catalogue')
    await sendFiles(first.window, sources)
    await expect
      .poll(async () => (await summary(first.window)).bytesStored, { timeout: 60_000 })
      .toBeGreaterThan(100 * MiB)
    expect((await summary(first.window)).done).toBeLessThan(sources.length)
    await first.close()

    const committed = committedParts(userData)
    const before = await studioLog(userData)
    const partsBefore = [...committed.values()].reduce((sum, parts) => sum + parts.size, 0)
    expect(partsBefore).toBeGreaterThan(3)

    const second = await launchApp({ userData, args: ['--demo'] })
    const { window } = second
    await expect.poll(async () => (await summary(window)).done, { timeout: 90_000 }).toBe(sources.length)

    const after = (await studioLog(userData)).slice(before.length)
    const isOfFile = (entry: LogEntry) => entry.key?.endsWith('noise.bin') === true
    const sentAfter = after.filter((entry) => entry.operation === 'UploadPart' && isOfFile(entry))
    const sentTwice = sentAfter.filter(
      (entry) => committed.get(entry.uploadId ?? '')?.has(entry.partNumber ?? 0) === true,
    )
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
      `parts: ${distinct.size} needed, ${partsBefore} committed before the close, ${sentAfter.length} sent after it, 0 sent twice\n`,
    )
    const registered = [...before, ...after].filter(
      (entry) => entry.operation === 'assets.create' && entry.status < 300,
    )
    expect(registered).toHaveLength(sources.length)

    await openProduction(window, 'Winter catalogue')
    await expect(cards(window)).toHaveCount(sources.length)
    const places = z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(
        z
          .object({ places: z.array(z.unknown()) })
          .parse(await ask(window, 'library.find', { text: 'Winter catalogue', limit: 5 })).places,
      )
    const placeId = places[0]?.id
    const { rows, total } = listSchema.parse(
      await ask(window, 'assets.list', { placeId, offset: 0, limit: 50, sort: 'name', filter: {} }),
    )
    expect(total).toBe(sources.length)
    for (const source of sources) {
      const asset = rows.find((row) => row.name === basename(source))
      if (asset === undefined) throw new Error(`${basename(source)} was not registered`)
      expect(asset.bytes).toBe((await stat(source)).size)
      const url = `media://${asset.connectionId.toLowerCase()}/version/${asset.latestVersionId}/play`
      expect(await storedSha256(window, url), basename(source)).toBe(await sha256Of(source))
    }

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

function* noise(): Generator<Buffer> {
  const random = seeded(300)
  for (let n = 0; n < bigBytes / (8 * MiB); n += 1) yield random.bytes(8 * MiB)
}
