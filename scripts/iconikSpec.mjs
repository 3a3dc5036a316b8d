/** `node scripts/iconikSpec.mjs FILE…`: recorded exchanges with iconik's API against the vendor's files (RUSHES_SPECS). */
import { runMain } from './setup/say.mjs'
import { checkExchanges } from './steps/strictCheck.mjs'
import { conclude } from './steps/summary.mjs'

await runMain(async () => conclude({ iconik: await checkExchanges(process.argv.slice(2)) }))
