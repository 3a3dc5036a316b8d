/** Asking for approval, answering, and taking it back: in the app, and as the service has it. */
import { z } from 'zod'
import type { IconikClient } from '../fakes/iconikClient.ts'
import type { StudioProcess } from '../fakes/studioProcess.ts'
import { ask } from './actor.ts'
import {
  answer,
  assetCalled,
  assetIdOf,
  card,
  chooseOf,
  choosePeople,
  connectIconik,
  openPlace,
  openReview,
  openRidgeDay,
  startIconik,
} from './iconikLife.ts'
import { expect, test } from './launch.ts'

let studio: StudioProcess
let api: IconikClient
test.beforeAll(async () => {
  const started = await startIconik()
  studio = started.studio
  api = started.api
})
test.afterAll(async () => {
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

const requestSchema = z.object({
  status: z.string(),
  users: z.array(z.string()),
  externals: z.array(z.string()),
  min_number: z.number().nullish(),
})
const votesSchema = z.object({ objects: z.array(z.object({ status: z.string() })) })
const requestPath = (id: string) => `assets/v1/assets/${id}/approvals/request/`
const votesOf = async (id: string) =>
  (await answer(api, votesSchema, `assets/v1/assets/${id}/approvals/`)).objects.map(({ status }) => status)

test('people and a mail address are asked, everybody’s answer counts, and the question is taken back', async ({
  launchApp,
}) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, studio)
  await openRidgeDay(window)
  const name = 'Barley, evening wind'
  const { id } = await assetCalled(api, name)

  await test.step('nobody is asked by an empty form; a person by name, a guest by mail', async () => {
    await chooseOf(window, name, /^Ask for approval/)
    const sheet = window.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(sheet.getByText('Needed', { exact: true })).toBeVisible()
    await choosePeople(window, 'Who', [{ type: 'Sam', choose: 'Sam Okafor' }, 'colour@lab.invalid'])
    await sheet.getByLabel('Votes needed').fill('2')
    await sheet.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(sheet).toHaveCount(0)
    await expect(window.getByText('2 people were asked.')).toBeVisible()
    expect(await answer(api, requestSchema, requestPath(id))).toMatchObject({
      ...{ status: 'REQUESTED', externals: ['colour@lab.invalid'], min_number: 2 },
      users: [expect.any(String)],
    })
    await expect(card(window, name)).toContainText('In review')
  })

  await test.step('what Sam answers arrives in the open review', async () => {
    await openReview(window, name)
    const voted = window.getByRole('button', { name: /voted$/ })
    await expect(voted).toHaveText('0 of 2 voted')
    await answer(api.limited(), z.unknown(), `assets/v1/assets/${id}/approvals/`, {
      method: 'PUT',
      body: { status: 'APPROVED' },
    })
    await expect(voted).toHaveText('1 of 2 voted', { timeout: 30_000 })
    await voted.click()
    const panel = window.getByRole('dialog')
    await expect(panel).toContainText('2 votes needed')
    await expect(panel.getByRole('listitem').filter({ hasText: 'Sam Okafor' })).toContainText('Approved')
    await expect(panel.getByRole('listitem').filter({ hasText: 'colour@lab.invalid' })).toContainText(
      'Waiting',
    )
  })

  await test.step('my refusal with a few words', async () => {
    const panel = window.getByRole('dialog')
    await panel.getByRole('textbox').fill('The grade drifts to green at the end.')
    await panel.getByRole('button', { name: 'Needs changes' }).click()
    await expect(window.getByRole('button', { name: 'You asked for changes' })).toBeVisible()
    await expect.poll(() => votesOf(id)).toEqual(expect.arrayContaining(['APPROVED', 'NOT_APPROVED']))
    await expect
      .poll(async () =>
        JSON.stringify(await answer(api, z.unknown(), `assets/v1/assets/${id}/segments/?per_page=100`)),
      )
      .toContain('The grade drifts to green at the end.')
  })

  await test.step('the question is taken back; votes that were given stay', async () => {
    const panel = window.getByRole('dialog')
    if ((await panel.count()) === 0) await window.getByRole('button', { name: /voted$/ }).click()
    await panel.getByRole('button', { name: 'Withdraw' }).click()
    await expect(panel.getByRole('listitem').filter({ hasText: 'colour@lab.invalid' })).toHaveCount(0)
    await expect
      .poll(async () => (await api.ask('GET', requestPath(id))).body)
      .not.toMatchObject({ externals: ['colour@lab.invalid'] })
  })
})

test('many at once: a vote on all of them, and all votes gone again', async ({ launchApp }) => {
  const { window } = await launchApp()
  await connectIconik(window, studio)
  await openPlace(window, 'Harbour, a portrait', 'Scenes')
  const names = ['Street in the rain', 'Lighthouse, dusk']
  await expect(card(window, 'Street in the rain')).toBeVisible()
  const remote = await Promise.all(names.map((name) => assetCalled(api, name)))
  const assetIds = await Promise.all(names.map((name) => assetIdOf(window, name)))
  const votes = () => Promise.all(remote.map(({ id }) => votesOf(id)))
  await ask(window, 'approvals.bulk', { assetIds, vote: 'approved' })
  expect(await votes()).toEqual([['APPROVED'], ['APPROVED']])
  await expect(card(window, 'Street in the rain')).toContainText('Approved')
  await ask(window, 'approvals.bulk', { assetIds, vote: null })
  expect(await votes()).toEqual([[], []])
  await expect(card(window, 'Street in the rain')).toContainText('No review yet')
})
