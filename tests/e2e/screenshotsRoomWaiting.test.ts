/** Pictures of the review room without what it is for, light and dark, into RUSHES_SCREENSHOTS. */
import { studioOfFile } from './iconikLife.ts'
import { test } from './launch.ts'
import { both } from './pictures.ts'
import { showRoomWaiting } from './roomWaiting.ts'

const iconik = studioOfFile()

test('the room waits, and the room of what is gone', async ({ launchApp, expectConsoleError }) => {
  test.setTimeout(180_000)
  expectConsoleError(/Failed to load resource/)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  await showRoomWaiting(launched, iconik, (screen) => both(launched, screen))
})
