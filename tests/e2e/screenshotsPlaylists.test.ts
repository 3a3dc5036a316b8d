/** Pictures of playlists, light and dark, in both usual sizes, into RUSHES_SCREENSHOTS. */
import { test } from './launch.ts'
import { both } from './pictures.ts'
import { showPlaylists } from './playlistScreens.ts'

for (const size of [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
]) {
  test(`playlists at ${size.width}`, async ({ launchApp }) => {
    test.setTimeout(180_000)
    const launched = await launchApp({ args: ['--demo'], size })
    const suffix = size.width === 1440 ? '' : `-${size.width}x${size.height}`
    await showPlaylists(launched, (screen) => both(launched, `${screen}${suffix}`))
  })
}
