/** What a person does in the review room with the keyboard alone. */
import type { Page } from '@playwright/test'
import { cards, openProduction } from './actor.ts'
import { expect } from './launch.ts'

export async function ready(window: Page): Promise<void> {
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

export async function press(window: Page, key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await window.keyboard.press(key)
}

export const toStage = (window: Page) => window.locator('[data-focus="stage"]').first().focus()

/** Goes on with a key until the thing with the focus is called so. */
export async function reach(window: Page, name: string, key = 'Shift+Tab'): Promise<void> {
  const here = () =>
    window.evaluate(() => {
      const element = document.activeElement
      return (
        element?.getAttribute('aria-label') || element?.getAttribute('title') || element?.textContent || ''
      )
    })
  const passed: string[] = []
  for (let count = 0; count < 60; count += 1) {
    await window.keyboard.press(key)
    passed.push(await here())
    if (passed.at(-1) === name) return
  }
  throw new Error(`${name} not reached with ${key}: ${passed.join(' | ')}`)
}

export async function chooseColour(window: Page, name: string): Promise<void> {
  await reach(window, 'Colour')
  await press(window, 'Enter')
  const item = window.getByRole('menuitemradio', { name })
  await expect(item).toBeVisible()
  for (let count = 0; count < 8; count += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await press(window, 'ArrowDown')
  }
  await press(window, 'Enter')
  await expect(window.getByRole('button', { name: `Colour: ${name}` })).toBeVisible()
}

export const composer = (window: Page) => window.locator('#review-composer')
export const people = (window: Page) => window.getByRole('listbox', { name: 'People to mention' })
export const draft = (window: Page) => window.locator('[data-draft] > *')

/** Of the demo's first production. */
export const clip = 'A012_C003_0915.mp4'
export async function openDemoRoom(window: Page): Promise<void> {
  await openProduction(window, 'Autumn Campaign')
  await cards(window).filter({ hasText: clip }).dblclick()
  await ready(window)
}
