/** How loud a clip plays: by pointer and by key, muted and not, kept for the next time, and in no one's way. */
import type { Page } from '@playwright/test'
import { resize } from './actor.ts'
import { expectNone } from './axe.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { openDemoRoom, press, reach, toStage } from './reviewKeys.ts'

const slider = (window: Page) => window.getByRole('slider', { name: 'Volume' })
const button = (window: Page, name: 'Sound off' | 'Sound on') => window.getByRole('button', { name })

/** What is heard of the clip. */
const heard = (window: Page) =>
  window
    .locator('[data-focus="stage"] video')
    .first()
    .evaluate((element) => {
      const { volume, muted } = element as HTMLVideoElement
      return muted ? 'nothing' : Math.round(volume * 100)
    })

/** Whether the slider can be seen, and nothing of the window cuts it off. */
const isShown = (window: Page) =>
  slider(window).evaluate((element) => {
    const { left, right, top, height } = element.getBoundingClientRect()
    const isOn = (x: number) => element.contains(document.elementFromPoint(x, top + height / 2))
    return isOn(left + 1) && isOn(right - 1)
  })

async function pointAt(window: Page, share: number): Promise<void> {
  const box = await slider(window).boundingBox()
  if (box === null) throw new Error('no slider')
  await window.mouse.move(box.x + 6 + (box.width - 12) * share, box.y + box.height / 2)
}

test('the volume is set by pointer, and comes back with the sound', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1280, height: 800 } })
  const { window } = launched
  await openDemoRoom(window)
  await toStage(window)
  expect(await isShown(window)).toBe(false)
  await button(window, 'Sound off').hover()
  await expect.poll(() => isShown(window)).toBe(true)
  await expect(slider(window)).toHaveAttribute('aria-valuetext', '100 %')

  await pointAt(window, 0.9)
  await window.mouse.down()
  await pointAt(window, 0.4)
  await expect(slider(window)).toHaveAttribute('aria-valuetext', '40 %')
  await window.mouse.up()
  await expect.poll(() => heard(window)).toBe(40)
  await both(launched, 'volume')
  await expectNone(window, 'volume')
  // The press went to the slider, and the keys still go to the picture.
  await expect(window.locator('[data-focus="stage"]')).toBeFocused()

  await button(window, 'Sound off').click()
  await expect(button(window, 'Sound on')).toBeVisible()
  await expect(slider(window)).toHaveAttribute('aria-valuetext', '0 %')
  await both(launched, 'volume-muted')
  await button(window, 'Sound on').click()
  await expect.poll(() => heard(window)).toBe(40)

  await pointAt(window, 0.4)
  await window.mouse.down()
  // Below the left end, and off the panel.
  await window.mouse.move(200, 300)
  await expect.poll(() => heard(window)).toBe('nothing')
  await window.mouse.up()
  await expect(button(window, 'Sound on')).toBeVisible()
  await press(window, 'Control+Shift+M')
  await expect.poll(() => heard(window)).toBe(40)
  await window.mouse.move(200, 200)
  await expect.poll(() => isShown(window)).toBe(false)
})

test('the volume is set by key, kept, and has its place in a small window', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1024, height: 720 } })
  const { window, userData } = launched
  await openDemoRoom(window)
  await toStage(window)
  await reach(window, 'Sound off', 'Tab')
  await expect.poll(() => isShown(window)).toBe(true)
  await press(window, 'Tab')
  await expect(slider(window)).toBeFocused()
  await press(window, 'ArrowDown', 3)
  await press(window, 'PageDown')
  await expect(slider(window)).toHaveAttribute('aria-valuetext', '65 %')
  await expect.poll(() => heard(window)).toBe(65)
  await press(window, 'Control+Shift+M')
  await expect.poll(() => heard(window)).toBe('nothing')
  await press(window, 'ArrowRight')
  await expect(button(window, 'Sound off')).toBeVisible()
  await expect.poll(() => heard(window)).toBe(5)
  await press(window, 'End')
  await press(window, 'ArrowLeft', 6)
  await expect.poll(() => heard(window)).toBe(70)
  await expectNone(window, 'volume, by key')
  const transport = window.locator('[data-part="transport"]')
  expect(await transport.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  await both(launched, 'volume-small')
  await launched.close()

  const again = await launchApp({ userData, size: { width: 1280, height: 800 } })
  await openDemoRoom(again.window)
  await expect.poll(() => heard(again.window)).toBe(70)
  await resize(again, 1440, 900)
  await expect(button(again.window, 'Sound off')).toBeVisible()
})
