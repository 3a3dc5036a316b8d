/** iconik's library in the app: the tree, shelves, search, an asset's life, its metadata. */
import { z } from 'zod'
import { cards, loadedPictures } from './actor.ts'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  connectIconik,
  iconikName,
  openPlace,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import { expect, test } from './launch.ts'

const iconik = studioOfFile()

test('the studio stands in for both services: Candidio’s on the screen, iconik’s beside it', async ({
  launchApp,
}) => {
  const { window } = await launchApp()
  await window.getByRole('button', { name: 'Open the studio' }).click()
  await expect(window.getByRole('heading', { level: 1, name: 'Autumn Campaign' })).toBeVisible()
  await expect(window.getByRole('treeitem', { name: iconikName })).toBeVisible()
  await expect(window.getByRole('treeitem', { level: 1 })).toHaveCount(2)
  await openRidgeDay(window)
  await expect(cards(window)).toHaveCount(4)
  await expect.poll(() => loadedPictures(window)).toBe(4)
  const ridge = card(window, 'Ridge, first light')
  await expect(ridge).toContainText('v3')
  await ridge.click()
  const inspector = window.getByRole('complementary')
  for (const version of ['v3', 'v2', 'v1'])
    await expect(inspector.getByText(version, { exact: true }).first()).toBeVisible()
})

test('favourites: starred here, starred at the service, and on the shelf', async ({ launchApp }) => {
  const { window } = await launchApp()
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await chooseOf(window, 'Barley, evening wind', /^Favourite/)
  const { id } = await assetCalled(iconik.api, 'Barley, evening wind')
  const stars = z.object({ objects: z.array(z.object({ id: z.string() })) })
  await expect
    .poll(async () =>
      (await answer(iconik.api, stars, 'assets/v1/favorites/')).objects.map((each) => each.id),
    )
    .toContain(id)
  await openPlace(window, 'Favourites')
  await expect(card(window, 'Barley, evening wind')).toBeVisible()
  await chooseOf(window, 'Barley, evening wind', 'No longer a favourite')
  await expect
    .poll(async () =>
      (await answer(iconik.api, stars, 'assets/v1/favorites/')).objects.map((each) => each.id),
    )
    .not.toContain(id)
  await expect(card(window, 'Barley, evening wind')).toHaveCount(0)
})

test('search, narrowed by a facet', async ({ launchApp }) => {
  const { window } = await launchApp()
  await connectIconik(window, iconik.studio)
  await window.getByRole('button', { name: 'More about this place' }).click()
  await window.getByRole('menuitem', { name: /Search/ }).click()
  const field = window.getByRole('textbox', { name: 'Search the service' })
  await expect(window.getByText('11 assets found')).toBeVisible()
  await field.fill('night')
  await expect(card(window, 'Night road')).toBeVisible()
  await expect(card(window, 'Barley, evening wind')).toHaveCount(0)
  await field.fill('')
  await expect(window.getByText('11 assets found')).toBeVisible()
  await window.getByRole('button', { name: 'Kind', exact: true }).click()
  const kinds = window.getByRole('menuitemcheckbox')
  const words = await kinds.allInnerTexts()
  const sound = kinds.filter({ hasText: /audio|sound/i })
  await expect(sound, words.join(', ')).toHaveCount(1)
  await sound.click()
  await window.keyboard.press('Escape')
  await expect(window.getByText('1 asset found')).toBeVisible()
  await expect(card(window, 'Wild track, shingle shore')).toBeVisible()
  await expect(cards(window)).toHaveCount(1)
})

test('into the trash, back, and gone for good after two questions', async ({ launchApp }) => {
  const { window } = await launchApp()
  await connectIconik(window, iconik.studio)
  const name = 'Street in the rain'
  const { id } = await assetCalled(iconik.api, name)
  const status = async () => (await iconik.api.ask('GET', `assets/v1/assets/${id}/`)).status
  const state = async () =>
    (await answer(iconik.api, z.object({ status: z.string() }), `assets/v1/assets/${id}/`)).status
  await openPlace(window, 'Harbour, a portrait', 'Scenes')
  await chooseOf(window, name, /Move to the trash/)
  await expect(card(window, name)).toHaveCount(0)
  await expect.poll(state).toBe('DELETED')
  await openPlace(window, 'Deleted items')
  await chooseOf(window, name, 'Put back')
  await expect(card(window, name)).toHaveCount(0)
  await expect.poll(state).toBe('ACTIVE')
  await openPlace(window, 'Harbour, a portrait', 'Scenes')
  await chooseOf(window, name, /Move to the trash/)
  await expect(card(window, name)).toHaveCount(0)
  await openPlace(window, 'Deleted items')
  await chooseOf(window, name, /Delete for good/)
  const question = window.getByRole('alertdialog')
  await expect(question).toContainText('Delete 1 asset for good?')
  await question.getByRole('button', { name: 'Go on…' }).click()
  await expect(question).toContainText('Really delete for good?')
  expect(await status(), 'nothing is deleted before the second answer').toBe(200)
  await question.getByRole('button', { name: 'Delete for good' }).click()
  await expect(card(window, name)).toHaveCount(0)
  await expect.poll(status).toBe(404)
})

test('metadata changed here is the service’s', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await card(window, 'Lake, lantern').click()
  const inspector = window.getByRole('complementary')
  const notes = inspector.getByLabel('Notes', { exact: true })
  await expect(notes).toBeVisible()
  await notes.fill('Boat drifts left')
  await inspector.getByLabel('Shot size', { exact: true }).selectOption('Close')
  await inspector.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(window.getByText('Saved.')).toBeVisible()
  const { id } = await assetCalled(iconik.api, 'Lake, lantern')
  const values = z.object({
    metadata_values: z.record(
      z.string(),
      z.object({ field_values: z.array(z.object({ value: z.unknown() })) }),
    ),
  })
  const { metadata_values: kept } = await answer(iconik.api, values, `metadata/v1/assets/${id}/`)
  expect(kept['ShotNotes']?.field_values).toMatchObject([{ value: 'Boat drifts left' }])
  expect(kept['ShotSize']?.field_values).toMatchObject([{ value: 'Close' }])
})
