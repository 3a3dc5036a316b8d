/** Ways in, ways back in, and what a service may do wrong: clear words each time, and nothing lost. */
import { z } from 'zod'
import { cards } from './actor.ts'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  comment,
  connectIconik,
  doorOfFile,
  iconikName,
  leaveReview,
  openPlace,
  openReview,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

type Window = LaunchedApp['window']

const iconik = studioOfFile()
const door = doorOfFile(iconik)

async function fillAccount(window: Window, email: string, password: string): Promise<void> {
  const form = window.getByRole('dialog')
  await form.getByText('Mail and password', { exact: true }).click()
  await form.getByLabel('Mail', { exact: true }).fill(email)
  await form.getByLabel('Password', { exact: true }).fill(password)
}

async function fillConnection(window: Window, name: string, email: string): Promise<void> {
  const form = window.getByRole('dialog')
  await form.getByText('iconik', { exact: true }).click()
  await fillAccount(window, email, iconik.studio.iconik.password)
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Address', { exact: true }).fill(iconik.studio.iconik.address)
}

const connection = (window: Window, name: string) =>
  window.locator('[role="treeitem"][aria-level="1"]').filter({ hasText: name })

test('mail and password, a second factor, a session that ends and is renewed, a comment kept meanwhile', async ({
  launchApp,
  expectConsoleError,
}) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  const { studio, api } = iconik
  const { email, mfaEmail, password, otp } = studio.iconik
  const form = window.getByRole('dialog')
  const tokensSchema = z.object({ objects: z.array(z.object({ id: z.string() })) })
  const tokens = async () =>
    (await answer(api, tokensSchema, 'auth/v1/auth/tokens/')).objects.map(({ id }) => id).toSorted()
  const before = await tokens()

  await test.step('a wrong password is told, the right one opens', async () => {
    await window.getByRole('button', { name: /^iconik/ }).click()
    await fillConnection(window, 'By mail', email)
    const typed = form.getByLabel('Password', { exact: true })
    await typed.fill('not this one')
    await typed.press('Enter')
    await expect(form.getByRole('alert')).toBeVisible()
    await expect(typed, 'refused, it can be typed again at once').toBeFocused()
    await form.getByLabel('Password', { exact: true }).fill(password)
    await form.getByRole('button', { name: 'Connect' }).click()
    await expect(window.getByRole('heading', { level: 1, name: 'Autumn Campaign' })).toBeVisible()
  })

  await test.step('an account with a second factor is asked for its code', async () => {
    await window.getByRole('button', { name: 'Add a connection' }).click()
    await fillConnection(window, 'With a code', mfaEmail)
    await expect(form.getByLabel('Code', { exact: true })).toHaveCount(0)
    await form.getByRole('button', { name: 'Connect' }).click()
    await expect(form.getByText('This account asks for a code as well.')).toBeVisible()
    await form.getByLabel('Code', { exact: true }).fill(otp === '111111' ? '222222' : '111111')
    await form.getByRole('button', { name: 'Connect' }).click()
    await expect(form.getByLabel('Code', { exact: true })).toBeVisible()
    await form.getByLabel('Code', { exact: true }).fill(otp)
    await form.getByRole('button', { name: 'Connect' }).click()
    await expect(form).toHaveCount(0)
    await expect(connection(window, 'With a code')).toBeVisible()
    // No secret stays in the page.
    const page = await window.evaluate(() => document.documentElement.outerHTML)
    for (const secret of [password, otp]) expect(page).not.toContain(secret)
  })

  await test.step('its session is ended elsewhere: a comment stays here, and goes when somebody signs in', async () => {
    const first = (name: string) => window.getByRole('treeitem', { name }).first()
    await first('Harbour, a portrait').click()
    await expect(window.getByRole('heading', { level: 1, name: 'Harbour, a portrait' })).toBeVisible()
    if ((await first('Harbour, a portrait').getAttribute('aria-expanded')) === 'false')
      await first('Harbour, a portrait').dblclick()
    await first('Scenes').click()
    await openReview(window, 'Street in the rain')
    const ours = (await tokens()).filter((id) => !before.includes(id))
    expect(ours).toHaveLength(1)
    // The clip that is open may still be read.
    expectConsoleError(/status of 401 .*\(media:/)
    for (const id of ours)
      expect((await api.ask('DELETE', `auth/v1/auth/token/${id}/`)).status).toBeLessThan(300)
    expect(await tokens()).toEqual(before)
    await window.keyboard.press('m')
    await window.keyboard.type('Hold this one until somebody signs in.')
    await window.keyboard.press('Control+Enter')
    const mine = comment(window, 'Hold this one until')
    await expect(mine).toContainText('Saved here')
    await leaveReview(window, 'Scenes')
    await expect(connection(window, 'By mail')).toContainText('signed out')
    await expect(card(window, 'Street in the rain'), 'what was read stays').toBeVisible()
    await window.keyboard.press('Control+r')
    const notice = window.getByRole('alert').filter({ hasText: 'The session ended.' })
    await notice.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(form).toContainText('Sign in to By mail')
    await window.keyboard.press('Escape')
    await expect(form).toHaveCount(0)
    await window.keyboard.press('Control+,')
    await window.getByRole('button', { name: 'Connections', exact: true }).click()
    await expect(window.getByText('The session ended.')).toBeVisible()
    await window.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(form).toContainText('Sign in to By mail')
    await expect(form.getByLabel('Address', { exact: true })).toHaveCount(0)
    await fillAccount(window, email, password)
    await form.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(form).toHaveCount(0)
    await expect(window.getByText('The session ended.')).toHaveCount(0)
    const { id } = await assetCalled(api, 'Street in the rain')
    const segments = async () =>
      JSON.stringify(await answer(api, z.unknown(), `assets/v1/assets/${id}/segments/?per_page=100`))
    await expect.poll(segments).toContain('Hold this one until somebody signs in.')
    await window.getByRole('button', { name: 'Done', exact: true }).click()
    await expect(card(window, 'Street in the rain')).toBeVisible()
    await expect(notice).toHaveCount(0)
  })
})

