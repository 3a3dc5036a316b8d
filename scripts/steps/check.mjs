/** Types, lint and format of the whole project; each counts as one check. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../setup/command.mjs'
import { checkout } from '../setup/paths.mjs'
import { say, secondsSince } from '../setup/say.mjs'
import { freshReport, sum, writeSteps } from './results.mjs'
import { tool } from './tools.mjs'

const checkMs = 5 * 60_000

/** Every folder with types of its own. */
export function typedFolders() {
  const inSrc = readdirSync(join(checkout, 'src')).map((name) => `src/${name}`)
  return ['scripts', ...inSrc, 'tests'].filter((folder) =>
    existsSync(join(checkout, folder, 'tsconfig.json')),
  )
}

/**
 * @param {import('./session.mjs').Session} session
 * @returns {Promise<import('./results.mjs').Counts>}
 */
export async function checkSources({ results }) {
  const checks = [
    ...typedFolders().map((folder) => ({ name: `types of ${folder}`, args: [tool('tsc'), '-p', folder] })),
    {
      name: 'lint and format',
      args: [tool('biome'), 'check', '--error-on-warnings', '--max-diagnostics=50'],
    },
  ]
  const report = freshReport(results, 'sources')
  const steps = []
  for (const { name, args } of checks) {
    const start = performance.now()
    const outcome = await run(process.execPath, args, {
      cwd: checkout,
      output: 'inherit',
      timeoutMs: checkMs,
    })
    const ok = outcome.code === 0
    say(`${ok ? '✓' : '✗'} ${name} (${secondsSince(start)})`)
    steps.push({ name, ok })
  }
  writeSteps(report, steps)
  const passed = steps.filter((step) => step.ok).length
  return sum([{ passed, failed: steps.length - passed, skipped: 0 }])
}
