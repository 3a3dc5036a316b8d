/** How the runners' reports are summed. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  countsOf,
  failuresOf,
  freshReport,
  readFailures,
  readReports,
  sum,
  summaryLine,
  verdict,
  writeSteps,
} from '../../scripts/steps/results.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-results-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const vitest = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, success: true }
const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 }, errors: [] }

test('each runner is read in its own words', () => {
  expect(countsOf(vitest)).toEqual({ passed: 7, failed: 0, skipped: 3 })
  expect(countsOf(playwright)).toEqual({ passed: 4, failed: 2, skipped: 3 })
  expect(
    countsOf({
      steps: [
        { name: 'a', ok: true },
        { name: 'b', ok: false },
      ],
    }),
  ).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect(() => countsOf({})).toThrow()
})

test('a suite that broke outside its tests counts as a failure', () => {
  expect(countsOf({ ...vitest, success: false }).failed).toBe(1)
  expect(countsOf({ ...playwright, errors: [{ message: 'no such file' }] }).failed).toBe(3)
})

test('a runner that failed without saying so, or wrote nothing, counts as a failure', () => {
  const report = freshReport(folder, 'suite')
  expect(verdict(report, true).failed).toBe(1)
  writeFileSync(freshReport(folder, 'suite'), JSON.stringify(vitest))
  expect(verdict(report, true)).toEqual({ passed: 7, failed: 0, skipped: 3 })
  expect(verdict(report, false).failed).toBe(1)
  expect(sum(Object.values(readReports(folder)))).toEqual({ passed: 7, failed: 1, skipped: 3 })
})

test('a new run forgets the reports of the last', () => {
  writeSteps(freshReport(folder, 'suite'), [{ name: 'a', ok: false }])
  expect(existsSync(join(folder, 'suite.json'))).toBe(true)
  freshReport(folder, 'suite')
  expect(readReports(folder)).toEqual({})
})

test('every failure is named, with the first line of what went wrong', () => {
  const passed = { fullName: 'adds', status: 'passed' }
  const failed = {
    fullName: 'subtracts',
    status: 'failed',
    failureMessages: ['\u001b[31mError: 3 is not 2\u001b[39m\n  at x'],
  }
  const testResults = [
    { name: join(folder, 'src/a.test.ts'), status: 'failed', assertionResults: [passed, failed] },
    {
      name: join(folder, 'src/b.test.ts'),
      status: 'failed',
      message: 'no such module\n…',
      assertionResults: [],
    },
    { name: join(folder, 'src/c.test.ts'), status: 'passed', assertionResults: [passed] },
  ]
  expect(failuresOf({ testResults }, folder)).toEqual([
    'src/a.test.ts › subtracts: Error: 3 is not 2',
    'src/b.test.ts: no such module',
  ])
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'x.test.ts',
    tests: [{ status, results: [message === undefined ? {} : { error: { message } }, {}] }],
  })
  const inner = { specs: [spec('late', 'flaky', 'Timed out\n'), spec('good', 'expected')] }
  const suites = [{ specs: [spec('wrong', 'unexpected')], suites: [inner] }]
  expect(failuresOf({ stats: {}, errors: [{ message: 'no such file' }], suites }, folder)).toEqual([
    'no such file',
    'x.test.ts › wrong: no message',
    'x.test.ts › late: Timed out',
  ])
  writeSteps(freshReport(folder, 'suite'), [
    { name: 'a', ok: false },
    { name: 'b', ok: true },
  ])
  expect(readFailures(folder, folder)).toEqual(['suite › a'])
})

test('the summary is one plain line', () => {
  expect(summaryLine(sum([countsOf(vitest), countsOf(playwright)]))).toBe('11 passed, 2 failed')
})
