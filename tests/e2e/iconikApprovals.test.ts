/** Asking for approval, answering, and taking it back: in the app, and as the service has it. */
import { z } from 'zod'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  choosePeople,
  connectIconik,
  openPlace,
  openReview,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import { expect, test } from './launch.ts'

const iconik = studioOfFile()

const requestSchema = z.object({
  status: z.string(),
  users: z.array(z.string()),
  externals: z.array(z.string()),
  min_number: z.number().nullish(),
})
const votesSchema = z.object({ objects: z.array(z.object({ status: z.string() })) })
const requestPath = (id: string) => `assets/v1/assets/${id}/approvals/request/`
const votesOf = async (id: string) =>
  (await answer(iconik.api, votesSchema, `assets/v1/assets/${id}/approvals/`)).objects.map(
    ({ status }) => status,
  )

test('people and a mail address are asked, everybody’s answer counts, and the question is taken back', async ({
  launchApp,
}) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  const name = 'Barley, evening wind'
  const { id } = await assetCalled(iconik.api, name)

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
    expect(await answer(iconik.api, requestSchema, requestPath(id))).toMatchObject({
      ...{ status: 'REQUESTED', externals: ['colour@lab.invalid'], min_number: 2 },
      users: [expect.any(String)],
    })
    await expect(card(window, name)).toContainText('In review')
  })

  await test.step('what Sam answers arrives in the open review', async () => {
    await openReview(window, name)
    const voted = window.getByRole('button', { name: /voted$/ })
    await expect(voted).toHaveText('0 of 2 voted')
    await answer(iconik.api.limited(), z.unknown(), `assets/v1/assets/${id}/approvals/`, {
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
        JSON.stringify(
          await answer(iconik.api, z.unknown(), `assets/v1/assets/${id}/segments/?per_page=100`),
        ),
      )
      .toContain('The grade drifts to green at the end.')
  })

  await test.step('the question is taken back; votes that were given stay', async () => {
    const panel = window.getByRole('dialog')
    if ((await panel.count()) === 0) await window.getByRole('button', { name: /voted$/ }).click()
    await panel.getByRole('button', { name: 'Withdraw' }).click()
    await expect(panel.getByRole('listitem').filter({ hasText: 'colour@lab.invalid' })).toHaveCount(0)
    await expect
      .poll(async () => (await iconik.api.ask('GET', requestPath(id))).body)
      .not.toMatchObject({ externals: ['colour@lab.invalid'] })
  })
})

test('many at once: a vote on all of them, a question about all, and all of it gone again', async ({
  launchApp,
}) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  await openPlace(window, 'Harbour, a portrait', 'Scenes')
  const [rain, dusk] = ['Street in the rain', 'Lighthouse, dusk']
  await expect(card(window, rain)).toBeVisible()
  const remote = await Promise.all([rain, dusk].map((name) => assetCalled(iconik.api, name)))
  const votes = () => Promise.all(remote.map(({ id }) => votesOf(id)))
  const minimums = () =>
    Promise.all(
      remote.map(async ({ id }) => (await answer(iconik.api, requestSchema, requestPath(id))).min_number),
    )
  const chooseBoth = async () => {
    await card(window, rain).click()
    await card(window, dusk).click({ modifiers: ['ControlOrMeta'] })
  }
  const chooseOfBoth = async (words: RegExp) => {
    await chooseBoth()
    await chooseOf(window, dusk, words)
  }

  await test.step('a vote from the menu, another from the palette', async () => {
    await chooseOfBoth(/^Approve/)
    await expect(window.getByText('2 versions approved.')).toBeVisible()
    expect(await votes()).toEqual([['APPROVED'], ['APPROVED']])
    await expect(card(window, rain)).toContainText('Approved')
    await chooseBoth()
    await window.keyboard.press('ControlOrMeta+k')
    await window.getByRole('combobox').fill('Needs changes')
    await window.keyboard.press('Enter')
    await expect.poll(votes).toEqual([['NOT_APPROVED'], ['NOT_APPROVED']])
    await expect(card(window, rain)).toContainText('Needs changes')
  })

  await test.step('one question about both', async () => {
    await chooseOfBoth(/^Ask for approval/)
    const sheet = window.getByRole('dialog', { name: 'Ask for approval of 2 assets' })
    await choosePeople(window, 'Who', [{ type: 'Sam', choose: 'Sam Okafor' }, 'colour@lab.invalid'])
    await sheet.getByLabel('Votes needed').fill('2')
    await sheet.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(sheet).toHaveCount(0)
    expect(await minimums()).toEqual([2, 2])
  })

  await test.step('nothing is cleared before the answer, and everything after it', async () => {
    const question = window.getByRole('alertdialog')
    await chooseOfBoth(/^Clear votes/)
    await expect(question).toContainText('Removes everybody’s votes and the request on 2 versions.')
    await question.getByRole('button', { name: 'Keep' }).click()
    expect(await votes()).toEqual([['NOT_APPROVED'], ['NOT_APPROVED']])
    await chooseOfBoth(/^Clear votes/)
    await question.getByRole('button', { name: 'Clear votes' }).click()
    await expect.poll(votes).toEqual([[], []])
    for (const { id } of remote)
      expect((await iconik.api.ask('GET', requestPath(id))).body).not.toMatchObject({ min_number: 2 })
    await expect(card(window, rain)).toContainText('No review yet')
  })
})
