/** What comes up over the review room, and what it says of things that are elsewhere; for a picture, or axe. */
import { frameCounter } from './actor.ts'
import { draft, pull } from './drawnByHand.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'
import { composer, press, toStage } from './reviewKeys.ts'

type Window = LaunchedApp['window']
type Show = (screen: string) => Promise<void>

async function closed(window: Window, role: 'dialog' | 'menu'): Promise<void> {
  await press(window, 'Escape')
  await expect(window.getByRole(role)).toHaveCount(0)
}

/** From the room of a clip with versions on; ends there, on its first frame. */
export async function showBesides({ window }: LaunchedApp, show: Show): Promise<void> {
  await window.getByRole('button', { name: /^Speed: / }).click()
  await expect(window.getByRole('menu')).toBeVisible()
  await show('review-speed')
  await closed(window, 'menu')

  await window.getByRole('button', { name: /^Frame \d/ }).click()
  await expect(window.getByRole('dialog')).toBeVisible()
  await show('review-first-frame')
  await closed(window, 'dialog')

  await toStage(window)
  await press(window, 'Control+Shift+S')
  await expect(window.getByRole('dialog').getByRole('region', { name: 'Shared already' })).toBeVisible()
  await show('review-share')
  await closed(window, 'dialog')

  await toStage(window)
  await press(window, 'Home')
  await press(window, 'ArrowRight', 5)
  await expect.poll(() => frameCounter(window)).toBe(5)
  await press(window, '1')
  await pull(window, [
    [0.3, 0.4],
    [0.6, 0.6],
  ])
  await press(window, 'Escape')
  await composer(window).fill('Take this out, it')
  await toStage(window)
  await press(window, 'ArrowRight', 30)
  await expect(window.getByRole('button', { name: /^Drawn on/ })).toBeVisible()
  await show('review-begun')
  await window.getByRole('button', { name: /^Drawn on/ }).click()
  await expect(draft(window)).toHaveCount(1)
  await press(window, 'Control+z')
  await expect(draft(window)).toHaveCount(0)
  await composer(window).fill('')

  await toStage(window)
  await press(window, 'Home', 1)
  await press(window, 'c')
  const bar = window.getByRole('toolbar', { name: 'Compare' })
  await bar.getByRole('spinbutton').last().fill('-5')
  await expect(window.locator('[data-compared="other"]')).toContainText('has not begun')
  await show('review-compare-before-begin')
  await bar.getByRole('spinbutton').last().fill('0')
  await bar.getByRole('button', { name: 'Stop comparing' }).click()
  await expect(bar).toHaveCount(0)
  await toStage(window)
}
