/** A Playwright suite whose exchanges with the studio's iconik API are held against the vendor's files afterwards. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writableFolder } from '../setup/unprivileged.mjs'
import { runPlaywright } from './playwright.mjs'
import { freshReport, writeSteps } from './results.mjs'
import { checkExchanges } from './strictCheck.mjs'

/**
 * Records only when RUSHES_SPECS names the files to check with; the suite is the same either way.
 * @param {import('./session.mjs').Session} session
 * @param {Parameters<typeof runPlaywright>[1]} suite
 * @returns {Promise<Record<string, import('./results.mjs').Counts>>} the suite's own counts, and those of the exchanges
 */
export async function runRecorded(session, suite) {
  if (!process.env['RUSHES_SPECS']) return { [suite.project]: await runPlaywright(session, suite) }
  const folder = join(session.results, `exchanges-${suite.project}`)
  rmSync(folder, { recursive: true, force: true })
  writableFolder(folder, session.user)
  const env = { ...suite.env, RUSHES_EXCHANGES: folder }
  const counts = await runPlaywright(session, { ...suite, env })
  const exchanges = await checkExchanges([folder])
  // Whoever reads the reports alone sees it as well.
  writeSteps(freshReport(session.results, 'iconikExchanges'), [
    { name: 'exchanges are as the vendor has them, and writes are proven', ok: exchanges.failed === 0 },
  ])
  return { [suite.project]: counts, iconikExchanges: exchanges }
}
