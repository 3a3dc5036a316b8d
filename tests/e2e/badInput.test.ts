/** Files that cannot go as they are: each says so in words and ends as it should, and the rest goes on. */
import { appendFile, chmod, mkdtemp, open, rename, rm, stat, symlink, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { drop, transfers as words } from '../../src/renderer/text/en/transfers.ts'
import { seeded } from '../fakes/seeded.ts'
import { contentCentre, dropFiles, openProduction, sendFiles, sha256Of } from './actor.ts'
import { allTransfers, expectArrived, summary, untilDone } from './arrived.ts'
import { Card, longAgo } from './card.ts'
import { expect, test } from './launch.ts'
import { closeQueue, line, openQueue, saying, untilUnderWay } from './queueLines.ts'

const MiB = 2 ** 20
const random = seeded(631)
let above: string
test.beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'rushes-bad-'))
  process.stdout.write(`seed ${random.seed}\n`)
})
test.afterEach(() => rm(above, { recursive: true, force: true }))

/** In place, so that the size never differs, and with the time it had. */
async function rewrite(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'r+')
  await file.write(content, 0, content.byteLength, 0)
  await file.close()
  await utimes(path, longAgo, longAgo)
}

test('bad files end as they should while the rest goes on', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const card = new Card(above, random)
  const shuttle = 'SHUTTLE_A'
  const closed = await card.aside([shuttle, 'closed.mxf'], 'nobody may read this')
  await card.aside([shuttle, 'empty.wav'], '')
  const rewritten = await card.noise([shuttle, 'rewritten.mxf'], 96 * MiB, 'application/mxf')
  const gone = await card.noise([shuttle, 'gone.mxf'], 2 * MiB, 'application/mxf')
  const locked = await card.noise([shuttle, 'locked.mxf'], MiB, 'application/mxf')
  for (const one of [shuttle, 'SHUTTLE_B']) await card.noise([one, 'twin.wav'], 300_000, 'audio/wav')
  for (let index = 0; index < 5; index += 1)
    await card.noise([shuttle, 'good', `still-${index}.exr`], 1 + random.below(50_000), 'image/x-exr')
  await chmod(closed, 0)
  await symlink('..', join(above, shuttle, 'good', 'back'))
  await symlink('self', join(above, shuttle, 'self'))

  const { window } = await launchApp({ args: ['--demo', `--studio-throttle=${12 * MiB}`] })
  await openProduction(window, 'Winter catalogue')
  await dropFiles(window, await contentCentre(window), [join(above, shuttle), join(above, 'SHUTTLE_B')])
  const send = window.getByRole('button', { name: drop.send(card.sources.length) })
  await expect(send).toBeEnabled()
  const sheet = window.getByRole('dialog')
  for (const { words: what } of [drop.problems.unreadable, drop.problems.empty])
    await expect(sheet.getByText(what)).toHaveCount(1)
  await expect(sheet.getByText(drop.problems.linkLoop.words)).toHaveCount(2)
  await expect(sheet.getByText(drop.tags.leftOut)).toHaveCount(4)

  // Between the look through the folder and the sending of it.
  await rename(gone, join(above, 'away'))
  await chmod(locked, 0)
  await send.click()
  await expect(sheet).toHaveCount(0)
  await openQueue(window)

  await expect(line(window, 'gone.mxf')).toContainText(words.waits.sourceMissing, { timeout: 30_000 })
  await expect(line(window, 'gone.mxf')).toContainText(words.waitMore.sourceMissing)
  await expect(line(window, 'locked.mxf')).toContainText(words.waits.sourceLocked, { timeout: 30_000 })

  await untilUnderWay(window, 'rewritten.mxf')
  await rewrite(rewritten, Buffer.alloc(96 * MiB, 'other'))
  const changed = saying('source.changed')
  await expect(line(window, 'rewritten.mxf')).toContainText(changed.short, { timeout: 60_000 })
  await expect(line(window, 'rewritten.mxf')).toContainText(changed.more)

  // The rest went on meanwhile.
  await expect
    .poll(async () => (await summary(window)).done, { timeout: 60_000 })
    .toBe(card.sources.length - 3)
  await rename(join(above, 'away'), gone)
  await chmod(locked, 0o600)
  await line(window, 'rewritten.mxf').getByRole('button', { name: words.startAgain }).click()
  for (const name of ['gone.mxf', 'locked.mxf']) {
    const tryNow = line(window, name).getByRole('button', { name: words.tryNow })
    // It may have tried by itself already.
    await tryNow
      .click({ timeout: 10_000 })
      .catch((error: unknown) => expect(String(error)).toContain('Timeout'))
  }
  await untilDone(window, card.sources.length, 120_000)
  await expect(line(window, 'rewritten.mxf')).toContainText(words.states.done)

  const sources = await Promise.all(
    card.sources.map(async (source) =>
      source.path === rewritten ? { ...source, sha256: await sha256Of(rewritten) } : source,
    ),
  )
  await closeQueue(window)
  await openProduction(window, 'Winter catalogue')
  await expectArrived(window, sources)
})

