/** What happens to assets and places over time: order, versions, relations, folders, names. */
import { z } from 'zod'
import { cards } from './actor.ts'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  connectIconik,
  line,
  openPlace,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

type Window = LaunchedApp['window']

const iconik = studioOfFile()

const titled = z.object({ objects: z.array(z.object({ id: z.string(), title: z.string() })) })
const collectionSchema = z.object({ id: z.string(), title: z.string(), custom_order_status: z.string() })
const ask = <T>(schema: z.ZodType<T>, path: string) => answer(iconik.api, schema, path)

async function collectionCalled(title: string): Promise<string> {
  const { objects } = await ask(titled, 'assets/v1/collections/?per_page=200')
  const found = objects.filter((each) => each.title === title)
  expect(found, title).toHaveLength(1)
  return found[0]?.id ?? ''
}

async function chooseOfPlace(window: Window, words: string | RegExp): Promise<void> {
  await window.getByRole('button', { name: 'More about this place' }).click()
  await window.getByRole('menuitem', { name: words }).click()
}

/** Answers both questions before something is deleted for good; `isThere` between them says that nothing was yet. */
async function purgeTwice(window: Window, isThere: () => Promise<boolean>): Promise<void> {
  const question = window.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Go on…' }).click()
  await expect(question).toContainText('Really delete for good?')
  expect(await isThere(), 'nothing is deleted before the second answer').toBe(true)
  await question.getByRole('button', { name: 'Delete for good' }).click()
  await expect(question).toHaveCount(0)
}

test('an order kept by hand: moved here, moved there, turned off and on', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  await openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 1, ridge', 'Selects')
  const id = await collectionCalled('Selects')
  const order = async () =>
    (await ask(titled, `assets/v1/collections/${id}/contents/?per_page=100`)).objects.map(
      ({ title }) => title,
    )
  const names = async () => {
    const shown = await cards(window).allTextContents()
    return shown.map((words) => before.find((name) => words.includes(name)) ?? words)
  }
  const before = await order()
  expect(before.length).toBeGreaterThan(2)
  await window.getByRole('button', { name: /^Sort:/ }).click()
  await window.getByRole('menuitemradio', { name: 'In its own order' }).click()
  await expect.poll(names).toEqual(before)
  const [first = '', second = '', ...rest] = before
  await chooseOf(window, first, 'Move down')
  await expect.poll(order).toEqual([second, first, ...rest])
  await expect.poll(names).toEqual([second, first, ...rest])
  await chooseOf(window, first, 'Move up')
  await expect.poll(order).toEqual(before)
  const status = async () => (await ask(collectionSchema, `assets/v1/collections/${id}/`)).custom_order_status
  await chooseOfPlace(window, 'Keep the order by hand')
  await expect.poll(status).toBe('DISABLED')
  await chooseOfPlace(window, 'Keep the order by hand')
  await expect.poll(status).toBe('ENABLED')
})

test('versions made current, deleted, put back and gone for good; relations and history', async ({
  launchApp,
}) => {
  const { window } = await launchApp({ size: { width: 1440, height: 1400 } })
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  const name = 'Ridge, first light'
  const { id, versions } = await assetCalled(iconik.api, name)
  const [v1, v2] = versions
  const versionsSchema = z.object({
    versions: z.array(z.object({ id: z.string(), version_number: z.number(), status: z.string() })),
  })
  const there = async () =>
    (await ask(versionsSchema, `assets/v1/assets/${id}/`)).versions
      .filter(({ status }) => status === 'ACTIVE')
      .toSorted((a, b) => b.version_number - a.version_number)
      .map((version) => version.id)
  await card(window, name).click()
  const inspector = window.getByRole('complementary')

  await test.step('history and relations as the service has them', async () => {
    const unrelate = inspector.getByRole('button', { name: 'No longer related to Lake, lantern' }).first()
    await expect(unrelate).toBeVisible()
    await inspector.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(inspector.getByRole('listitem').filter({ hasText: 'Version added' }).first()).toBeVisible()
    await unrelate.click()
    await expect(unrelate).toHaveCount(0)
    const related = async () =>
      (await ask(titled, `assets/v1/assets/${id}/relations/?per_page=100`)).objects.map(({ title }) => title)
    expect(await related()).not.toContain('Lake, lantern')
    await inspector.getByRole('button', { name: 'Relate…' }).click()
    const sheet = window.getByRole('dialog')
    await sheet.getByRole('combobox', { name: 'Other asset' }).fill('Barley')
    await window.getByRole('option', { name: /Barley/ }).click()
    await sheet.getByLabel('Description', { exact: true }).fill('Same wind')
    await sheet.getByRole('button', { name: 'Relate', exact: true }).click()
    await expect(sheet).toHaveCount(0)
    await expect(
      inspector.getByRole('button', { name: 'No longer related to Barley, evening wind' }),
    ).toBeVisible()
    expect(await related()).toContain('Barley, evening wind')
  })

  await test.step('an older version becomes the current one', async () => {
    await inspector.getByRole('button', { name: 'More about version 2' }).click()
    await window.getByRole('menuitem', { name: 'Make it the current version' }).click()
    await expect.poll(async () => (await there())[0]).toBe(v2?.id)
    // The service numbers it anew: it is the newest now.
    await expect(inspector.getByRole('button', { name: 'More about version 1' })).toBeVisible()
  })

  const restore = inspector.getByRole('button', { name: /^Put back version/ })
  await test.step('one is deleted after a question, and put back', async () => {
    const remove = async () => {
      await inspector.getByRole('button', { name: 'More about version 1' }).click()
      await window.getByRole('menuitem', { name: /^Delete this version/ }).click()
      const question = window.getByRole('alertdialog')
      await expect(question).toContainText('Delete version 1?')
      await question.getByRole('button', { name: 'Delete version' }).click()
      await expect.poll(there).not.toContain(v1?.id)
    }
    await remove()
    await inspector.getByRole('button', { name: 'Show deleted' }).click()
    await restore.click()
    await expect.poll(there).toContain(v1?.id)
    await expect(inspector.getByRole('button', { name: 'More about version 3' })).toBeVisible()
    await remove()
  })

  await test.step('and gone for good after two', async () => {
    await expect(restore).toBeVisible()
    await inspector.getByRole('button', { name: /for good$/ }).click()
    const all = async () => (await ask(versionsSchema, `assets/v1/assets/${id}/`)).versions
    await purgeTwice(window, async () => (await all()).some((version) => version.id === v1?.id))
    await expect.poll(async () => (await all()).map((version) => version.id)).not.toContain(v1?.id)
    await expect(inspector.getByText('No version was deleted.')).toBeVisible()
  })

  await test.step('what was looked at stands among the recently viewed', async () => {
    await openPlace(window, 'Recently viewed')
    await expect(card(window, name)).toBeVisible()
  })
})

