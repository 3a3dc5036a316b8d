/** `npm run build`: out/ from src/. */
import { runMain } from './setup/say.mjs'
import { setUp } from './setup.mjs'
import { buildIfChanged } from './steps/build.mjs'

await runMain(async () => {
  await buildIfChanged(await setUp())
  return 0
})
