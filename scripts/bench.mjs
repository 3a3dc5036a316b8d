/** `npm run bench [-- FILTER…]`: measurements of the built app (bench/*.bench.ts), in real Electron. */
import { runMain } from './setup/say.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { runPlaywright } from './steps/playwright.mjs'
import { openSession } from './steps/session.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  await buildIfChanged(session.setup)
  const args = process.argv.slice(2)
  return conclude({ bench: await runPlaywright(session, { project: 'bench', timeoutMs: 60 * 60_000, args }) })
})
