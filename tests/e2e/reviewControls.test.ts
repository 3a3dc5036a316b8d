/** Every control of the review room without a mouse: reached, named, seen, on a key of one's own choice, and still on request. */
import type { Page } from '@playwright/test'
import { type ActionId, actions } from '../../src/shared/actions.ts'
import { cards, openProduction } from './actor.ts'
import { drawAll } from './drawnByHand.ts'
import { focus } from './keyFocus.ts'
import { expect, test } from './launch.ts'
import { openTalkedOf } from './reviewScreens.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }

interface Control {
  /** Counts the controls from the start of the page on. */
  readonly at: number
  readonly name: string
  /** In the list of comments, whose elements pass from one comment to another. */
  readonly isInList: boolean
}

/** Numbers everything that a person could press, write in or move; those on the screen that Tab must reach. */
function controls(window: Page): Promise<Control[]> {
  return window.evaluate(() => {
    const pressable =
      'button, a[href], input, textarea, select, [role="slider"], [role="tab"], [role="separator"], [tabindex]'
    const all = [...document.querySelectorAll<HTMLElement>(pressable)]
    for (const [index, element] of all.entries()) element.dataset['at'] = String(index)
    const isThere = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(':disabled, [aria-hidden="true"] *')
    const nameOf = (element: HTMLElement) =>
      element.getAttribute('aria-label') ||
      document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ||
      element.closest('label')?.textContent ||
      element.textContent ||
      element.title
    // A group hands the focus on to one of its own, from where the arrow keys reach the others.
    const isGroup = (element: HTMLElement) => element.matches('[role="radiogroup"], [role="tablist"]')
    return all
      .filter((element) => element.tabIndex >= 0 && isThere(element) && !isGroup(element))
      .map((element) => ({
        at: Number(element.dataset['at']),
        name: nameOf(element).trim(),
        isInList: element.closest('article') !== null,
      }))
  })
}

const here = (window: Page) =>
  window.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset['at'] ?? -1))

/** Goes once round with Tab and tells what it came past. */
async function round(window: Page, most: number): Promise<{ passed: number[]; unseen: string[] }> {
  const passed: number[] = []
  const unseen: string[] = []
  for (let count = 0; count < most; count += 1) {
    await window.keyboard.press('Tab')
    const at = await here(window)
    if (at === passed[0]) break
    // At the end of the page the browser's own frame has it for one press.
    if (at === -1) continue
    passed.push(at)
    const { name, isSeen } = await focus(window)
    if (!isSeen) unseen.push(name)
  }
  return { passed, unseen }
}

test('Tab comes past every control in their order, each with a name and to be seen', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const { window } = await launchApp(demo)
  await openTalkedOf(window)
  await window.keyboard.press('i')
  await window.keyboard.press('Shift+ArrowRight')
  await window.keyboard.press('o')
  await drawAll(window)
  await window.keyboard.press('Escape')
  await window.keyboard.press('c')
  await window.keyboard.press('Shift+c')
  await expect(window.getByRole('toolbar', { name: 'Drawing' })).toBeVisible()
  await expect(window.getByRole('slider', { name: 'Edge between the versions' })).toBeVisible()
  // Rows of the list that have just come get their tools a moment later.
  let wanted: Control[] = []
  await expect
    .poll(
      async () => {
        const before = wanted.length
        wanted = await controls(window)
        return wanted.length === before
      },
      { intervals: [600] },
    )
    .toBe(true)
  expect(wanted.filter(({ name }) => name === '')).toEqual([])
  const { passed, unseen } = await round(window, wanted.length + 8)
  expect(unseen, 'has the focus and does not show it').toEqual([])
  const missed = wanted.filter(({ at }) => !passed.includes(at)).map(({ name }) => name)
  expect(missed, 'not reached with Tab').toEqual([])
  // Once round the page, it only ever goes forward but for the one step from its end to its start.
  const inList = new Set(wanted.filter(({ isInList }) => isInList).map(({ at }) => at))
  const order = passed.filter((at) => !inList.has(at))
  const back = order.filter((at, index) => index > 0 && at < (order[index - 1] ?? 0))
  expect(back.length, order.join(' ')).toBeLessThanOrEqual(1)
})

