/** Tokens and keys: in the system's key store, else in memory only; never in a file of ours, never in the page. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StudioProcess } from '../fakes/studioProcess.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import { connect, samplesFolder } from './actor.ts'
import { expect, test } from './launch.ts'

let studio: StudioProcess
test.beforeAll(async () => {
  studio = await startStudio({ samplesFolder })
})
test.afterAll(() => studio.dispose())

/** Files of the profile that hold one of the secrets as they are. */
async function filesWithSecrets(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if (bytes.includes(studio.token) || bytes.includes(studio.storage.secretAccessKey)) found.push(path)
  }
  return found
}

test('with a key store the connection is there again after a restart, and no file holds its secrets', async ({
  launchApp,
}) => {
  const first = await launchApp()
  await connect(first.window, studio)
  await first.close()
  expect(await filesWithSecrets(first.userData)).toEqual([])
  const second = await launchApp({ userData: first.userData })
  await expect(second.window.getByRole('heading', { level: 1, name: 'Autumn Campaign' })).toBeVisible()
  await expect(second.window.getByText(/8 assets/).first()).toBeVisible()
  const all = await second.window.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'rushes') as { call(name: string): Promise<unknown> }
    return JSON.stringify([
      await bridge.call('connections.list'),
      await bridge.call('settings.get'),
      { ...localStorage },
    ])
  })
  expect(all).not.toContain(studio.token)
  expect(all).not.toContain(studio.storage.secretAccessKey)
})

test('without a key store secrets live for one run, and the app says so and asks again', async ({
  launchApp,
}) => {
  const first = await launchApp({ keyStore: 'none' })
  await connect(first.window, studio)
  await first.close()
  expect(await filesWithSecrets(first.userData)).toEqual([])
  const second = await launchApp({ userData: first.userData, keyStore: 'none' })
  await expect(second.window.getByRole('treeitem', { name: /Northlight/ }).first()).toContainText(
    'signed out',
  )
})

test('a wrong token is told in words and stores nothing', async ({ launchApp }) => {
  const { window, userData } = await launchApp()
  await window.getByRole('button', { name: /Candidio/ }).click()
  const form = window.getByRole('dialog')
  for (const [label, value] of [
    ['Name', 'Northlight'],
    ['Address', studio.address],
    ['Access token', 'wrong-token-wrong-token'],
    ['Region', 'us-east-1'],
    ['Bucket', 'media'],
    ['Access key', 'AKIAWRONG'],
    ['Secret key', 'wrong-secret'],
  ] as const) {
    await form.getByLabel(label, { exact: true }).fill(value)
  }
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(
    form
      .getByRole('alert')
      .or(form.getByText(/session|sign in|token/i))
      .first(),
  ).toBeVisible()
  expect((await readdir(userData)).includes('secrets.json')).toBe(false)
})
