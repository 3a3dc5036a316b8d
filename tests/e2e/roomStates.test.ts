/** What the review room shows while it is not known yet, and what stays where it is when something else is opened. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { cards, frameCounter, openProduction, openSent, sendFiles } from './actor.ts'
import { expectNone } from './axe.ts'
import { holdCalls } from './heldCalls.ts'
import {
  answer,
  assetCalled,
  card,
  comment,
  connectIconik,
  doorOfFile,
  leaveReview,
  openReview,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { press, ready, toStage } from './reviewKeys.ts'

const asset = 'Ridge, first light'
const iconik = studioOfFile()
const door = doorOfFile(iconik)

const tab = (window: Page, version: number) => window.getByRole('tab', { name: `v${version}` })
const panel = (window: Page) => window.getByRole('complementary', { name: 'Comments' })
const play = (window: Page) => window.getByRole('button', { name: 'Play', exact: true })

/** Where picture, transport and timeline stand, in whole pixels; null where one is not there. */
const boxes = (window: Page) =>
  window.evaluate(() =>
    ['[data-focus="stage"]', '[data-part="transport"]', '[data-part="timeline"]'].map((query) => {
      const element = document.querySelector(query)
      if (element === null) return null
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height].map(Math.round)
    }),
  )

const presented = (window: Page) =>
  window.evaluate(() => Number(document.querySelector('video')?.dataset['presented'] ?? -1))

test('another version, and the window’s way back, keep frame, in and out; picture and controls stay where they are', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window, app } = launched
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, asset)
  await ready(window)
  await toStage(window)
  const range = () =>
    window
      .locator('[data-timeline] [role="slider"]')
      .evaluateAll((handles) => handles.map((each) => each.getAttribute('aria-valuenow')))
  await press(window, 'ArrowRight', 24)
  await press(window, 'i')
  await press(window, 'ArrowRight', 30)
  await press(window, 'o')
  await press(window, 'ArrowLeft', 6)
  await expect.poll(() => frameCounter(window)).toBe(48)
  await expect.poll(() => presented(window)).toBe(48)
  const marks = await range()
  expect(marks).toEqual(['24', '54'])
  const before = await boxes(window)
  expect(before).not.toContain(null)

  const letGo = await holdCalls(app, 'media.open')
  await tab(window, 2).click()
  await expect(window.locator('video')).toHaveCount(0)
  expect(await boxes(window), 'while the medium is asked for').toEqual(before)
  await both(launched, 'room-version-opening')
  await letGo()
  await ready(window)
  expect(await boxes(window), 'when it is there').toEqual(before)
  await expect.poll(() => frameCounter(window)).toBe(48)
  await expect.poll(() => presented(window), 'the picture, too').toBe(48)
  expect(await range()).toEqual(marks)
  await both(launched, 'room-version-opened')

  await toStage(window)
  await press(window, 'ArrowRight', 2)
  await press(window, 'Alt+ArrowLeft')
  await expect(window.getByRole('heading', { level: 1, name: 'Day 1, ridge' })).toBeVisible()
  await press(window, 'Alt+ArrowRight')
  await ready(window)
  await expect(tab(window, 2)).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => frameCounter(window)).toBe(50)
  expect(await range()).toEqual(marks)
  expect(await boxes(window)).toEqual(before)

  await leaveReview(window, 'Day 1, ridge')
  await openReview(window, asset)
  await ready(window)
  expect(await frameCounter(window), 'what is opened anew begins anew').toBe(0)
  expect(await range()).toEqual([])
})

test('older versions say where they stand before anybody has opened them', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await connectIconik(window, iconik.studio, { address: door().address })
  await openRidgeDay(window)
  await expect(card(window, asset)).toBeVisible()
  const letGo = door().hold()
  await card(window, asset).dblclick()
  await expect(tab(window, 2)).toHaveAttribute('title', /Review not known/)
  await both(launched, 'room-versions-unknown')
  letGo()
  await expect(tab(window, 2)).toHaveAttribute('title', /Needs changes/)
  await expect(tab(window, 1)).toHaveAttribute('title', /No review yet|Needs changes|Approved/)
  await expect(tab(window, 3)).toHaveAttribute('title', /In review/)
  await both(launched, 'room-versions-known')
})

