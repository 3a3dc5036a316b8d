/** A shot that begins at 1001: counted, typed, compared and saved that way, on the same pictures, after a restart too. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { codeOnScreen } from './actor.ts'
import { expectNone } from './axe.ts'
import { leaveReview, openReview, openRidgeDay } from './iconikLife.ts'
import { expect, type LaunchedApp, test } from './launch.ts'
import { press, ready, toStage } from './reviewKeys.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } } as const
const clip = 'Ridge, first light'

async function open(window: Page, name: string): Promise<void> {
  await openReview(window, name)
  await ready(window)
  await toStage(window)
}

const counter = (window: Page) => window.locator('[data-frame]')
const pixels = async (window: Page) => (await codeOnScreen(window, '[data-focus="stage"] video'))?.frame

async function type(window: Page, words: string): Promise<void> {
  const field = window.getByRole('textbox', { name: 'Timecode' }).first()
  await field.fill(words)
  await field.press('Enter')
  await toStage(window)
}

async function number(window: Page, first: string, scope: RegExp): Promise<void> {
  await window.getByRole('button', { name: /^Frame \d/ }).click()
  const sheet = window.getByRole('dialog', { name: 'Number of the first frame' })
  await sheet.getByLabel('First frame', { exact: true }).fill(first)
  await sheet.getByRole('radio', { name: scope }).click()
  await sheet.getByRole('button', { name: 'Set', exact: true }).click()
}

/** The rows of the table of comments, for clients. */
async function savedTable({ app, window, userData }: LaunchedApp): Promise<string[]> {
  const path = join(userData, 'comments.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  const panel = window.getByRole('complementary', { name: 'Comments' })
  await panel.getByRole('button', { name: 'More', exact: true }).first().click()
  await window.getByRole('menuitem', { name: 'Save comments…' }).click()
  const sheet = window.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Save…' }).click()
  await expect(sheet).toHaveCount(0)
  return (await readFile(path, 'utf8')).split('\r\n')
}

test('the first frame is 1001 where somebody said so', async ({ launchApp }) => {
  test.setTimeout(150_000)
  const first = await launchApp(demo)
  const { window } = first
  await openRidgeDay(window)
  await open(window, clip)
  await press(window, 'Home')
  await expect(counter(window)).toHaveText('1')

  await test.step('what is no number is not taken', async () => {
    await number(window, '12.5', /^This clip$/)
    const sheet = window.getByRole('dialog')
    await expect(sheet).toContainText('A whole number from 0 to 9999999')
    await expectNone(window, 'the number of the first frame')
    await press(window, 'Escape')
    await expect(sheet).toHaveCount(0)
    await expect(counter(window)).toHaveText('1')
  })

  await test.step('counted and typed', async () => {
    await number(window, '1001', /^This clip$/)
    await expect(counter(window)).toHaveText('1001')
    await expect(window.getByRole('button', { name: 'Frame 1001 of 1001\u20131288' })).toBeVisible()
    await type(window, '1042')
    await expect(counter(window)).toHaveText('1042')
    await expect.poll(() => pixels(window)).toBe(41)
    await type(window, '2:03')
    await expect(counter(window)).toHaveText('1052')
    await expect.poll(() => pixels(window)).toBe(51)
  })

  await test.step('on both versions that are compared', async () => {
    await press(window, 'c')
    await expect(window.locator('[data-compared="own"]')).toHaveText('v3, frame 1052')
    await expect(window.locator('[data-compared="other"]')).toHaveText('v2, frame 1052')
    await press(window, 'c')
  })

  await test.step('saved', async () => {
    const [heading = '', ...rows] = await savedTable(first)
    expect(heading).toContain('In,Out,First frame,Last frame')
    const row = /,01:00:(\d\d):(\d\d),[\d:]+,(\d+),/.exec(rows.join('\n'))
    expect(Number(row?.[3])).toBe(1001 + Number(row?.[1]) * 24 + Number(row?.[2]))
  })
  await first.close()

  const again = (await launchApp({ ...demo, userData: first.userData })).window
  await openRidgeDay(again)
  await open(again, clip)
  await press(again, 'Home')
  await expect(counter(again)).toHaveText('1001')

  await test.step('another clip keeps its own until all of the connection are numbered', async () => {
    await leaveReview(again, 'Day 1, ridge')
    await open(again, 'Lake, lantern')
    await press(again, 'Home')
    await expect(counter(again)).toHaveText('1')
    await number(again, '101', /^All of/)
    await expect(counter(again)).toHaveText('101')
    await leaveReview(again, 'Day 1, ridge')
    await open(again, clip)
    await press(again, 'Home')
    await expect(counter(again), 'it has one of its own').toHaveText('1001')
  })
})