test('places: a new project’s folders, names, the trash, and for good', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  const { api, studio } = iconik
  await connectIconik(window, studio)

  const folders = window.getByRole('navigation', { name: 'Folders' })
  const typeName = async (title: RegExp, label: string, name: string, action: string) => {
    const sheet = window.getByRole('dialog', { name: title })
    await sheet.getByLabel(label, { exact: true }).fill(name)
    await sheet.getByRole('button', { name: action, exact: true }).click()
    await expect(sheet).toHaveCount(0)
  }

  await test.step('a project has another name, and so has an asset', async () => {
    await openPlace(window, 'Harbour, a portrait')
    await chooseOfPlace(window, /^Rename this place/)
    await typeName(/^Rename/, 'New name', 'Harbour, the long portrait', 'Rename')
    await expect(line(window, 'Harbour, the long portrait')).toBeVisible()
    const projects = z.object({ objects: z.array(z.object({ name: z.string() })) })
    const { objects } = await ask(projects, 'assets/v1/projects/?per_page=100')
    expect(objects.map(({ name }) => name)).toContain('Harbour, the long portrait')
    await openPlace(window, 'Harbour, the long portrait', 'Scenes')
    await card(window, 'Street in the rain').click()
    await window.keyboard.press('F2')
    await typeName(/^Rename/, 'New name', 'Street, heavy rain', 'Rename')
    await expect(card(window, 'Street, heavy rain')).toBeVisible()
    await assetCalled(api, 'Street, heavy rain')
  })

  const id = await test.step('a new folder in a folder', async () => {
    await chooseOfPlace(window, /^New folder/)
    await typeName(/^New folder in Scenes/, 'Name', 'Second unit', 'Create')
    await expect(folders.getByText('Second unit')).toBeVisible()
    return collectionCalled('Second unit')
  })
  const status = async () => (await api.ask('GET', `assets/v1/collections/${id}/`)).status
  const stateSchema = z.object({ status: z.string() })
  const state = async () => (await ask(stateSchema, `assets/v1/collections/${id}/`)).status

  await test.step('into the trash after a question, and back', async () => {
    await openPlace(window, 'Harbour, the long portrait', 'Scenes', 'Second unit')
    await chooseOfPlace(window, /^Move this place to the trash/)
    const question = window.getByRole('alertdialog')
    await expect(question).toContainText('Move Second unit to the trash?')
    await question.getByRole('button', { name: 'Move to the trash' }).click()
    await expect.poll(state).toBe('DELETED')
    await openPlace(window, 'Deleted items')
    await folders.getByRole('button', { name: 'Put back: Second unit' }).click()
    await expect.poll(state).toBe('ACTIVE')
    await expect(folders.getByText('Second unit')).toHaveCount(0)
  })

  await test.step('and for good after two', async () => {
    await openPlace(window, 'Harbour, the long portrait', 'Scenes', 'Second unit')
    await chooseOfPlace(window, /^Move this place to the trash/)
    await window.getByRole('alertdialog').getByRole('button', { name: 'Move to the trash' }).click()
    await expect.poll(state).toBe('DELETED')
    await openPlace(window, 'Deleted items')
    await folders.getByRole('button', { name: 'Delete for good: Second unit' }).click()
    await purgeTwice(window, async () => (await status()) === 200)
    await expect.poll(status).toBe(404)
    await expect(folders.getByText('Second unit')).toHaveCount(0)
  })
})
