/** Whether Chromium can build its sandbox here. Without one the app does not run: there is no switch to turn it off. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { SetupProblem } from './say.mjs'
import { runAsUser } from './unprivileged.mjs'

/** @param {string} electronFolder */
function hasSetuidHelper(electronFolder) {
  const helper = statSync(join(electronFolder, 'chrome-sandbox'), { throwIfNoEntry: false })
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0
}

/**
 * Fails with what to do when the user may not make namespaces of its own and Electron's helper is not set up either.
 * @param {import('./unprivileged.mjs').User} user
 * @param {string} electronFolder
 */
export async function checkSandbox(user, electronFolder) {
  if (process.platform !== 'linux' || hasSetuidHelper(electronFolder)) return
  const outcome = await runAsUser(user, 'unshare', ['--user', '--map-root-user', 'true'], {
    timeoutMs: 10_000,
  })
  if (outcome.code === 0) return
  const helper = join(electronFolder, 'chrome-sandbox')
  throw new SetupProblem(
    `This system keeps Electron from building its sandbox (${outcome.stderr.trim()}), and the app never runs without.
Either let programs make user namespaces until the next start of the machine:

  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0    (Ubuntu 24.04 and newer)
  sudo sysctl -w kernel.unprivileged_userns_clone=1                (Debian 10)

or set up Electron's own helper:

  sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
  )
}
