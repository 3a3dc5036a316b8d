/**
 * `npm run demo`: opens the app with its embedded studio and sample productions; what is missing is installed first.
 *
 *   npm run demo [-- --fresh] [-- ARGUMENTS FOR THE APP]
 *   npm run demo -- --check     uses the app as a person would, writes a screenshot, exits 0 when all went well
 *
 * A later demo goes on where the last one was; --fresh forgets it.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startDisplay } from './setup/display.mjs'
import { checkout } from './setup/paths.mjs'
import { runMain, say } from './setup/say.mjs'
import { runAsUser, writableFolder } from './setup/unprivileged.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { needsOwnDisplay, runPlaywright } from './steps/playwright.mjs'
import { openSession } from './steps/session.mjs'
import { conclude } from './steps/summary.mjs'

const given = process.argv.slice(2)

async function check() {
  const session = await openSession({ display: true, keyStore: true })
  await buildIfChanged(session.setup)
  const picture = join(session.results, 'demo.png')
  rmSync(picture, { force: true })
  const env = { RUSHES_DEMO_PICTURE: picture }
  const counts = await runPlaywright(session, { project: 'demo', timeoutMs: 5 * 60_000, env })
  if (existsSync(picture)) say(`  What it looked like: ${picture}`)
  return conclude({ demo: counts })
}

async function open() {
  const { setup, user } = await openSession()
  await buildIfChanged(setup)
  const profile = join(user.folder, 'demo-profile')
  if (given.includes('--fresh')) rmSync(profile, { recursive: true, force: true })
  writableFolder(profile, user)
  const args = [
    '.',
    '--demo',
    `--user-data-dir=${profile}`,
    ...given.filter((argument) => argument !== '--fresh'),
  ]
  const display = needsOwnDisplay(user) ? await startDisplay(user, { width: 1600, height: 1000 }) : undefined
  if (display) say('  No screen to show it on: the app runs on an invisible display. Stop it with Ctrl+C.')
  try {
    const outcome = await runAsUser(user, setup.electronPath, args, {
      cwd: checkout,
      env: { ...setup.env, ...display?.env },
      output: 'inherit',
      timeoutMs: Number.POSITIVE_INFINITY,
      endsItsHelpers: true,
    })
    return outcome.code ?? 1
  } finally {
    await display?.stop()
  }
}

await runMain(() => (given.includes('--check') ? check() : open()))
