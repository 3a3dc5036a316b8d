/** A whole review without a mouse: opened, watched, marked, written, compared, resolved and left by key alone. */
import type { Page } from '@playwright/test'
import { frameCounter } from './actor.ts'
import { openPlace } from './iconikLife.ts'
import { expectFocus, tabTo } from './keyFocus.ts'
import { expect, test } from './launch.ts'

const asset = 'Ridge, first light'
const remark = 'Hold the ridge a little longer.'

async function press(window: Page, key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await window.keyboard.press(key)
}

const expectFrame = (window: Page, frame: number) => expect.poll(() => frameCounter(window)).toBe(frame)

/** From the tree to the card and into the room. */
async function openByKey(window: Page): Promise<void> {
  await tabTo(window, ({ name }) => name === 'Assets')
  await press(window, 'Home')
  const active = () =>
    window.evaluate(() => {
      const id = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
      return document.getElementById(id)?.textContent ?? ''
    })
  for (let count = 0; !(await active()).includes(asset); count += 1) {
    expect(count, `${asset} is among the first`).toBeLessThan(20)
    await press(window, 'ArrowRight')
  }
  await expectFocus(window, /Assets/)
  await press(window, 'Enter')
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 30_000 })
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

test('a whole review by keyboard alone', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')
  await openByKey(window)
  await expectFocus(window, /Ridge, first light/)

  await press(window, 'Space')
  await expect(window.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await expect.poll(() => frameCounter(window)).toBeGreaterThan(2)
  await press(window, 'Space')
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()

  await press(window, 'Home')
  await expectFrame(window, 0)
  await press(window, 'ArrowRight', 5)
  await expectFrame(window, 5)
  await press(window, 'ArrowLeft')
  await expectFrame(window, 4)
  await press(window, 'i')
  await press(window, 'ArrowRight', 10)
  await press(window, 'o')
  await expect(window.getByRole('slider', { name: 'Out' })).toHaveAttribute('aria-valuenow', '14')

  for (const [key, name] of [
    ['1', 'Pen'],
    ['2', 'Arrow'],
    ['3', 'Rectangle'],
    ['4', 'Ellipse'],
    ['5', 'Text'],
    ['6', 'Eraser'],
  ] as const) {
    await press(window, key)
    await expect(
      window.getByRole('toolbar').getByRole('button', { name, exact: true, pressed: true }),
    ).toBeVisible()
  }
  await press(window, 'Escape')
  await expect(window.getByRole('toolbar').getByRole('button', { name: 'Eraser', exact: true })).toHaveCount(
    0,
  )

  await press(window, 'm')
  await expectFocus(window, /comment/i)
  await window.keyboard.type(remark)
  await press(window, 'Enter')
  const card = window.getByRole('article').filter({ hasText: remark })
  await expect(card).toBeVisible()
  await expect(card.getByRole('button', { name: / – / })).toBeVisible()
  await press(window, 'Escape')
  await expectFocus(window, /Ridge, first light/)

  await press(window, 'Home')
  await press(window, ']')
  const next = await frameCounter(window)
  expect(next).toBeGreaterThan(0)
  await press(window, 'End')
  await press(window, '[')
  const last = await frameCounter(window)
  expect(last).toBeGreaterThanOrEqual(next)

  const compare = window.getByRole('toolbar', { name: 'Compare' })
  await press(window, 'c')
  await expect(compare).toBeVisible()
  await press(window, 'c')
  await expect(compare).toHaveCount(0)

  await press(window, 'Home')
  await press(window, 'ArrowRight', 4)
  await tabTo(window, ({ name, card: words }) => name === 'Resolve' && words.includes(remark))
  await press(window, 'Enter')
  await expect(card.getByRole('button', { name: 'Open again' })).toBeVisible()
  await expectFocus(window, /^Open again$/)

  // One takes the focus back to the picture, the next leaves the room.
  await press(window, 'Escape')
  await expectFocus(window, /Ridge, first light/)
  await press(window, 'Escape')
  await expect(window.getByRole('listbox', { name: 'Assets' })).toBeVisible()
  await expectFocus(window, /Assets/)
})
