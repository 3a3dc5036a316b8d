/** Comments narrowed by colour, range, mention and what is not sent; what nobody has is not offered. */
import { expectNone } from './axe.ts'
import { comment, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { composer, press, ready, toStage } from './reviewKeys.ts'

const iconik = studioOfFile()
const robin = '@Robin Producer'

test('what is said is narrowed to what it is, and comes back', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await ready(window)
  const panel = window.getByRole('complementary', { name: 'Comments' })
  const cards = panel.getByRole('article')
  const birds = comment(window, 'The birds pull the eye away')
  await expect(birds).toBeVisible()
  const filter = panel.getByRole('button', { name: 'Filter', exact: true })

  const open = async () => {
    await filter.click()
    await expect(window.getByRole('menu')).toBeVisible()
  }
  const tick = (words: string) => window.getByRole('menuitemcheckbox', { name: words, exact: true })
  const close = async () => {
    await press(window, 'Escape')
    await expect(window.getByRole('menu')).toHaveCount(0)
  }
  /** As many as have room: those far below do not exist. */
  const expectAll = async () => {
    await expect(filter).toHaveAttribute('aria-pressed', 'false')
    await expect(birds).toBeVisible()
    await expect.poll(() => cards.count()).toBeGreaterThan(5)
  }
  const showAll = async () => {
    await open()
    await expect(filter).toHaveAttribute('aria-pressed', 'true')
    await window.getByRole('menuitem', { name: 'Show all' }).click()
    await expectAll()
  }

  await test.step('only what is there is offered', async () => {
    await open()
    for (const words of ['Over a range', 'Red', 'Amber', 'Green', 'Blue', robin])
      await expect(tick(words)).toHaveCount(1)
    for (const words of ['Violet', 'Not sent yet']) await expect(tick(words)).toHaveCount(0)
    await expectNone(window, 'filters of comments')
    await both(launched, 'comment-filters')
  })

  await test.step('a letter in the menu goes to its entry, and is no command', async () => {
    await press(window, 'r')
    await expect(tick('Red')).toBeFocused()
    await expect(panel.getByRole('textbox', { name: /^Reply to/ })).toHaveCount(0)
  })

  await test.step('by colour', async () => {
    await press(window, 'Enter')
    await expect(tick('Red')).toBeChecked()
    await close()
    await expect(cards).toHaveCount(1)
    await expect(birds).toBeVisible()
    await both(launched, 'comment-filtered')
    await showAll()
  })

  await test.step('by who is mentioned, in answers too', async () => {
    await open()
    await tick(robin).click()
    await close()
    await expect(cards).toHaveCount(2)
    for (const card of [birds, comment(window, 'Overall the strongest')])
      await expect(card.locator('[data-mention]')).toHaveText(robin)
    await showAll()
  })

  await test.step('by range', async () => {
    await open()
    await tick('Over a range').click()
    await close()
    await expect(birds).toHaveCount(0)
    await expect(comment(window, 'This is the moment for our claim')).toBeVisible()
    for (const card of await cards.all())
      await expect(card.getByRole('button', { name: / – / })).toBeVisible()
    await showAll()
  })

  await test.step('what was refused, until it is sent: then nothing is left to show', async () => {
    await iconik.studio.fault({
      ...{ operation: 'assets.createSegment', kind: 'status', status: 400, code: 'Forbidden' },
    })
    await toStage(window)
    await press(window, 'm')
    await expect(composer(window)).toBeFocused()
    await window.keyboard.type('Cut two frames earlier.')
    await press(window, 'Enter')
    const mine = comment(window, 'Cut two frames earlier.')
    await expect(mine).toContainText('Saved here, not sent')
    await open()
    await tick('Not sent yet').click()
    await close()
    await expect(cards).toHaveCount(1)
    await mine.getByRole('button', { name: 'Try again' }).click()
    await expect(panel).toContainText('No comment fits.')
    await both(launched, 'comment-filtered-none')
    await open()
    await expect(tick('Not sent yet'), 'it can be taken off').toBeChecked()
    await close()
    await panel.getByRole('button', { name: 'Show all' }).click()
    await expectAll()
    await open()
    await expect(tick('Not sent yet')).toHaveCount(0)
  })
})
