/** Pictures of what iconik adds, light and dark, into RUSHES_SCREENSHOTS. */
import { showIconik } from './iconikScreens.ts'
import { test } from './launch.ts'
import { both } from './pictures.ts'

test('what iconik adds', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await showIconik(launched, (screen) => both(launched, screen))
})
