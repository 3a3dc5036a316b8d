/** `npm test`: everything that needs nothing but this machine, the packaged app included. */
import { runMain } from './setup/say.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { openSession } from './steps/session.mjs'
import { appSuites, checkSuites, packagedSuites } from './steps/suites.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => {
  const session = await openSession({ display: true, keyStore: true })
  const checks = await checkSuites(session)
  await buildIfChanged(session.setup)
  const app = await appSuites(session)
  return conclude({ ...checks, ...app, ...(await packagedSuites(session)) })
})
