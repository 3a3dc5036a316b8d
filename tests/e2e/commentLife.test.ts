/** What becomes of a comment when the service refuses something, and what can be done with an answer. */
import type { Page } from '@playwright/test'
import { comment, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { segmentsOf } from './iconikSegments.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { composer, press, ready, toStage } from './reviewKeys.ts'

const asset = 'Ridge, first light'
const iconik = studioOfFile()

const held = async (words: string, version: number | 'newest' = 'newest') =>
  (await segmentsOf(iconik.api, asset, version)).find(({ segment_text }) => segment_text?.includes(words)) ??
  null
const refuse = (operation: string, status = 403) =>
  iconik.studio.fault({ operation, kind: 'status', status, code: 'Forbidden' })

async function openRoom(window: Page): Promise<void> {
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, asset)
  await ready(window)
}

async function write(window: Page, words: string): Promise<void> {
  // What was sent before may have left the focus in the field, where the key is a letter.
  await toStage(window)
  await press(window, 'm')
  await expect(composer(window)).toBeFocused()
  await window.keyboard.type(words)
  await press(window, 'Enter')
  await expect(comment(window, words)).toBeVisible()
}

const chooseOf = async (window: Page, words: string, entry: string) => {
  const card = comment(window, words)
  await card.hover()
  await card.getByRole('button', { name: 'More', exact: true }).click()
  await window.getByRole('menuitem', { name: entry, exact: true }).click()
}

const answerOf = (window: Page, words: string) => window.locator('[data-reply]').filter({ hasText: words })

const chooseOfAnswer = async (window: Page, words: string, entry: string) => {
  const line = answerOf(window, words)
  await line.hover()
  await line.getByRole('button', { name: 'Change your answer' }).click()
  await window.getByRole('menuitem', { name: entry, exact: true }).click()
}

async function answer(window: Page, to: string, words: string): Promise<void> {
  await chooseOf(window, to, 'Reply')
  await window.keyboard.type(words)
  await press(window, 'Enter')
  await expect(answerOf(window, words)).toBeVisible()
}

/** What was deleted a moment ago leaves for the service now. */
const letGo = (window: Page) =>
  window
    .getByRole('status')
    .filter({ hasText: 'deleted' })
    .getByRole('button', { name: 'Close', exact: true })
    .click()

