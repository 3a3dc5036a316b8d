/** Holds recorded exchanges with iconik's API against the vendor's own files, and prints what was checked. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleForNode } from '../bundleForNode.mjs'
import { say } from '../setup/say.mjs'

/** @typedef {import('../../tests/spec/recorded.ts').RecordingReport} RecordingReport */

const mostProblems = 100

/**
 * Prints the counts per call and in all. What failed counts as failed, what the vendor's files say nothing of is shown
 * apart. Without RUSHES_SPECS, or with nothing recorded, nothing is checked and that is said.
 * @param {readonly string[]} places recordings, or folders of them (`*.jsonl`)
 * @returns {Promise<import('./results.mjs').Counts>}
 */
export async function checkExchanges(places) {
  const specs = process.env['RUSHES_SPECS']
  const files = places.flatMap((place) => (existsSync(place) ? recordingsIn(place) : []))
  if (!specs || files.length === 0) {
    say(
      specs
        ? '  No exchange with iconik’s API was recorded.'
        : '  RUSHES_SPECS names no folder: nothing to check against.',
    )
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const bundled = await bundleForNode({ recorded: 'tests/spec/recorded.ts' })
  /** @type {typeof import('../../tests/spec/recorded.ts')} */
  const { checkRecordings } = await import(pathToFileURL(bundled('recorded')).href)
  const report = await checkRecordings(join(specs, 'iconik'), files)
  print(report)
  const { full, noSchema, newer, failed } = report.total
  // A write that answers nothing and that nobody looked at afterwards may have done nothing.
  const unproven = report.blind.unproven.length
  return { passed: full + noSchema + newer - unproven, failed: failed + unproven, skipped: 0 }
}

/** @param {string} place @returns {string[]} */
function recordingsIn(place) {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(place, name))
}

/** @param {RecordingReport} report */
function print({ calls, total, seedOnly, corrections, blind, problems }) {
  say('')
  for (const [call, counts] of [...calls].sort(([a], [b]) => a.localeCompare(b)))
    say(`  ${call}: ${line(counts)}`)
  say(`  In all, ${calls.size} calls: ${line(total)}`)
  const { all, unproven } = blind
  say(
    `  Writes whose answer has no schema: ${all}, of which a later read shows the effect of ${all - unproven.length}`,
  )
  for (const write of unproven.slice(0, mostProblems)) say(`  ✗ No later read shows the effect of ${write}`)
  if (seedOnly.size > 0)
    say(
      `  Fields that only the list of actions knows: ${[...seedOnly].map(([name, times]) => `${name} ${times}`).join(', ')}`,
    )
  if (corrections.length > 0)
    say(`  Schemas of the vendor put right before the check: ${corrections.join(', ')}`)
  for (const problem of problems.slice(0, mostProblems)) say(`  ✗ ${problem}`)
  if (problems.length > mostProblems) say(`  … and ${problems.length - mostProblems} others`)
}

/** @param {import('../../tests/spec/recorded.ts').CallCounts} counts */
function line({ full, noSchema, newer, failed }) {
  const parts = [
    `${full} valid`,
    ...(noSchema ? [`${noSchema} no schema`] : []),
    ...(newer ? [`${newer} newer than the file`] : []),
    ...(failed ? [`${failed} FAILED`] : []),
  ]
  return parts.join(', ')
}
