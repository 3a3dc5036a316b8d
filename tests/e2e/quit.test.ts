/** The app quits when it is asked to, also when its page does not listen. */
import { test } from './launch.ts'

test('a page that hangs does not keep the app from quitting', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'] })
  // Whoever launched the app quits it, and fails when it does not go.
  await window.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 0)
  })
})

test('it quits while it is still starting', async ({ launchApp }) => {
  // The demo is being filled when the window is there.
  await launchApp({ args: ['--demo', '--demo-assets=3000'] })
})
