/** What is given to people outside, and what they can do with it: in the app, and as the service has it. */
import { z } from 'zod'
import { cards } from './actor.ts'
import { connectGuest, makeLink } from './iconikGuest.ts'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  choosePeople,
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
import { segmentsOf } from './iconikSegments.ts'
import { expect, test } from './launch.ts'

const iconik = studioOfFile()
/** Guests come through it. */
const door = doorOfFile(iconik)

const shareSchema = z.object({
  id: z.string(),
  title: z.string(),
  has_password: z.boolean().optional(),
  expires: z.string(),
  show_watermark: z.boolean(),
  allow_comments: z.boolean(),
  allow_download: z.boolean(),
  allow_upload: z.boolean(),
  object_type: z.string(),
})
const sharesSchema = z.object({ objects: z.array(shareSchema) })
const guestsSchema = z.object({ objects: z.array(z.object({ email: z.string() })) })

const sharesOf = async (path: string) => (await answer(iconik.api, sharesSchema, `${path}shares/`)).objects
test('to people by mail, with everything a share can say; taken from one of them; ended', async ({
  launchApp,
}) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  const { api, studio } = iconik
  await connectIconik(window, studio)
  await openPlace(window, 'Harbour, a portrait', 'Scenes')
  const name = 'Lighthouse, dusk'
  const of = `assets/v1/assets/${(await assetCalled(api, name)).id}/`
  await chooseOf(window, name, /^Share/)
  const sheet = window.getByRole('dialog')
  await sheet.getByText('To people by mail', { exact: true }).click()
  await sheet.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(sheet.getByText('Needed', { exact: true }), 'nobody to send it to').toBeVisible()
  await choosePeople(window, 'To', ['anna@client.invalid', 'ben@client.invalid'])
  await sheet.getByLabel('Title', { exact: true }).fill('Lighthouse for the client')
  await sheet.getByLabel('Message', { exact: true }).fill('Please look at the beam.')
  await sheet.getByLabel('Password', { exact: true }).fill('beam and sea')
  await sheet.getByLabel('Until', { exact: true }).fill('2001-01-01')
  await sheet.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(sheet.getByText('Choose a day that is not over')).toBeVisible()
  expect(await sharesOf(of), 'nothing was sent').toEqual([])
  const year = new Date().getFullYear() + 2
  await sheet.getByLabel('Until', { exact: true }).fill(`${year}-04-01`)
  await expect(sheet.getByText('Five years at most', { exact: true })).toBeVisible()
  await sheet.getByLabel('Until', { exact: true }).fill(`${year + 4}-01-01`)
  await expect(sheet.getByText(/shares live for five years at most/)).toBeVisible()
  await sheet.getByRole('button', { name: 'Send', exact: true }).click()
  expect(await sharesOf(of), 'nothing was sent').toEqual([])
  await sheet.getByLabel('Until', { exact: true }).fill(`${year}-05-01`)
  await sheet.getByLabel('See a watermark').check()
  await sheet.getByLabel('Download originals').check()
  await sheet.getByLabel('Write comments').uncheck()
  await sheet.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(window.getByText('Sent to 2 people.')).toBeVisible()
  const [made] = await sharesOf(of)
  expect(made).toMatchObject({
    ...{ title: 'Lighthouse for the client', has_password: true, show_watermark: true },
    ...{ allow_download: true, allow_comments: false, object_type: 'assets' },
  })
  expect(new Date(made?.expires ?? '').getFullYear()).toBe(year)
  const guests = async () =>
    (await answer(api, guestsSchema, `${of}shares/${made?.id}/users/`)).objects.map(({ email }) => email)
  expect((await guests()).toSorted()).toEqual(['anna@client.invalid', 'ben@client.invalid'])

  const there = sheet.getByRole('region', { name: 'Shared already' })
  await expect(there).toContainText('anna@client.invalid')
  await there.getByRole('button', { name: 'Take the link from ben@client.invalid' }).click()
  await expect(there).not.toContainText('ben@client.invalid')
  expect(await guests()).toEqual(['anna@client.invalid'])
  await there.getByRole('button', { name: /^End/ }).click()
  const question = window.getByRole('alertdialog')
  await expect(question).toContainText('End this share?')
  expect(await sharesOf(of), 'nothing ends before the answer').toHaveLength(1)
  await question.getByRole('button', { name: 'End', exact: true }).click()
  await expect(there).toHaveCount(0)
  expect(await sharesOf(of)).toEqual([])
})

