/** Says which seed this run uses, so that a failure can be repeated. */
import type { TestProject } from 'vitest/node'

export default function printSeed(project: TestProject): void {
  // Every project of a run comes by here, each with a copy of this module; one line is enough.
  if (process.env['RUSHES_SEED_SHOWN']) return
  process.env['RUSHES_SEED_SHOWN'] = '1'
  process.stdout.write(`seed: RUSHES_SEED=${project.config.env['RUSHES_SEED']}\n`)
}
