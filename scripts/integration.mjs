/** `npm run test:integration`: against real servers and foreign readers, started and stopped by the tests. */
import { join } from 'node:path'
import { cacheFolder } from './setup/paths.mjs'
import { runMain } from './setup/say.mjs'
import { openSession } from './steps/session.mjs'
import { conclude } from './steps/summary.mjs'
import { runVitest } from './steps/vitest.mjs'

await runMain(async () => {
  const session = await openSession()
  // Servers and tools that tests build for themselves are kept for the next run.
  const env = { RUSHES_TOOLS: join(cacheFolder(), 'tools') }
  const counts = await runVitest(session, {
    name: 'integration',
    projects: ['integration'],
    timeoutMs: 30 * 60_000,
    args: process.argv.slice(2),
    env,
    keepsPowers: true,
  })
  return conclude({ integration: counts })
})
