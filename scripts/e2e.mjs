/** `npm run test:e2e [-- FILTER…]`: the built app in real Electron. */
import { runMain } from './setup/say.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { runRecorded } from './steps/recording.mjs'
import { openSession } from './steps/session.mjs'
import { appMs } from './steps/suites.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  await buildIfChanged(session.setup)
  const args = process.argv.slice(2)
  // The full size of a long proof, asked for by itself.
  const timeoutMs = process.env['RUSHES_SOAK'] ? 12 * 3_600_000 : appMs
  return conclude(await runRecorded(session, { project: 'e2e', timeoutMs, args }))
})