test('not allowed, too fast, gone, and nonsense: said in words, nothing lost', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  const { studio, api } = iconik
  await connectIconik(window, studio, { address: door().address })
  await openRidgeDay(window)
  await expect(cards(window)).toHaveCount(4)

  await test.step('a right is missing: the name that was typed stays', async () => {
    await studio.fault({ operation: 'assets.patchAsset', kind: 'status', status: 403, code: 'Forbidden' })
    await chooseOf(window, 'Lake, lantern', /^Rename/)
    const sheet = window.getByRole('dialog')
    await sheet.getByLabel('New name', { exact: true }).fill('Lake, two lanterns')
    await sheet.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(window.getByText('This account may not do that.')).toBeVisible()
    await expect(sheet.getByLabel('New name', { exact: true })).toHaveValue('Lake, two lanterns')
    await sheet.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(sheet).toHaveCount(0)
    await expect(card(window, 'Lake, two lanterns')).toBeVisible()
  })

  await test.step('asked to slow down, the whole connection waits, then goes on by itself', async () => {
    const seconds = 4
    await studio.fault({
      ...{ operation: 'assets.listCollectionContents', kind: 'status', status: 429, code: 'TooManyRequests' },
      retryAfterSeconds: seconds,
    })
    const from = studio.log().length
    await window.keyboard.press('Control+r')
    await studio.untilLogged((request) => request.status === 429)
    await expect(connection(window, iconikName)).toContainText('asked to slow down until')
    const again = () =>
      studio
        .log()
        .slice(from)
        .findIndex(({ operation, status }) => operation === 'assets.listCollectionContents' && status === 200)
    await expect.poll(again).toBeGreaterThan(-1)
    const log = studio.log().slice(from)
    const refusedAt = log.find(({ status }) => status === 429)?.time ?? 0
    // What was sent before the refusal was read may come after it.
    const hasty = log.filter(
      ({ time }) => time > refusedAt + 1_000 && time < refusedAt + seconds * 1000 - 100,
    )
    expect(hasty).toEqual([])
    await expect(cards(window)).toHaveCount(4)
    await expect(connection(window, iconikName)).not.toContainText('asked to slow down')
  })

  await test.step('an answer that makes no sense: said, and what was read stays', async () => {
    const heal = door().spoil(
      (method, path) => method === 'GET' && path.includes('/contents/'),
      () => '{"objects": 7, "pages": "many"}',
    )
    await window.keyboard.press('Control+r')
    await expect(window.getByText(/answered in a way Rushes does not understand/)).toBeVisible()
    await expect(window.getByRole('button', { name: 'Copy details' })).toBeVisible()
    await expect(cards(window)).toHaveCount(4)
    heal()
    await window.keyboard.press('Control+r')
    await expect(window.getByText(/answered in a way Rushes does not understand/)).toHaveCount(0)
  })

  await test.step('nonsense to a comment: it stays here, and stands at the service once', async () => {
    await openReview(window, 'Barley, evening wind')
    const heal = door().spoil(
      (method, path) => method === 'POST' && path.endsWith('/segments/'),
      () => '[[[',
    )
    await window.keyboard.press('m')
    await window.keyboard.type('Wind noise from the left.')
    await window.keyboard.press('Control+Enter')
    const mine = comment(window, 'Wind noise from the left.')
    await expect(mine).toContainText('Saved here, not sent')
    heal()
    const { id } = await assetCalled(api, 'Barley, evening wind')
    const text = JSON.stringify(
      await answer(api, z.unknown(), `assets/v1/assets/${id}/segments/?per_page=100`),
    )
    expect(text.split('Wind noise from the left.').length - 1).toBe(1)
    await expect(mine).toBeVisible()
    await leaveReview(window, 'Day 1, ridge')
  })

  await test.step('an asset that somebody else deleted: said, no crash, gone from the list', async () => {
    await openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 2, road')
    const { id } = await assetCalled(api, 'Cabin, northern lights')
    await expect(card(window, 'Cabin, northern lights')).toBeVisible()
    const body = { ids: [id] }
    const read = () => api.ask('GET', `assets/v1/assets/${id}/`)
    expect((await api.ask('POST', 'assets/v1/delete_queue/assets/', body)).status).toBeLessThan(300)
    expect((await read()).body).toMatchObject({ status: 'DELETED' })
    expect((await api.ask('POST', 'assets/v1/delete_queue/assets/purge/', body)).status).toBeLessThan(300)
    expect((await read()).status).toBe(404)
    await card(window, 'Cabin, northern lights').dblclick()
    await expect(window.getByText(/no longer on the server|no longer here/).first()).toBeVisible()
    await leaveReview(window, 'Day 2, road')
    await window.keyboard.press('Control+r')
    await expect(card(window, 'Cabin, northern lights')).toHaveCount(0)
    await expect(card(window, 'Night road')).toBeVisible()
    await expect(connection(window, iconikName)).not.toContainText('offline')
  })
})