/** Offered only while there is something they could do; `reviewDrawChange`, `renditions` and `reviewMoves` use them. */
const needsHand: readonly ActionId[] = ['draw.save', 'player.rendition', 'review.swap', 'review.otherSound']
const reviewActions = (Object.keys(actions) as ActionId[]).filter(
  (id) => actions[id].when === 'player' && !needsHand.includes(id),
)

test('every action of the room is in the palette, and none is without a key', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openTalkedOf(window)
  expect(reviewActions.filter((id) => actions[id].keys.length === 0)).toEqual([])
  await window.keyboard.press('Control+k')
  const field = window.getByRole('combobox')
  const offered: string[] = []
  for (const id of reviewActions) {
    const { words } = actions[id]
    await field.fill(`> ${words}`)
    await expect(window.getByRole('option').filter({ hasText: words }).first(), words).toBeVisible()
    offered.push(id)
  }
  expect(offered).toEqual(reviewActions)
})

test('another key is chosen, a taken one is told, and the room obeys', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openTalkedOf(window)
  await window.keyboard.press('Control+,')
  await window.getByRole('navigation').getByRole('button', { name: 'Shortcuts' }).click()
  const change = async (words: string, key: string) => {
    await window.getByRole('button', { name: `Change: ${words}` }).click()
    await expect(window.getByRole('button', { name: `Press the keys… ${words}` })).toBeFocused()
    await window.keyboard.press(key)
  }
  await change('Comment at the playhead', 'w')
  await expect(window.getByRole('alert')).toHaveCount(0)
  await change('Mark in', 'o')
  await expect(window.getByRole('alert')).toContainText('Mark out')
  await window.getByRole('alert').getByRole('button').click()
  await expect(window.getByRole('alert')).toHaveCount(0)
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()

  const out = window.getByRole('button', { name: 'Mark out' })
  const into = window.getByRole('button', { name: 'Mark in' })
  await window.locator('[data-focus="stage"]').focus()
  await window.keyboard.press('i')
  await expect(into).toHaveAttribute('aria-pressed', 'false')
  await window.keyboard.press('o')
  await expect(into).toHaveAttribute('aria-pressed', 'true')
  await expect(out).toHaveAttribute('aria-pressed', 'false')
  await window.keyboard.press('m')
  await expect(window.locator('#review-composer')).not.toBeFocused()
  await window.keyboard.press('w')
  await expect(window.locator('#review-composer')).toBeFocused()
  await window.keyboard.press('Escape')
  await window.keyboard.press('?')
  const sheet = window.getByRole('dialog')
  await expect(sheet.getByText('Comment at the playhead').locator('..')).toContainText('W')
})

/** What moves or would move, by the names of the properties and keyframes. */
function moving(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const isLong = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0)
    const found = document
      .getAnimations()
      .filter((each) => Number(each.effect?.getComputedTiming().duration ?? 0) > 0)
      .map((each) => (each instanceof CSSAnimation ? each.animationName : each.id || 'a transition'))
    for (const element of document.querySelectorAll('*')) {
      const style = getComputedStyle(element)
      if (style.animationName !== 'none' && isLong(style.animationDuration)) found.push(style.animationName)
      if (style.transitionProperty !== 'none' && isLong(style.transitionDuration))
        found.push(`${element.className}: ${style.transitionProperty}`)
    }
    return [...new Set(found)]
  })
}

test('nothing of the room moves by itself for who asked for less motion', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openProduction(window, 'Autumn Campaign')
  await cards(window).first().waitFor()
  // Without the wish something does: what is looked for can be found.
  expect(await moving(window)).not.toEqual([])
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await openTalkedOf(window)
  const states: readonly [string, readonly string[]][] = [
    ['standing', []],
    ['playing', ['Home', 'Space']],
    ['drawing', ['k', '1']],
    ['comparing', ['Escape', 'c']],
    ['writing', ['c', 'm']],
    ['palette', ['Escape', 'Control+k']],
    ['shortcuts', ['Escape', '?']],
  ]
  for (const [state, keys] of states) {
    for (const key of keys) await window.keyboard.press(key)
    expect(await moving(window), state).toEqual([])
  }
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await window
    .getByRole('complementary', { name: 'Comments' })
    .getByRole('button', { name: 'Filter' })
    .click()
  await expect(window.getByRole('menu')).toBeVisible()
  expect(await moving(window), 'menu').toEqual([])
})
