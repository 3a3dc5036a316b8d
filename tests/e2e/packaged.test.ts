/** The app as electron-builder makes it. */
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from './launch.ts'

const on = FuseState.ENABLE
const off = FuseState.DISABLE

const asUsersGetIt = {
  [FuseV1Options.RunAsNode]: off,
  [FuseV1Options.EnableCookieEncryption]: on,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
  [FuseV1Options.EnableNodeCliInspectArguments]: off,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
  [FuseV1Options.OnlyLoadAppFromAsar]: on,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
}

function program(name: string): string {
  const path = process.env[name]
  if (!path) throw new Error('Start this test with npm test: it packages the app first.')
  return path
}

test('the app that users get has every fuse in its place', async () => {
  expect(await getCurrentFuseWire(program('RUSHES_PACKAGED_FOR_USERS'))).toMatchObject(asUsersGetIt)
})

test('the app under test differs in the inspect fuse alone', async () => {
  expect(await getCurrentFuseWire(program('RUSHES_PACKAGED'))).toMatchObject({
    ...asUsersGetIt,
    [FuseV1Options.EnableNodeCliInspectArguments]: on,
  })
})

test('the packaged app finds its addon, preload, transfer host, studio and samples', async ({
  launchApp,
  expectConsoleError,
}) => {
  // It is closed while pictures are still on their way: the studio goes first.
  expectConsoleError(/502 \(Bad Gateway\) \(media:.*\/thumbnail/)
  const { app, window } = await launchApp({ args: ['--demo'] })
  expect(await app.evaluate((electron) => electron.app.isPackaged)).toBe(true)
  const helpers = () => app.evaluate((electron) => electron.app.getAppMetrics().map((one) => one.name))
  await expect.poll(helpers).toEqual(expect.arrayContaining(['Rushes transfers', 'Rushes studio']))
  // Through the preload to the library in SQLite, the studio's answers in it, and the samples the studio holds.
  const productions = () =>
    window.evaluate(async () => {
      const bridge = Reflect.get(globalThis, 'rushes') as {
        call(name: string): Promise<{ value: { state: string }[] }>
      }
      const connections = await bridge.call('connections.list')
      return connections.value.map((connection) => connection.state)
    })
  // The demo opens both studios.
  await expect.poll(productions).toEqual(['online', 'online'])
})
