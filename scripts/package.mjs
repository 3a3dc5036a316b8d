/**
 * `npm run package [-- --for-tests] [-- ELECTRON-BUILDER TARGETS]`: an app folder to run from, or installers.
 * Installers (`-- --linux AppImage deb`, `-- --mac`, `-- --win`) need the stock Electron and a way to electron-builder's helpers.
 */
import { runMain, SetupProblem, say } from './setup/say.mjs'
import { setUp } from './setup.mjs'
import { buildIfChanged } from './steps/build.mjs'
import { packageApp } from './steps/package.mjs'

await runMain(async () => {
  const given = process.argv.slice(2)
  const targets = given.filter((argument) => argument !== '--for-tests')
  const setup = await setUp()
  if (setup.electronSource === 'registry') {
    if (targets.length > 0)
      throw new SetupProblem('Installers are made with the stock Electron only, which is not to be had here.')
    say('  This package holds the registry build of Electron: for tests on this machine, not for users.')
  }
  await buildIfChanged(setup)
  say(`✓ ${await packageApp(setup, { forTests: given.includes('--for-tests'), targets })}`)
  return 0
})
