/** `npm run check`: types, lint, unit, contract and fault tests. */
import { runMain } from './setup/say.mjs'
import { openSession } from './steps/session.mjs'
import { checkSuites } from './steps/suites.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => conclude(await checkSuites(await openSession())))
