/** The power goes off, again and again: what was stored is not sent again, nothing is registered twice, all of it arrives. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunningState, Transfer } from '../../src/shared/transfer.ts'
import { runningStates } from '../../src/shared/transfer.ts'
import { seeded } from '../fakes/seeded.ts'
import { openProduction, sendFiles, studioLog } from './actor.ts'
import { allTransfers, expectArrived, leftBehind, untilDone } from './arrived.ts'
import { Card } from './card.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

const KiB = 2 ** 10
const MiB = 2 ** 20
const kills = Number(process.env['RUSHES_KILLS'] ?? (process.env['RUSHES_SOAK'] ? 200 : 8))
const bytesPerSecond = 40 * MiB
const partBytes = 16 * MiB
const random = seeded(621)

const rare: readonly RunningState[] = ['completing', 'registering', 'verifying', 'creating']
const firstRare = random.below(rare.length)

/** Parts on their way have three places in four. The first kill comes before the store was ever asked anything. */
function aimOf(kill: number): RunningState | 'parts' {
  if (kill === 0) return 'preparing'
  return kill % 5 === 4 ? (rare[(Math.floor(kill / 5) + firstRare) % rare.length] ?? 'parts') : 'parts'
}

const hasPartsInFlight = ({ partCount, partsInFlight }: Transfer) => (partCount ?? 0) > 1 && partsInFlight > 0
const isOpen = ({ state }: Transfer) => state !== 'done'

