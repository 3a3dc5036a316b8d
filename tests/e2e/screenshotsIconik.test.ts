/** Pictures of what iconik adds, light and dark, into RUSHES_SCREENSHOTS. */
import { connectIconik, startIconik } from './iconikLife.ts'
import { showIconik } from './iconikScreens.ts'
import { showIconikGuest, showIconikTrouble, showIconikWork } from './iconikStates.ts'
import { test } from './launch.ts'
import { both } from './pictures.ts'

const size = { width: 1440, height: 900 }

test('what iconik adds', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const launched = await launchApp({ args: ['--demo'], size })
  await showIconik(launched, (screen) => both(launched, screen))
})

test('work with iconik, and trouble', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const iconik = await startIconik()
  try {
    const working = await launchApp({ size })
    await connectIconik(working.window, iconik.studio)
    await showIconikWork(working, (screen) => both(working, screen))
    await showIconikGuest(working, iconik, (screen) => both(working, screen))
    await working.close()
    const troubled = await launchApp({ size })
    await showIconikTrouble(troubled, iconik, (screen) => both(troubled, screen))
  } finally {
    await iconik.studio.dispose()
  }
})
