/** Pictures of the window, light and dark, into RUSHES_SCREENSHOTS. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask } from './actor.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

const folder = process.env['RUSHES_SCREENSHOTS']

/** The same screen in both themes, where pictures are wanted. Dark is the default and ends on. */
export async function both({ window }: Pick<LaunchedApp, 'window'>, name: string): Promise<void> {
  if (folder === undefined) return
  for (const theme of ['light', 'dark'] as const) {
    await ask(window, 'settings.set', { theme })
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
    await picture(window, join(folder, `${name}-${theme}.jpg`))
  }
}

async function picture(window: Page, path: string): Promise<void> {
  await window.evaluate(async () => {
    await document.fonts.ready
    const isFilling = () => document.querySelector('canvas[data-filling]') !== null
    const patience = performance.now() + 10_000
    while (isFilling() && performance.now() < patience)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    await Promise.all(
      [...document.images]
        .filter((image) => image.src !== '' && !image.complete)
        .map(
          (image) =>
            new Promise((resolve) => {
              image.addEventListener('load', resolve, { once: true })
              image.addEventListener('error', resolve, { once: true })
            }),
        ),
    )
    // Two frames: what the load changed is drawn.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
  await window.screenshot({
    path,
    type: 'jpeg',
    quality: 88,
    animations: 'disabled',
  })
}
