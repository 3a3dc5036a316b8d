/** What the suites of a run amounted to, read from the reports they wrote. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * A test that passed only when tried again is a failed one; so is a suite that broke outside its tests.
 * @param {any} report of vitest, Playwright or our own steps
 * @returns {Counts}
 */
export function countsOf(report) {
  if (Array.isArray(report.steps)) {
    const passed = report.steps.filter((/** @type {{ ok: boolean }} */ step) => step.ok).length
    return { passed, failed: report.steps.length - passed, skipped: 0 }
  }
  if (typeof report.numPassedTests === 'number') {
    const failed = report.success ? 0 : Math.max(1, report.numFailedTests)
    return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests }
  }
  if (typeof report.stats?.expected === 'number') {
    const { expected, unexpected, flaky, skipped } = report.stats
    return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
  }
  throw new Error('This is no report of a test run.')
}

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) {
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  return total
}

/** The one line everything ends with. @param {Counts} counts */
export function summaryLine(counts) {
  return `${counts.passed} passed, ${counts.failed} failed`
}

/** @param {string} folder @returns {Record<string, Counts>} by suite, for every report in the folder */
export function readReports(folder) {
  return Object.fromEntries(reportsIn(folder).map(({ name, report }) => [name, countsOf(report)]))
}

/**
 * @param {string} folder
 * @param {string} root the checkout that was tested
 * @returns {string[]} a line for every failure in the folder's reports: the suite, the test, the first line of what went wrong
 */
export function readFailures(folder, root) {
  return reportsIn(folder).flatMap(({ name, report }) =>
    failuresOf(report, root).map((failure) => `${name} › ${failure}`),
  )
}

/** @param {string} folder @returns {{ name: string, report: any }[]} */
function reportsIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name: name.slice(0, -5),
      report: JSON.parse(readFileSync(join(folder, name), 'utf8')),
    }))
}

/** @param {any} report of vitest, Playwright or our own steps @param {string} root @returns {string[]} */
export function failuresOf(report, root) {
  if (Array.isArray(report.steps)) {
    return report.steps
      .filter((/** @type {{ ok: boolean }} */ step) => !step.ok)
      .map((/** @type {{ name: string }} */ step) => step.name)
  }
  if (Array.isArray(report.testResults))
    return report.testResults.flatMap((/** @type {any} */ file) => failuresOfFile(file, root))
  const broken = (report.errors ?? []).map((/** @type {{ message?: string }} */ error) =>
    firstLine(error.message),
  )
  return [...broken, ...(report.suites ?? []).flatMap(failuresOfSuite)]
}

/** @param {any} file a test file in vitest's report @param {string} root @returns {string[]} */
function failuresOfFile(file, root) {
  const where = relative(root, file.name)
  const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed')
  // What broke outside its tests has a message of its own.
  if (failed.length === 0) return file.status === 'failed' ? [`${where}: ${firstLine(file.message)}`] : []
  return failed.map(
    (/** @type {any} */ test) => `${where} › ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`,
  )
}

/** @param {any} suite in Playwright's report, a file or a group of tests @returns {string[]} */
function failuresOfSuite(suite) {
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((/** @type {any} */ test) => {
        const error = test.results.find((/** @type {any} */ result) => result.error)?.error
        return `${spec.file} › ${spec.title}: ${firstLine(error?.message)}`
      }),
  )
  return [...own, ...(suite.suites ?? []).flatMap(failuresOfSuite)]
}

/** @param {string | undefined} message @returns {string} without the colours of a terminal */
function firstLine(message) {
  const plain = stripVTControlCharacters(message ?? '').trim()
  return plain.split('\n', 1)[0] || 'no message'
}

/**
 * Makes the verdict of a suite whose runner ended: a report that is missing, or says all is well although
 * the runner failed, counts as one failure.
 * @param {string} file the report
 * @param {boolean} isRunnerOk
 * @returns {Counts}
 */
export function verdict(file, isRunnerOk) {
  const counts = existsSync(file) ? countsOf(JSON.parse(readFileSync(file, 'utf8'))) : sum([])
  if (isRunnerOk === (counts.failed === 0) && existsSync(file)) return counts
  writeSteps(file.replace(/\.json$/, '-runner.json'), [{ name: 'the runner ended well', ok: false }])
  return { ...counts, failed: counts.failed + 1 }
}

/** @param {string} file @param {{ name: string, ok: boolean }[]} steps */
export function writeSteps(file, steps) {
  // A new file only: root does not follow a link that somebody put there.
  writeFileSync(file, `${JSON.stringify({ steps }, null, 2)}\n`, { flag: 'wx' })
}

/** Clears what an earlier run reported under this name. @param {string} folder @param {string} name @returns {string} the report's file */
export function freshReport(folder, name) {
  mkdirSync(folder, { recursive: true })
  for (const end of ['.json', '-runner.json']) rmSync(join(folder, `${name}${end}`), { force: true })
  return join(folder, `${name}.json`)
}
