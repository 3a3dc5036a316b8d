/** Runs tests in real Electron: as an ordinary user, on a display of its own where there is none, with a key store. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { startDisplay } from '../setup/display.mjs'
import { checkout } from '../setup/paths.mjs'
import { say } from '../setup/say.mjs'
import { runAsUser } from '../setup/unprivileged.mjs'
import { hasDisplay } from '../setup.mjs'
import { freshReport, verdict } from './results.mjs'
import { mountSmallDisk } from './smallDisk.mjs'
import { tool } from './tools.mjs'

/** A session bus and an unlocked key store of their own; both end with the command. */
const withKeyStore = `printf rushes | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"`

/** Root cannot show windows on the display of somebody else. @param {import('../setup/unprivileged.mjs').User} user */
export function needsOwnDisplay(user) {
  return (
    process.platform === 'linux' && (user.as !== undefined || !hasDisplay() || Boolean(process.env['CI']))
  )
}

/**
 * @param {import('./session.mjs').Session} session
 * @param {{ project: string, timeoutMs: number, args?: readonly string[], env?: Record<string, string> }} suite
 * @returns {Promise<import('./results.mjs').Counts>}
 */
export async function runPlaywright({ setup, user, results }, suite) {
  const report = freshReport(results, suite.project)
  const config = join('tests', 'e2e', 'playwright.config.ts')
  const playwright = [tool('playwright'), 'test', '-c', config, `--project=${suite.project}`]
  const command = [process.execPath, ...playwright, ...(suite.args ?? [])]
  if (process.platform === 'linux') command.unshift('dbus-run-session', '--', 'sh', '-c', withKeyStore, 'sh')
  const seed = process.env['RUSHES_SEED'] ?? String(randomInt(2 ** 31))
  say(`seed: RUSHES_SEED=${seed}`)
  const display = needsOwnDisplay(user) ? await startDisplay(user, { width: 1920, height: 1200 }) : undefined
  const disk = await mountSmallDisk(user)
  try {
    const [program = '', ...args] = command
    const outcome = await runAsUser(user, program, args, {
      cwd: checkout,
      env: {
        ...setup.nodeEnv,
        ...display?.env,
        ...disk.env,
        RUSHES_SETUP: JSON.stringify({
          electronPath: setup.electronPath,
          electronVersion: setup.electronVersion,
          env: setup.env,
        }),
        // Nobody listens to the screen reader bus of a test.
        NO_AT_BRIDGE: '1',
        RUSHES_SEED: seed,
        RUSHES_RESULTS: results,
        RUSHES_REPORT: report,
        ...suite.env,
      },
      output: 'inherit',
      timeoutMs: suite.timeoutMs,
    })
    if (outcome.timedOut)
      say(`✗ ${suite.project} did not end within ${suite.timeoutMs / 60_000} minutes and was stopped`)
    return verdict(report, outcome.code === 0)
  } finally {
    await disk.remove()
    await display?.stop()
  }
}
