/** The suites in real Electron, each a project of its own; started by the scripts, which set the environment. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const results = process.env['RUSHES_RESULTS'] ?? '../../test-results'
const report = process.env['RUSHES_REPORT']

/** A project's traces and pictures; kept apart because a run empties its own. */
const output = (name: string) => join(results, name)

/** Tests of every state that also take a picture of it on their way, where pictures are wanted. */
const withPictures = readdirSync(import.meta.dirname).filter(
  (name) =>
    name.endsWith('.test.ts') &&
    readFileSync(join(import.meta.dirname, name), 'utf8').includes("from './pictures.ts'"),
)

/** A test that takes longer hangs; at the full size of `npm run soak` it may take hours. */
const limit = (ms: number) => (process.env['RUSHES_SOAK'] ? 12 * 3_600_000 : ms)

export default defineConfig({
  testDir: '.',
  // Real windows share one display and two cores: side by side they would only wait for each other.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: limit(120_000),
  // What is not there by then never comes, also on a computer of half the speed that has other work.
  expect: { timeout: 20_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  projects: [
    {
      name: 'e2e',
      testIgnore: ['demoCheck.test.ts', 'packaged.test.ts', 'screenshots*.test.ts'],
      outputDir: output('e2e'),
    },
    { name: 'demo', testMatch: 'demoCheck.test.ts', outputDir: output('demo'), timeout: 180_000 },
    { name: 'packaged', testMatch: 'packaged.test.ts', outputDir: output('packaged') },
    {
      name: 'screenshots',
      testMatch: withPictures,
      outputDir: output('screenshots'),
    },
    {
      name: 'integrationApp',
      testDir: '../integration',
      testMatch: '*.e2e.ts',
      outputDir: output('integrationApp'),
    },
    {
      name: 'bench',
      testDir: '../../bench',
      testMatch: '*.bench.ts',
      outputDir: output('bench'),
      timeout: 600_000,
    },
  ],
})
