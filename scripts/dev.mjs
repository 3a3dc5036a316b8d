/**
 * `npm run dev [-- ARGUMENTS FOR THE APP]`: the app, built and started again whenever a source changes.
 * The page comes from out/ as it does for users: a development server would need holes in the content security policy.
 */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './setup/paths.mjs'
import { runMain, SetupProblem, say } from './setup/say.mjs'
import { runAsUser } from './setup/unprivileged.mjs'
import { hasDisplay } from './setup.mjs'
import { buildIfChanged, sourceStamp } from './steps/build.mjs'
import { openSession } from './steps/session.mjs'

/** Editors write in several steps; a change is over when nothing was written for this long. */
const quietMs = 200

/** @returns {{ changed: Promise<'changed'>, close(): void }} `changed` when a source is not what it was */
function watchSources() {
  const before = sourceStamp(checkout)
  /** @type {import('node:fs').FSWatcher | undefined} */
  let watcher
  /** @type {Promise<'changed'>} */
  const changed = new Promise((resolve) => {
    /** @type {NodeJS.Timeout | undefined} */
    let timer
    watcher = watch(join(checkout, 'src'), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => sourceStamp(checkout) !== before && resolve('changed'), quietMs)
    })
  })
  return { changed, close: () => watcher?.close() }
}

/**
 * Builds until it works: a mistake is shown and waited for to be mended.
 * @param {import('./setup.mjs').Setup} setup
 */
async function buildUntilItWorks(setup) {
  for (;;) {
    const sources = watchSources()
    try {
      await buildIfChanged(setup)
      return
    } catch (error) {
      if (!(error instanceof SetupProblem)) throw error
      say(error.message)
      await sources.changed
    } finally {
      sources.close()
    }
  }
}

await runMain(async () => {
  const { setup, user } = await openSession({ display: false })
  if (user.as)
    throw new SetupProblem('Development needs a display and an ordinary user: run it without sudo.')
  if (!hasDisplay())
    throw new SetupProblem('There is no display here (DISPLAY is not set). Try: npm run demo -- --check')
  const args = ['.', `--user-data-dir=${join(user.folder, 'dev-profile')}`, ...process.argv.slice(2)]
  for (;;) {
    await buildUntilItWorks(setup)
    const sources = watchSources()
    let pid = 0
    try {
      const app = runAsUser(user, setup.electronPath, args, {
        cwd: checkout,
        env: setup.env,
        output: 'inherit',
        timeoutMs: Number.POSITIVE_INFINITY,
        endsItsHelpers: true,
        onStart: (started) => {
          pid = started
        },
      })
      const event = await Promise.race([sources.changed, app])
      if (event !== 'changed') return event.code ?? 1
      process.kill(pid, 'SIGTERM')
      await app
    } finally {
      sources.close()
    }
  }
})
