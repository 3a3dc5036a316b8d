/** Runs test projects under plain Node. */
import { join } from 'node:path'
import { run } from '../setup/command.mjs'
import { checkout } from '../setup/paths.mjs'
import { runAsUser } from '../setup/unprivileged.mjs'
import { freshReport, verdict } from './results.mjs'
import { tool } from './tools.mjs'

/**
 * @typedef {object} VitestSuite
 * @property {string} name of its report
 * @property {readonly string[]} projects
 * @property {number} timeoutMs
 * @property {readonly string[]} [args]
 * @property {Record<string, string>} [env]
 * @property {boolean} [keepsPowers] run as whoever we are: it installs servers from Debian packages
 */

/**
 * @param {import('./session.mjs').Session} session
 * @param {VitestSuite} suite
 * @returns {Promise<import('./results.mjs').Counts>}
 */
export async function runVitest({ setup, user, results }, suite) {
  const report = freshReport(results, suite.name)
  const args = [
    ...[tool('vitest'), 'run', '--configLoader', 'runner', '--passWithNoTests'],
    ...suite.projects.map((project) => `--project=${project}`),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...(suite.args ?? []),
  ]
  const viteCache = user.as ? { RUSHES_VITE_CACHE: join(user.folder, 'vite') } : {}
  const env = { ...setup.nodeEnv, ...viteCache, ...suite.env }
  const options = { cwd: checkout, output: /** @type {const} */ ('inherit'), timeoutMs: suite.timeoutMs }
  const outcome = suite.keepsPowers
    ? await run(process.execPath, args, { ...options, env: { ...process.env, ...env } })
    : await runAsUser(user, process.execPath, args, { ...options, env })
  return verdict(report, outcome.code === 0)
}
