/** `npm run test:e2e [-- FILTER…]`: the built app in real Electron. */
import { runMain } from './setup/say.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { runPlaywright } from './steps/playwright.mjs'
import { openSession } from './steps/session.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  await buildIfChanged(session.setup)
  const args = process.argv.slice(2)
  return conclude({ e2e: await runPlaywright(session, { project: 'e2e', timeoutMs: 15 * 60_000, args }) })
})