/** Its supervisor starts it again when it ends, so it is looked for each time. */
async function studioPid({ app }: LaunchedApp): Promise<number> {
  let pid: number | undefined
  await expect
    .poll(
      async () => {
        pid = await app.evaluate(
          ({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Rushes studio')?.pid,
        )
        return pid
      },
      { timeout: 30_000 },
    )
    .toBeDefined()
  return pid ?? 0
}

const bytesLeft = (transfers: readonly Transfer[]) =>
  transfers.reduce((sum, { bytes, bytesStored }) => sum + bytes - bytesStored, 0)

/** Resolves at a random moment of the upload at which parts are on their way; sooner where the end is near. */
async function untilPartsMove({ window }: LaunchedApp): Promise<Transfer[]> {
  const notBefore = random.below(1500)
  let from: number | undefined
  let seen: Transfer[] = []
  await expect
    .poll(
      async () => {
        seen = await allTransfers(window)
        if (!seen.some(hasPartsInFlight)) return false
        from ??= performance.now()
        return performance.now() - from >= notBefore || bytesLeft(seen) < 40 * MiB
      },
      { timeout: 60_000, intervals: [20] },
    )
    .toBe(true)
  return seen
}

/**
 * Resolves when a transfer is in the state, with the studio stopped, so that it stays there. The studio runs in short
 * spells, the shorter the nearer a file is to its end: between two looks no more than one answer gets through.
 */
async function untilFrozenIn(
  { window }: LaunchedApp,
  studio: number,
  wanted: RunningState,
): Promise<Transfer[]> {
  const until = performance.now() + 20_000
  while (performance.now() < until) {
    process.kill(studio, 'SIGSTOP')
    const open = (await allTransfers(window)).filter(isOpen)
    if (open.some(({ state }) => state === wanted)) return open
    process.kill(studio, 'SIGCONT')
    if (open.length === 0) break
    const isNear = open.some(({ state, partCount, bytes, bytesStored, bytesInFlight }) =>
      (partCount ?? 0) > 1
        ? state === 'completing' || bytesStored + bytesInFlight >= bytes
        : wanted === 'registering',
    )
    await delay(isNear ? 1 : 30)
  }
  return await allTransfers(window)
}

test(`killed ${kills} times, the app goes on where it was`, async ({ launchApp }) => {
  test.setTimeout(120_000 + kills * 60_000)
  const above = await mkdtemp(join(tmpdir(), 'rushes-killed-'))
  process.stdout.write(`seed ${random.seed}: ${kills} kills\n`)
  try {
    const card = new Card(above, random)
    const args = ['--demo', `--studio-throttle=${bytesPerSecond}`]
    const histogram = new Map<string, number>(runningStates.map((state) => [state, 0]))
    const kept: { readonly logged: number; readonly parts: ReadonlySet<string> }[] = []
    let userData: string | undefined
    let withParts = 0
    let withStudio = 0
    let cards = 0
    for (let kill = 0; kill < kills; kill += 1) {
      const launched: LaunchedApp = await launchApp({ args, ...(userData === undefined ? {} : { userData }) })
      userData = launched.userData
      await openProduction(launched.window, 'Winter catalogue')
      const left = (await allTransfers(launched.window)).filter(isOpen)
      const aim = aimOf(kill)
      const studio = await studioPid(launched)
      if (bytesLeft(left) < 80 * MiB || left.length < 8 || aim !== 'parts') {
        cards += 1
        const folder = await nextCard(card, `CARD_${cards}`)
        if (aim === 'preparing') process.kill(studio, 'SIGSTOP')
        await sendFiles(launched.window, [folder])
      }
      const seen =
        aim === 'parts' ? await untilPartsMove(launched) : await untilFrozenIn(launched, studio, aim)
      if (kill % 4 === 1) {
        process.kill(studio, 'SIGKILL')
        withStudio += 1
      }
      await launched.kill()
      if (seen.some(hasPartsInFlight)) withParts += 1
      const { states, parts } = leftBehind(userData)
      for (const state of new Set(states)) histogram.set(state, (histogram.get(state) ?? 0) + 1)
      kept.push({ parts, logged: (await studioLog(userData)).length })
    }

    const last = await launchApp({ args: ['--demo'], ...(userData === undefined ? {} : { userData }) })
    await openProduction(last.window, 'Winter catalogue')
    await untilDone(last.window, card.sources.length, 120_000)
    await openProduction(last.window, 'Winter catalogue')
    await expectArrived(last.window, card.sources)
    await last.close()

    const log = await studioLog(last.userData)
    const idOf = (entry: (typeof log)[number]) => `${entry.uploadId}/${entry.partNumber}`
    for (const { logged, parts } of kept) {
      const again = log
        .slice(logged)
        .filter((entry) => entry.operation === 'UploadPart' && parts.has(idOf(entry)))
      expect(again, 'parts with a stored row that were sent again').toEqual([])
    }
    const created = log
      .filter(({ operation, status }) => operation === 'assets.create' && status < 300)
      .map(({ id }) => id)
    const { registered, isSound } = leftBehind(last.userData)
    expect(new Set(registered).size, 'assets of their own').toBe(card.sources.length)
    expect(new Set(created).size, 'registered twice').toBe(created.length)
    // A line may be missing where the studio died with its answer on the way; one too many may not be there.
    expect(created.filter((id) => !registered.includes(id ?? null))).toEqual([])
    expect(isSound).toBe(true)

    // Each start asks the store what it can do, with parts of its own.
    const isOfFile = (key = '') => key.endsWith('.mxf')
    const sent = log.filter(
      ({ operation, status, key }) => operation === 'UploadPart' && status === 200 && isOfFile(key),
    ).length
    const needed = card.sources
      .filter(({ bytes }) => bytes > partBytes)
      .reduce((sum, { bytes }) => sum + Math.ceil(bytes / partBytes), 0)
    const committed = kept.reduce((sum, { parts }) => sum + parts.size, 0)
    process.stdout.write(
      `kills: ${kills}, ${withParts} with parts in flight, ${withStudio} with the studio; by state: ${JSON.stringify(Object.fromEntries(histogram))}\n` +
        `parts sent / needed: ${sent} / ${needed}; ${committed} rows of stored parts compared with what came after, 0 sent again; ${card.sources.length} files\n`,
    )
    expect(committed, 'rows of stored parts').toBeGreaterThan(0)
    expect(withParts).toBeGreaterThanOrEqual(Math.floor(kills * 0.75))
    expect(sent, 'parts sent: each kill costs at most those on their way').toBeLessThanOrEqual(
      needed + kills * 16,
    )
    if (kills >= 20) for (const state of runningStates) expect(histogram.get(state), state).toBeGreaterThan(0)
  } finally {
    await rm(above, { recursive: true, force: true })
  }
})

/** A few files of several parts, the second of which is quickly there, and a crowd of small ones. */
async function nextCard(card: Card, name: string): Promise<string> {
  await card.noise([name, 'long.mxf'], 40 * MiB + random.below(MiB), 'application/mxf')
  for (let index = 0; index < 3; index += 1) {
    const bytes = partBytes + 1 + random.below(512 * KiB)
    await card.noise([name, `clip-${index}.mxf`], bytes, 'application/mxf')
  }
  for (let index = 0; index < 12; index += 1)
    await card.noise([name, 'stills', `${index}.exr`], 1 + random.below(64 * KiB), 'image/x-exr')
  return join(card.folder, name)
}
