/** What a person does with iconik in the app, and a studio beside it whose API can be looked into. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { IconikClient, type IconikMethod } from '../fakes/iconikClient.ts'
import { benchOfFile, ofFile } from '../fakes/ofFile.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import { cards, samplesFolder } from './actor.ts'
import { type Door, openDoor } from './iconikDoor.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

type Window = LaunchedApp['window']

/** The name of the connection, in the demo as in the form. */
export const iconikName = 'iconik on this computer'

/** A studio with samples whose API can be looked into, beside the app. */
export interface IconikStudio {
  readonly studio: StudioProcess
  readonly api: IconikClient
}

/** What it is asked and answers is recorded where the whole run's exchanges are. */
export async function startIconik(): Promise<IconikStudio> {
  const folder = process.env['RUSHES_EXCHANGES']
  const recording = folder ? { recordExchanges: join(folder, `${randomUUID()}.jsonl`) } : {}
  const studio = await startStudio({ samplesFolder, ...recording })
  return { studio, api: new IconikClient(studio) }
}

/** A studio for all tests of the file that calls this at its top; at the end nothing may have gone wrong in it. */
export const studioOfFile = (): IconikStudio =>
  benchOfFile(test, startIconik, async ({ studio }) => {
    expect(studio.problems).toEqual([])
    await studio.dispose()
  })

/** A door to the studio of the file, for all its tests; called after `studioOfFile`. */
export const doorOfFile = (iconik: IconikStudio): (() => Door) =>
  ofFile(
    test,
    () => openDoor(iconik.studio),
    (door) => door.close(),
  )

/** An answer of the service, read with a schema. Fails with the whole answer when it was refused. */
export async function answer<T>(
  api: IconikClient,
  schema: z.ZodType<T>,
  path: string,
  given: { readonly method?: IconikMethod; readonly body?: unknown } = {},
): Promise<T> {
  const { status, body } = await api.ask(given.method ?? 'GET', path, given.body)
  if (status >= 300) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
  return schema.parse(body)
}

const assetRows = z.object({
  objects: z.array(
    z.object({ id: z.string(), title: z.string(), versions: z.array(z.object({ id: z.string() })) }),
  ),
})

/** An asset of the service by its title, with its versions, the newest last. Fails unless there is exactly one. */
export async function assetCalled(api: IconikClient, title: string) {
  const { objects } = await answer(api, assetRows, 'assets/v1/assets/?per_page=500')
  const found = objects.filter((asset) => asset.title === title)
  expect(found, title).toHaveLength(1)
  return found[0] ?? { id: '', title, versions: [] }
}

/**
 * Connects through the form with an application token, from the first page of a new profile. `as`: another token, or
 * another address that leads to the same studio.
 */
export async function connectIconik(
  window: Window,
  studio: StudioProcess,
  as: { readonly token?: string; readonly address?: string } = {},
): Promise<void> {
  const iconik = { ...studio.iconik, ...as }
  await window.getByRole('button', { name: /^iconik/ }).click()
  const form = window.getByRole('dialog')
  await form.getByText('Application token', { exact: true }).click()
  for (const [label, value] of [
    ['Name', iconikName],
    ['Address', iconik.address],
    ['App ID', iconik.appId],
    ['Token', iconik.token],
  ] as const)
    await form.getByLabel(label, { exact: true }).fill(value)
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(window.getByRole('heading', { level: 1, name: 'Autumn Campaign' })).toBeVisible()
}

/** A line of the tree below iconik's connection: another above it may have productions of the same names. */
export const line = (window: Window, name: string) =>
  window
    .getByRole('treeitem', { name: iconikName })
    .locator('xpath=following-sibling::*[@role="treeitem"]')
    .filter({ hasText: name })
    .first()

/** Opens a place by the names that lead to it, from the domain down; a shelf is such a name as well. */
export async function openPlace(window: Window, ...names: readonly string[]): Promise<void> {
  for (const [index, name] of ['Northlight Films', ...names].entries()) {
    await line(window, name).click()
    await expect(window.getByRole('heading', { level: 1, name })).toBeVisible()
    const isLast = index === names.length
    if (!isLast && (await line(window, name).getAttribute('aria-expanded')) === 'false')
      await line(window, name).dblclick()
  }
}

export const openRidgeDay = (window: Window) =>
  openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')

export const card = (window: Window, name: string) => cards(window).filter({ hasText: name })

/** What the service asks of files that come to the campaign, in the dialog that sends them. */
export async function fillDelivery(window: Window): Promise<void> {
  const sheet = window.getByRole('dialog')
  await sheet.getByLabel(/^Client/).fill('Fjellvann Outdoor')
  await sheet.getByLabel(/^Delivery format/).selectOption('XAVC 4K')
}

/** Chooses one entry of the menu that a right click on an asset opens. */
export async function chooseOf(window: Window, name: string, words: string | RegExp): Promise<void> {
  await card(window, name).click({ button: 'right' })
  await window.getByRole('menuitem', { name: words }).click()
}

/** Opens the review of an asset of the place on the screen. */
export async function openReview(window: Window, name: string): Promise<void> {
  await card(window, name).dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

/** Back to the place that a review was opened from, by its name above the picture. */
export async function leaveReview(window: Window, place: string): Promise<void> {
  await window.getByRole('button', { name: place, exact: true }).click()
  await expect(window.getByRole('heading', { level: 1, name: place })).toBeVisible()
}

/** A comment's card in the panel, by its words. */
export const comment = (window: Window, words: string) =>
  window.getByRole('complementary', { name: 'Comments' }).getByRole('article').filter({ hasText: words })

/** Fills a field of people in the dialog on the screen: a person by what is typed and found, or a mail address. */
export async function choosePeople(
  window: Window,
  label: string,
  people: readonly (string | { readonly type: string; readonly choose: string })[],
): Promise<void> {
  const field = window.getByRole('dialog').getByRole('combobox', { name: label })
  for (const person of people) {
    if (typeof person === 'string') {
      await field.fill(person)
      await field.press(',')
    } else {
      await field.fill(person.type)
      await window.getByRole('option', { name: person.choose }).click()
    }
    await expect(field).toHaveValue('')
  }
}