test('what the service refuses is said, tried again or given up', async ({ launchApp }) => {
  test.setTimeout(150_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await openRoom(window)

  await test.step('a comment that is not deleted there is here again, and goes when it is tried again', async () => {
    await write(window, 'Take the bird out.')
    await expect.poll(() => held('Take the bird out')).not.toBeNull()
    await refuse('assets.deleteSegment')
    await chooseOf(window, 'Take the bird out.', 'Delete')
    await expect(comment(window, 'Take the bird out.')).toHaveCount(0)
    await letGo(window)
    const back = comment(window, 'Take the bird out.')
    await expect(back).toContainText('Could not be deleted. Not allowed')
    expect(await held('Take the bird out')).not.toBeNull()
    await both(launched, 'refused-removal')
    await back.getByRole('button', { name: 'Try again' }).click()
    await expect(back).toHaveCount(0)
    await expect.poll(() => held('Take the bird out')).toBeNull()
  })

  await test.step('an answer waits for what it answers, and both go out in their order', async () => {
    await refuse('assets.createSegment', 400)
    await write(window, 'Warmer, please.')
    await expect(comment(window, 'Warmer, please.')).toContainText('Saved here, not sent. Refused')
    await answer(window, 'Warmer, please.', 'By how much?')
    const line = answerOf(window, 'By how much?')
    await expect(line).toContainText('Saved here, not sent')
    for (const told of [line, comment(window, 'Warmer, please.')])
      expect(await told.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    await both(launched, 'refused-answer')
    expect([await held('Warmer'), await held('By how much')]).toEqual([null, null])
    await line.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => held('By how much')).not.toBeNull()
    expect((await held('By how much'))?.parent_id).toBe((await held('Warmer'))?.id)
    await expect(comment(window, 'Warmer, please.')).not.toContainText('Saved here')
  })

  await test.step('a change that is given up makes way for the words there', async () => {
    await refuse('assets.patchSegment')
    await chooseOf(window, 'Warmer, please.', 'Edit')
    await press(window, 'Control+a')
    await window.keyboard.type('Colder, please.')
    await press(window, 'Enter')
    const changed = comment(window, 'Colder, please.')
    await expect(changed).toContainText('The change was not sent. Not allowed')
    await changed.getByRole('button', { name: 'Discard the change' }).click()
    await expect(comment(window, 'Warmer, please.')).toBeVisible()
    await expect(comment(window, 'Warmer, please.')).not.toContainText('not sent')
    expect((await held('Warmer'))?.segment_text).toBe('Warmer, please.')
  })

  await test.step('a comment that is given up is gone, until the undo', async () => {
    await refuse('assets.createSegment', 400)
    await write(window, 'Never mind me.')
    const refused = comment(window, 'Never mind me.')
    await refused.getByRole('button', { name: 'Discard', exact: true }).click()
    await expect(refused).toHaveCount(0)
    await toStage(window)
    await press(window, 'Control+z')
    await expect(refused).toBeVisible()
    await expect.poll(() => held('Never mind me')).not.toBeNull()
  })
})

test('an answer is changed and deleted, and both are taken back', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await openRoom(window)
  await write(window, 'Trim the head.')
  await answer(window, 'Trim the head.', 'Twelve frames?')
  await expect.poll(() => held('Twelve frames')).not.toBeNull()
  const head = await held('Trim the head')

  await chooseOfAnswer(window, 'Twelve frames?', 'Edit')
  await press(window, 'Control+a')
  await window.keyboard.type('Twenty frames?')
  await press(window, 'Enter')
  await expect(answerOf(window, 'Twenty frames?')).toBeVisible()
  await expect.poll(() => held('Twenty frames')).toMatchObject({ parent_id: head?.id })
  await toStage(window)
  await press(window, 'Control+z')
  await expect.poll(() => held('Twelve frames')).toMatchObject({ parent_id: head?.id })
  expect(await held('Twenty frames')).toBeNull()

  await chooseOfAnswer(window, 'Twelve frames?', 'Delete')
  await expect(answerOf(window, 'Twelve frames?')).toHaveCount(0)
  await expect(comment(window, 'Trim the head.')).toBeVisible()
  await letGo(window)
  await expect.poll(() => held('Twelve frames')).toBeNull()
  await toStage(window)
  await press(window, 'Control+z')
  await expect(answerOf(window, 'Twelve frames?')).toBeVisible()
  await expect.poll(() => held('Twelve frames')).toMatchObject({ parent_id: head?.id })
  expect((await held('Trim the head'))?.id).toBe(head?.id)
})

test('what was done last is taken back first; many that were changed are taken back as one', async ({
  launchApp,
}) => {
  test.setTimeout(150_000)
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await openRoom(window)
  const panel = window.getByRole('complementary', { name: 'Comments' })
  const [first, second] = ['Lose this one.', 'Settle this one.']
  await write(window, first)
  await write(window, second)
  await expect.poll(() => held(second)).not.toBeNull()

  await test.step('settled after the removal, it is open again before the removed one comes back', async () => {
    await chooseOf(window, first, 'Delete')
    await expect(comment(window, first)).toHaveCount(0)
    await chooseOf(window, second, 'Resolve')
    await expect.poll(() => held(second)).toMatchObject({ segment_checked: true })
    await toStage(window)
    await press(window, 'Control+z')
    await expect.poll(() => held(second)).toMatchObject({ segment_checked: false })
    await expect(comment(window, first)).toHaveCount(0)
    await toStage(window)
    await press(window, 'Control+z')
    await expect(comment(window, first)).toBeVisible()
    await expect.poll(() => held(first)).not.toBeNull()
  })

  await test.step('what was opened to everybody is for the team again', async () => {
    const openTo = async (whom: 'Internal' | 'For everybody', isInternal: boolean) => {
      await panel.getByRole('button', { name: 'More', exact: true }).first().click()
      await window.getByRole('menuitem', { name: /^Choose several/ }).click()
      for (const words of [first, second]) await comment(window, words).getByRole('checkbox').check()
      const bar = panel.getByRole('toolbar', { name: 'Choose several…' })
      await bar.getByRole('button', { name: whom, exact: true }).click()
      for (const words of [first, second])
        await expect.poll(() => held(words)).toMatchObject({ is_internal: isInternal })
    }
    await openTo('Internal', true)
    await openTo('For everybody', false)
    const offer = panel.getByRole('status').filter({ hasText: '2 comments are for everybody now.' })
    await offer.getByRole('button', { name: 'Undo' }).click()
    for (const words of [first, second])
      await expect.poll(() => held(words)).toMatchObject({ is_internal: true })
  })
})

