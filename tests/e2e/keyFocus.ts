/** Where the keyboard is, and whether somebody can see that. */
import type { Page } from '@playwright/test'
import { expect } from './launch.ts'

export interface Focus {
  readonly name: string
  /** The card it is in says this. */
  readonly card: string
  readonly isSeen: boolean
}

/** What has the focus, and whether somebody can see that it has. */
export function focus(window: Page): Promise<Focus> {
  return window.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return { name: 'the page', card: '', isSeen: false }
    const hasRing = (each: Element | null) => {
      if (each === null) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    // Some widgets draw the ring on the part that stands for them: the row of a list, the strip of the timeline.
    const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
    const isSeen =
      element.matches(':focus-visible') &&
      [element, element.nextElementSibling, element.parentElement, row, ...(row?.children ?? [])].some(
        (each) => hasRing(each),
      )
    return {
      name: element.getAttribute('aria-label') || element.id || element.textContent || element.tagName,
      card: element.closest('article')?.textContent ?? '',
      isSeen,
    }
  })
}

export async function expectFocus(window: Page, name: RegExp): Promise<void> {
  await expect
    .poll(() => focus(window), `the focus is on ${name}, and seen`)
    .toMatchObject({
      name: expect.stringMatching(name),
      isSeen: true,
    })
}

/** Presses Tab until it is there; the focus is seen all the way. */
export async function tabTo(window: Page, isThere: (here: Focus) => boolean, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  const unseen: string[] = []
  for (let press = 0; press < 120; press += 1) {
    await window.keyboard.press(key)
    const here = await focus(window)
    // At the end of the page the browser's own frame has it for one press.
    if (!here.isSeen && here.name !== 'the page') unseen.push(here.name)
    passed.push(here.name)
    if (!isThere(here)) continue
    expect(unseen, 'has the focus and does not show it').toEqual([])
    return
  }
  throw new Error(`not reached with ${key}: ${passed.join(' | ')}`)
}
