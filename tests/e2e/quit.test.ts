/** The app quits when it is asked to, also when its page does not listen. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { seeded } from '../fakes/seeded.ts'
import { cards, openProduction, samplesFolder, sendFiles } from './actor.ts'
import { expect, test } from './launch.ts'

const rounds = process.env['RUSHES_SOAK'] ? 100 : 6
const random = seeded(643)

test('a page that hangs does not keep the app from quitting', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'] })
  // Whoever launched the app quits it, and fails when it does not go.
  await window.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 0)
  })
})

test('it quits while it is still starting', async ({ launchApp }) => {
  // The demo is being filled when the window is there.
  await launchApp({ args: ['--demo', '--demo-assets=3000'] })
})

test('it quits in the middle of whatever it does', async ({ launchApp }) => {
  test.setTimeout(60_000 + rounds * 30_000)
  const folder = await mkdtemp(join(tmpdir(), 'rushes-quit-'))
  let userData: string | undefined
  try {
    for (let round = 0; round < rounds; round += 1) {
      const running = await launchApp({ args: ['--demo'], ...(userData && { userData }) })
      userData = running.userData
      const act = random.pick(['start', 'send', 'play'] as const)
      const wait = random.below(act === 'start' ? 4000 : 1500)
      if (act !== 'start') await openProduction(running.window, 'Winter catalogue')
      if (act === 'send') {
        // A clip of a few bytes and one of several parts: what is made of them ends at different moments.
        const files = [join(folder, `still ${round}.jpg`), join(folder, `noise ${round}.mov`)] as const
        await copyFile(join(samplesFolder, 'A012_S001_0915.jpg'), files[0])
        await writeFile(files[1], random.bytes(1 + random.below(24 * 2 ** 20)))
        await sendFiles(running.window, files)
      }
      if (act === 'play') {
        await openProduction(running.window, 'Autumn Campaign')
        await cards(running.window).filter({ hasText: 'A012_C003_0915.mp4' }).dblclick()
      }
      await delay(wait)
      await running.close()
      const file = join(userData, 'logs', 'main.log')
      const log = await readFile(file, 'utf8').catch(() => '')
      expect
        .soft(
          log.match(/^.* error .*(\n {2}.*)*/gm) ?? [],
          `seed ${random.seed}, round ${round}: ${act}, ${wait} ms`,
        )
        .toEqual([])
      await rm(file, { force: true })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
