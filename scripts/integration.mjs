/** `npm run test:integration [-- FILE…]`: against real servers and foreign readers, started and stopped by the tests. */
import { runMain } from './setup/say.mjs'
import { openSession } from './steps/session.mjs'
import { integrationSuites } from './steps/suites.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  return conclude(
    await integrationSuites(session, { timeoutMs: 30 * 60_000, filters: process.argv.slice(2) }),
  )
})
