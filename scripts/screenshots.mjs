/** `npm run screenshots`: pictures of every screen and state, light and dark, into docs/screenshots/. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './setup/paths.mjs'
import { runMain, say } from './setup/say.mjs'
import { writableFolder } from './setup/unprivileged.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { runPlaywright } from './steps/playwright.mjs'
import { openSession } from './steps/session.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  await buildIfChanged(session.setup)
  // The user who runs the app may not write to docs/, so the pictures are handed over.
  const taken = join(session.results, 'pictures')
  rmSync(taken, { recursive: true, force: true })
  writableFolder(taken, session.user)
  const env = { RUSHES_SCREENSHOTS: taken }
  const args = process.argv.slice(2)
  const counts = await runPlaywright(session, { project: 'screenshots', timeoutMs: 30 * 60_000, env, args })
  const target = join(checkout, 'docs', 'screenshots')
  mkdirSync(target, { recursive: true })
  for (const name of existsSync(taken) ? readdirSync(taken) : []) {
    cpSync(join(taken, name), join(target, name), { recursive: true })
    say(`  docs/screenshots/${name}`)
  }
  return conclude({ screenshots: counts })
})