/** Writes to a file as a camera does, until it is told to stop. */
function keepWriting(path: string): { stop(): Promise<void> } {
  const life = new AbortController()
  const writing = (async () => {
    while (!life.signal.aborted) {
      await appendFile(path, random.bytes(100_000))
      await delay(100)
    }
  })()
  return {
    async stop() {
      life.abort()
      await writing
    },
  }
}

test('files that grow wait until they are quiet, and arrive whole', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const card = new Card(above, random)
  const early = await card.noise(['CARD', 'early.mxf'], 3 * MiB, 'application/mxf')
  const late = await card.noise(['CARD', 'late.mxf'], 96 * MiB, 'application/mxf')
  await card.noise(['CARD', 'still.mxf'], 5 * MiB, 'application/mxf')
  const { window } = await launchApp({ args: ['--demo', `--studio-throttle=${16 * MiB}`] })
  await openProduction(window, 'Winter catalogue')
  const first = keepWriting(early)
  let second: ReturnType<typeof keepWriting> | undefined
  try {
    await expect.poll(async () => (await stat(early)).size).toBeGreaterThan(3 * MiB)
    await dropFiles(window, await contentCentre(window), [join(above, 'CARD')])
    const sheet = window.getByRole('dialog')
    await expect(sheet.getByText(drop.problems.busy.words)).toHaveCount(1)
    await window.getByRole('button', { name: drop.send(card.sources.length) }).click()
    await expect(sheet).toHaveCount(0)
    await openQueue(window)

    await untilUnderWay(window, 'late.mxf')
    second = keepWriting(late)
    for (const name of ['early.mxf', 'late.mxf']) {
      await expect(line(window, name)).toContainText(words.waits.sourceBusy, { timeout: 60_000 })
      await expect(line(window, name)).toContainText(words.waitMore.sourceBusy)
    }
    await expect(line(window, 'still.mxf')).toContainText(words.states.done, { timeout: 30_000 })
    expect((await summary(window)).done).toBe(1)
  } finally {
    await first.stop()
    await second?.stop()
  }
  await untilDone(window, card.sources.length, 90_000)
  const sources = await Promise.all(
    card.sources.map(async (source) => ({
      ...source,
      bytes: (await stat(source.path)).size,
      sha256: await sha256Of(source.path),
    })),
  )
  await closeQueue(window)
  await openProduction(window, 'Winter catalogue')
  await expectArrived(window, sources)
})

test('a studio that stands still or is gone for a while is waited for', async ({
  launchApp,
  expectConsoleError,
}) => {
  expectConsoleError(/Failed to load resource/)
  test.setTimeout(180_000)
  const card = new Card(above, random)
  await card.noise(['CARD', 'first.mxf'], 40 * MiB, 'application/mxf')
  await card.noise(['CARD', 'second.mxf'], 96 * MiB, 'application/mxf')
  const { app, window } = await launchApp({ args: ['--demo', `--studio-throttle=${16 * MiB}`] })
  const studio = () =>
    app.evaluate(
      ({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Rushes studio')?.pid,
    )
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [join(above, 'CARD')])
  await openQueue(window)
  const inFlight = async () =>
    (await allTransfers(window)).reduce((sum, { bytesInFlight }) => sum + bytesInFlight, 0)

  await expect.poll(inFlight, { timeout: 30_000 }).toBeGreaterThan(MiB)
  const pid = await studio()
  if (pid === undefined) throw new Error('no studio')
  process.kill(pid, 'SIGSTOP')
  try {
    // What is in the sockets' buffers still counts; then nothing moves any more.
    let before = -1
    await expect
      .poll(
        async () => {
          const [last, now] = [before, await inFlight()]
          before = now
          return now - last
        },
        { timeout: 30_000, intervals: [500] },
      )
      .toBe(0)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  const storedThen = (await summary(window)).bytesStored
  await expect
    .poll(async () => (await summary(window)).bytesStored, { timeout: 60_000, intervals: [50] })
    .toBeGreaterThan(storedThen)

  const killed = new Set<number>()
  let said = ''
  await expect
    .poll(
      async () => {
        // Its supervisor starts it again each time, a little later.
        const now = await studio()
        if (now !== undefined && !killed.has(now)) {
          killed.add(now)
          process.kill(now, 'SIGKILL')
        }
        said = (await line(window, 'second.mxf').allInnerTexts()).join('')
        return said
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toMatch(new RegExp(`${words.waits.offline}|${words.waits.auth}`))
  process.stdout.write(`studio killed ${killed.size} times; the queue says: ${JSON.stringify(said)}\n`)

  await untilDone(window, card.sources.length, 90_000)
  await closeQueue(window)
  await openProduction(window, 'Winter catalogue')
  await expectArrived(window, card.sources)
})
