/** `npm run soak`: the long proofs at their full size (RUSHES_SOAK=1); takes hours. */
import { runMain } from './setup/say.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { runPlaywright } from './steps/playwright.mjs'
import { openSession } from './steps/session.mjs'
import { integrationSuites } from './steps/suites.mjs'
import { conclude } from './steps/summary.mjs'
import { runVitest } from './steps/vitest.mjs'

const hours = 60 * 60_000

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  await buildIfChanged(session.setup)
  const env = { RUSHES_SOAK: '1' }
  const projects = ['unit', 'contract', 'faults']
  const long = await runVitest(session, { name: 'soak', projects, timeoutMs: 24 * hours, env })
  const app = await runPlaywright(session, { project: 'e2e', timeoutMs: 12 * hours, env })
  const servers = await integrationSuites(session, { timeoutMs: 12 * hours, env })
  return conclude({ soak: long, e2e: app, ...servers })
})