test('nothing is said of comments that nobody has read; a vote shows that it is on its way', async ({
  launchApp,
}) => {
  test.setTimeout(180_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await connectIconik(window, iconik.studio, { address: door().address })
  await openRidgeDay(window)
  await openReview(window, asset)
  await ready(window)
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()

  let letGo = door().hold()
  await tab(window, 2).click()
  await expect(panel(window).locator('[aria-busy="true"]')).toBeVisible()
  await expect(panel(window).getByRole('heading', { name: 'Comments' })).toHaveText('Comments ')
  await expect(panel(window).getByText('Waiting for the service')).toBeVisible()
  await expect(panel(window).getByText('No comments yet.')).toHaveCount(0)
  await expectNone(window, 'comments that were never read')
  await both(launched, 'room-comments-unread')
  letGo()
  await expect(comment(window, 'Keep more of the haze')).toBeVisible({ timeout: 30_000 })
  await expect(panel(window).locator('[aria-busy="true"]')).toHaveCount(0)
  await expect(panel(window).getByText('Waiting for the service')).toHaveCount(0)

  await tab(window, 3).click()
  await expect(play(window)).toBeVisible()
  const approve = window.getByRole('button', { name: 'Approve', exact: true })
  await expect(approve).toBeEnabled()
  const wide = await approve.boundingBox()
  letGo = door().hold()
  await approve.click()
  const sending = window.getByRole('button', { name: 'Sending…' })
  await expect(sending).toHaveAttribute('aria-busy', 'true')
  expect(await sending.boundingBox(), 'it stays as wide').toEqual(wide)
  await both(launched, 'room-vote-sending')
  letGo()
  await expect(window.getByRole('button', { name: 'You approved' })).toBeVisible()
  const { id } = await assetCalled(iconik.api, asset)
  const votes = await answer(iconik.api, z.unknown(), `assets/v1/assets/${id}/approvals/`)
  expect(JSON.stringify(votes)).toContain('"APPROVED"')

  await window.getByRole('button', { name: /voted$/ }).click()
  const votesOpen = window.getByRole('dialog', { name: 'Approval' })
  await expect(votesOpen.getByText('You approved. Write a few words to add them.')).toBeVisible()
  const add = votesOpen.getByRole('button', { name: 'Add words' })
  await expect(add).toHaveAttribute('aria-disabled', 'true')
  await add.focus()
  await press(window, 'Enter')
  await expect(window.getByRole('button', { name: 'You approved' }), 'and takes nothing back').toBeVisible()
  for (const when of await votesOpen
    .locator('li')
    .getByText(/^(Today|Yesterday|\d)/)
    .all())
    expect(await when.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  await both(launched, 'room-votes')
  await votesOpen.getByRole('button', { name: 'Needs changes' }).click()
  await expect(window.getByRole('button', { name: 'You asked for changes' })).toBeVisible()
  expect(
    JSON.stringify(await answer(iconik.api, z.unknown(), `assets/v1/assets/${id}/approvals/`)),
  ).toContain('"NOT_APPROVED"')
})

test('comments of a service that is gone are told to be old', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  const own = door()
  await connectIconik(window, iconik.studio, { address: own.address })
  await openRidgeDay(window)
  await openReview(window, asset)
  await ready(window)
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  const stop = own.spoil(
    (_method, path) => path.includes('/segments/'),
    () => 'no answer',
  )
  await expect(panel(window).getByText(/^Comments as last read: Today/)).toBeVisible({ timeout: 30_000 })
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  await both(launched, 'room-comments-old')
  stop()
  await expect(panel(window).getByText(/^Comments as last read/)).toHaveCount(0, { timeout: 60_000 })
})

test('a file that is no film is said to be unreadable, once, and can be tried again', async ({
  launchApp,
  expectConsoleError,
}) => {
  test.setTimeout(120_000)
  expectConsoleError(/Failed to load resource/)
  const folder = await mkdtemp(join(tmpdir(), 'rushes-broken-'))
  try {
    await writeFile(join(folder, 'broken.mp4'), 'this is not a film at all, only words'.repeat(400))
    const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
    const { window, app } = launched
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, [join(folder, 'broken.mp4')])
    await expect(cards(window).filter({ hasText: 'broken' })).toHaveCount(1)
    await openSent(window, 'broken')
    const main = window.getByRole('main')
    const words = main.getByRole('heading', { name: 'Rushes cannot read this file.' })
    await expect(words).toBeVisible({ timeout: 30_000 })
    await expect(main.getByText(/cannot/i), 'said once').toHaveCount(1)
    await expect(main.getByText('It may be damaged')).toBeVisible()
    const broken = await window.evaluate(
      () => [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length,
    )
    expect(broken, 'no picture that is not there').toBe(0)
    await expectNone(window, 'a file that cannot be read')
    await both(launched, 'room-broken')
    const letGo = await holdCalls(app, 'media.open')
    await main.getByRole('button', { name: 'Try again' }).click()
    await expect(words, 'it is being tried').toHaveCount(0)
    await letGo()
    await expect(words).toBeVisible()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
