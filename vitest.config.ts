/** The test projects that run under plain Node, each by the folder it lives in. */
import { randomInt } from 'node:crypto'
import { defineConfig } from 'vitest/config'
import { readSetup } from './scripts/setup.mjs'

const setup = readSetup()
if (!setup) throw new Error('This checkout is not set up yet. Run: npm run setup')

/** Everything random in a test starts from it: RUSHES_SEED=… repeats a run. */
process.env['RUSHES_SEED'] ??= String(randomInt(2 ** 31))

/** A test that takes longer hangs; at the full size of `npm run soak` it may take hours. */
const limit = (ms: number) => (process.env['RUSHES_SOAK'] ? 12 * 3_600_000 : ms)

export default defineConfig({
  // A run by an unprivileged user cannot write into node_modules.
  cacheDir: process.env['RUSHES_VITE_CACHE'] ?? 'node_modules/.vite',
  test: {
    env: { ...setup.nodeEnv, RUSHES_SEED: process.env['RUSHES_SEED'] },
    globalSetup: './tests/setup/printSeed.ts',
    testTimeout: limit(20_000),
    hookTimeout: limit(20_000),
    teardownTimeout: 10_000,
    // What is polled for comes at once or never; one second is too little where the machine does much else.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'tests/media/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'setup', include: ['tests/setup/**/*.test.ts'], testTimeout: limit(120_000) },
      },
      { extends: true, test: { name: 'contract', include: ['tests/contract/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: limit(60_000) },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: limit(300_000),
          hookTimeout: limit(600_000),
          fileParallelism: false,
        },
      },
    ],
  },
})
