/** The end of a run: what was skipped and why, then one line. */
import { say } from '../setup/say.mjs'
import { sum, summaryLine } from './results.mjs'

/**
 * @param {Record<string, import('./results.mjs').Counts>} suites
 * @returns {number} the exit code
 */
export function conclude(suites) {
  const total = sum(Object.values(suites))
  say('')
  for (const [name, counts] of Object.entries(suites)) {
    say(`  ${name}: ${summaryLine(counts)}${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
  }
  if (!process.env['RUSHES_SPECS'])
    say('  Tests against the vendors’ API files were skipped: RUSHES_SPECS names no folder.')
  process.stdout.write(`${summaryLine(total)}\n`)
  return total.failed === 0 ? 0 : 1
}
