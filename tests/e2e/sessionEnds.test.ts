/** A session that ends under the review room: one question about the picture, plain words, and back at the same frame. */

import { z } from 'zod'
import { frameCounter } from './actor.ts'
import { holdCalls } from './heldCalls.ts'
import { answer, card, comment, openReview, studioOfFile } from './iconikLife.ts'
import { expect, type LaunchedApp, test } from './launch.ts'

type Window = LaunchedApp['window']

const iconik = studioOfFile()
const name = 'By mail'
const tokensSchema = z.object({ objects: z.array(z.object({ id: z.string() })) })
const tokens = async () =>
  (await answer(iconik.api, tokensSchema, 'auth/v1/auth/tokens/')).objects.map(({ id }) => id)

/** Ends every session but these, at the service. */
async function endSessions(kept: readonly string[]): Promise<void> {
  for (const id of (await tokens()).filter((each) => !kept.includes(each)))
    expect((await iconik.api.ask('DELETE', `auth/v1/auth/token/${id}/`)).status).toBeLessThan(300)
  expect((await tokens()).toSorted()).toEqual(kept.toSorted())
}

async function fillAccount(window: Window): Promise<void> {
  const form = window.getByRole('dialog')
  await form.getByText('Mail and password', { exact: true }).click()
  await form.getByLabel('Mail', { exact: true }).fill(iconik.studio.iconik.email)
  await form.getByLabel('Password', { exact: true }).fill(iconik.studio.iconik.password)
}

async function connect(window: Window): Promise<void> {
  const form = window.getByRole('dialog')
  await window.getByRole('button', { name: /^iconik/ }).click()
  await fillAccount(window)
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Address', { exact: true }).fill(iconik.studio.iconik.address)
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(window.getByRole('heading', { level: 1, name: 'Autumn Campaign' })).toBeVisible()
}

async function openScenes(window: Window): Promise<void> {
  const first = window.getByRole('treeitem', { name: 'Harbour, a portrait' }).first()
  await first.click()
  await expect(window.getByRole('heading', { level: 1, name: 'Harbour, a portrait' })).toBeVisible()
  if ((await first.getAttribute('aria-expanded')) === 'false') await first.dblclick()
  await window.getByRole('treeitem', { name: 'Scenes' }).first().click()
  await expect(card(window, 'Street in the rain')).toBeVisible()
}

async function signIn(window: Window): Promise<void> {
  await window.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  const form = window.getByRole('dialog')
  await expect(form).toContainText(`Sign in to ${name}`)
  await fillAccount(window)
  await form.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(form).toHaveCount(0)
}

const presented = (window: Window) =>
  window.evaluate(() => document.querySelector('video')?.dataset['presented'])

test('the room says so, asks for the picture once, and shows the same frame after signing in', async ({
  launchApp,
}) => {
  const { studio } = iconik
  const before = await tokens()
  const size = { width: 1440, height: 900 }
  const first = await launchApp({ size })
  await connect(first.window)
  await openScenes(first.window)
  await openReview(first.window, 'Street in the rain')
  await expect.poll(() => presented(first.window)).toBe('0')
  await first.close()

  await endSessions(before)

  const { window } = await launchApp({ size, userData: first.userData })
  await expect(window.getByRole('treeitem', { name: /By mail.*signed out/ })).toBeVisible()
  const from = studio.log().length
  const asked = (isRefused: boolean) =>
    studio
      .log()
      .slice(from)
      .filter(({ operation, status }) => operation === 'files.listProxies' && (status === 401) === isRefused)
      .length
  await card(window, 'Street in the rain').dblclick()
  const words = window.getByRole('main').getByText('The session ended', { exact: true })

  await test.step('one question for each that shows it: the picture, the strip, the sound', async () => {
    await expect(words).toBeVisible()
    // The strip and the sound come with the picture or right after it; more than these would come within a second.
    await expect.poll(() => asked(true)).toBeGreaterThan(0)
    await window.locator('[data-focus="stage"]').focus()
    for (let step = 1; step <= 12; step += 1) {
      await window.keyboard.press('ArrowRight')
      await expect.poll(() => frameCounter(window)).toBe(step)
    }
    await window.keyboard.press('m')
    await window.keyboard.type('Written while nobody was signed in.')
    await window.keyboard.press('Enter')
    await expect(comment(window, 'Written while nobody')).toContainText('Saved here')
    expect(asked(true)).toBeLessThanOrEqual(3)
    expect(asked(false)).toBe(0)
  })

  await test.step('signed in again, the picture is there at the frame that was left', async () => {
    await signIn(window)
    await expect(words).toHaveCount(0)
    await expect.poll(() => presented(window)).toBe('12')
    expect(await frameCounter(window)).toBe(12)
    await expect(comment(window, 'Written while nobody')).not.toContainText('Saved here')
    expect(asked(true)).toBeLessThanOrEqual(3)
  })
})

test('a clip that was never opened says it as well, and opens by itself after signing in', async ({
  launchApp,
}) => {
  const before = await tokens()
  const { app, window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connect(window)
  await openScenes(window)
  await endSessions(before)
  await card(window, 'Lighthouse, dusk').dblclick()
  const room = window.getByRole('main')
  const words = room.getByText('The session ended', { exact: true })
  await expect(words).toBeVisible()
  const letGo = await holdCalls(app, 'media.open')
  await signIn(window)
  await expect(words).toHaveCount(0)
  await expect(room.getByText('Cannot be played'), 'nothing has failed while it is asked anew').toHaveCount(0)
  await letGo()
  await expect.poll(() => presented(window)).toBe('0')
})