test('a guest of a collection behind a password, of several clips, and of what was ended', async ({
  launchApp,
}) => {
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  const { api, studio } = iconik
  const throughDoor = (link: string) => link.replace(studio.iconik.address, door().address)
  await connectIconik(window, studio)
  const names = ['Ridge, first light', 'Lake, lantern']

  const severalLink = await test.step('two clips under one link', async () => {
    await openRidgeDay(window)
    await card(window, names[0] ?? '').click()
    await card(window, names[1] ?? '').click({ modifiers: ['ControlOrMeta'] })
    await chooseOf(window, names[1] ?? '', /^Share/)
    return makeLink(launched, 'Two for the mix')
  })

  const placeLink = await test.step('a whole place, with a password', async () => {
    await openPlace(window, 'Harbour, a portrait', 'Scenes')
    await window.getByRole('button', { name: 'More about this place' }).click()
    await window.getByRole('menuitem', { name: /^Share this place/ }).click()
    const sheet = window.getByRole('dialog')
    await sheet.getByRole('textbox', { name: 'Password' }).fill('salt water')
    await sheet.getByLabel('Add media').check()
    return makeLink(launched, 'All of the harbour')
  })

  await test.step('the guest is asked for the password, and sees the place and nothing internal', async () => {
    await window.getByRole('button', { name: 'Add a connection' }).click()
    await connectGuest(window, 'The harbour', throughDoor(placeLink))
    const form = window.getByRole('dialog')
    await expect(form.getByText('This link needs a password.')).toBeVisible()
    await form.getByLabel('Password', { exact: true }).fill('sweet water')
    await form.getByRole('button', { name: 'Connect' }).click()
    await expect(form.getByText('This link needs a password.')).toBeVisible()
    await form.getByLabel('Password', { exact: true }).fill('salt water')
    await form.getByRole('button', { name: 'Connect' }).click()
    await expect(form).toHaveCount(0)
    await expect(window.getByRole('treeitem', { name: 'The harbour' })).toBeVisible()
    await expect(card(window, 'Lighthouse, dusk')).toBeVisible()
    await openReview(window, 'Lighthouse, dusk')
    await expect(comment(window, 'Beam passes too fast')).toBeVisible()
    await expect(comment(window, 'Frame for the poster?')).toHaveCount(0)
  })

  await test.step('what the guest writes is signed, open to all, and arrives with the team', async () => {
    await window.keyboard.press('m')
    await expect(window.getByRole('checkbox', { name: /internal/i })).toHaveCount(0)
    await window.keyboard.type('Could the beam rest on the boat?')
    await window.keyboard.press('Control+Enter')
    const mine = comment(window, 'Could the beam rest on the boat?')
    await expect(mine).toBeVisible()
    await expect(mine).not.toContainText('Saved here')
    const held = await segmentsOf(api, 'Lighthouse, dusk')
    expect(held.find((row) => row.segment_text === 'Could the beam rest on the boat?')).toMatchObject({
      ...{ share_user_email: 'guest@fjellvann.invalid', is_internal: false },
    })
    await leaveReview(window, 'Scenes')
    await openPlace(window, 'Harbour, a portrait', 'Scenes')
    await openReview(window, 'Lighthouse, dusk')
    await expect(comment(window, 'Could the beam rest on the boat?')).toBeVisible()
    await expect(comment(window, 'Frame for the poster?')).toBeVisible()
    await leaveReview(window, 'Scenes')
  })

  await test.step('several clips come as one list', async () => {
    await window.getByRole('button', { name: 'Add a connection' }).click()
    await connectGuest(window, 'Mixing room', throughDoor(severalLink))
    await expect(window.getByRole('treeitem', { name: 'Mixing room' })).toBeVisible()
    await expect(cards(window)).toHaveCount(2)
    for (const name of names) await expect(card(window, name)).toBeVisible()
    await openReview(window, 'Ridge, first light')
    await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
    await expect(comment(window, 'the client pays for two more days')).toHaveCount(0)
  })

  await test.step('no guest asked for or got what is internal, and both were shown something', () => {
    const lists = door().passed.filter(({ path }) => /\/segments\/\?/.test(path))
    expect(lists.length).toBeGreaterThan(1)
    expect(door().passed.filter(({ path, request }) => /internal/i.test(path + request))).toEqual([])
    const shown = door()
      .passed.map(({ response }) => response)
      .join('\n')
    expect(shown).toContain('The birds pull the eye away')
    for (const secret of ['"is_internal":true', 'the client pays', 'the birds come first', 'for the poster'])
      expect(shown).not.toContain(secret)
  })

  await test.step('both are ended together; the guest is told', async () => {
    await leaveReview(window, 'Two for the mix')
    await window.keyboard.press('Control+,')
    await window.getByRole('button', { name: 'Connections', exact: true }).click()
    await window.getByRole('button', { name: `Shares of ${iconikName}` }).click()
    const all = window.getByRole('dialog')
    for (const title of ['Two for the mix', 'All of the harbour'])
      await all.getByRole('checkbox', { name: `Choose ${title}` }).check()
    await all.getByRole('button', { name: 'End 2 chosen' }).click()
    const question = window.getByRole('alertdialog')
    await expect(question).toContainText('End 2 shares?')
    await question.getByRole('button', { name: 'End', exact: true }).click()
    await expect(all).not.toContainText('Two for the mix')
    await expect(all).not.toContainText('All of the harbour')
    await expect(all).toContainText('Lake, for the mix')
    const left = await answer(api, sharesSchema, 'assets/v1/shares/?per_page=100')
    expect(left.objects.map(({ title }) => title)).not.toContain('Two for the mix')
    await all.getByRole('button', { name: 'Close' }).click()
    await window.getByRole('button', { name: 'Done', exact: true }).click()
    await window.getByRole('treeitem', { name: 'Mixing room' }).click()
    await window.keyboard.press('Control+r')
    await expect(window.getByRole('treeitem', { name: /Mixing room.*signed out/ })).toBeVisible()
    await expect(window.getByRole('treeitem', { name: iconikName })).not.toContainText('signed out')
  })
})