test('a comment is moved to another place and kept from guests, and both are taken back', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await openRoom(window)
  const words = 'Meant a second later.'
  await write(window, words)
  const times = (start: number, end: number) => ({
    time_start_milliseconds: start,
    time_end_milliseconds: end,
  })
  await expect.poll(() => held(words)).toMatchObject({ time_start_milliseconds: 0 })
  const before = await held(words)

  await toStage(window)
  await press(window, 'ArrowRight', 24)
  await chooseOf(window, words, 'Move to the playhead')
  await expect.poll(() => held(words)).toMatchObject({ time_start_milliseconds: 1000 })
  await toStage(window)
  await press(window, 'i')
  await press(window, 'ArrowRight', 24)
  await press(window, 'o')
  await chooseOf(window, words, 'Move to the marked range')
  await expect.poll(() => held(words)).toMatchObject(times(1000, 2000))
  await expect(comment(window, words).getByRole('button', { name: / – / })).toBeVisible()
  await toStage(window)
  await press(window, 'Control+z')
  await expect.poll(() => held(words)).toMatchObject({ time_start_milliseconds: 1000 })
  expect((await held(words))?.time_end_milliseconds).not.toBe(2000)
  await toStage(window)
  await press(window, 'Control+z')
  await expect.poll(() => held(words)).toMatchObject(times(0, before?.time_end_milliseconds ?? Number.NaN))

  await chooseOf(window, words, 'Only for the team')
  await expect.poll(() => held(words)).toMatchObject({ is_internal: true })
  await chooseOf(window, words, 'For everybody')
  await expect(window.getByText('The comment is for everybody now.')).toBeVisible()
  await expect.poll(() => held(words)).toMatchObject({ is_internal: false })
  await toStage(window)
  await press(window, 'Control+z')
  await expect.poll(() => held(words)).toMatchObject({ is_internal: true })
})

test('what was carried over says so, is not carried twice, and is marked as fixed where it was said', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await openRoom(window)
  await window.getByRole('tab', { name: 'v2' }).click()
  await expect(comment(window, 'Keep more of the haze')).toBeVisible()
  await ready(window)
  const words = 'Lift the shadows.'
  await write(window, words)
  await answer(window, words, 'By a stop?')
  await expect.poll(() => held('By a stop', 2)).not.toBeNull()

  await window.getByRole('tab', { name: 'v3' }).click()
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  await ready(window)
  const panel = window.getByRole('complementary', { name: 'Comments' })
  await panel.getByRole('button', { name: 'More', exact: true }).first().click()
  await window.getByRole('menuitem', { name: 'Comments of earlier versions' }).click()
  const old = comment(window, words).filter({ hasText: 'v2' })
  const carry = old.getByRole('button', { name: 'Carry over to this version' })
  await carry.click()
  await expect(
    window.getByText('1 comment carried over. The answers stay with the earlier version.'),
  ).toBeVisible()
  await expect(old).toContainText('Carried over')
  await expect(carry).toHaveCount(0)
  await expect.poll(() => held(words)).toMatchObject({ segment_checked: false })
  expect(await held('By a stop')).toBeNull()

  await old.getByRole('button', { name: 'Mark as fixed' }).click()
  await expect.poll(() => held(words, 2)).toMatchObject({ segment_checked: true })
  await expect(old).toContainText('Carried over · Fixed')
  expect(await held(words)).toMatchObject({ segment_checked: false })
  await both(launched, 'carried-over')

  await toStage(window)
  await press(window, 'Control+z')
  await expect.poll(() => held(words, 2)).toMatchObject({ segment_checked: false })
  await toStage(window)
  await press(window, 'Control+z')
  await expect.poll(() => held(words)).toBeNull()
  await expect(old).not.toContainText('Carried over')
  await expect(carry).toBeVisible()
})
