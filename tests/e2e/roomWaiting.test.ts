/** A room that waits or has lost its asset: said in words, nothing typed is lost, nothing for axe to find. */
import { expectNone } from './axe.ts'
import { studioOfFile } from './iconikLife.ts'
import { test } from './launch.ts'
import { showRoomWaiting } from './roomWaiting.ts'

const iconik = studioOfFile()

test('not here yet, deleted while it is open, gone before', async ({ launchApp, expectConsoleError }) => {
  test.setTimeout(180_000)
  expectConsoleError(/Failed to load resource/)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  await showRoomWaiting(launched, iconik, (screen) => expectNone(launched.window, screen))
})
