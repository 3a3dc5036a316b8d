/** What a share does not give is not offered in the room, by button or by key, and the service is not asked for it. */
import { connectGuest } from './iconikGuest.ts'
import { card, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { expect, type LaunchedApp, test } from './launch.ts'

type Window = LaunchedApp['window']

const iconik = studioOfFile()
const name = 'Ridge, first light'

/** A link to one clip that gives nothing but `rights`, as the producer would make it. */
async function linkWith({ app, window }: LaunchedApp, rights: readonly string[]): Promise<string> {
  await card(window, name).click({ button: 'right' })
  await window.getByRole('menuitem', { name: /^Share/ }).click()
  const sheet = window.getByRole('dialog')
  for (const right of ['Write comments', 'Approve', 'Mention people of the team', 'See older versions']) {
    const box = sheet.getByRole('checkbox', { name: right, exact: true })
    if (rights.includes(right)) await box.check()
    else await box.uncheck()
  }
  await app.evaluate(({ clipboard }) => clipboard.writeText('nothing yet'))
  await sheet.getByLabel('Title', { exact: true }).fill(`Only ${rights.join()}`)
  await sheet.getByRole('button', { name: 'Make a link' }).click()
  const link = () => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(link).toContain('/share/')
  await window.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  return link()
}

async function openAs(window: Window, guest: string, link: string): Promise<void> {
  await window.getByRole('button', { name: 'Add a connection' }).click()
  await connectGuest(window, guest, link)
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await openReview(window, name)
}

const drawTools = (window: Window) => window.getByRole('toolbar', { name: 'Drawing' })

test('a guest sees only what the share lets them do', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  const { studio } = iconik
  await connectIconik(window, studio)
  await openRidgeDay(window)
  const panel = window.getByRole('complementary', { name: 'Comments' })

  const [onlyVotes, onlyWords] = await test.step('two links are made', async () => [
    await linkWith(launched, ['Approve']),
    await linkWith(launched, ['Write comments']),
  ])
  const from = studio.log().length

  await test.step('one who may vote is not offered to write, draw, ask or take back', async () => {
    await openAs(window, 'Voter', onlyVotes)
    await expect(panel).toContainText('This share does not take comments.')
    await expect(window.locator('#review-composer')).toHaveCount(0)
    await window.locator('[data-focus="stage"]').focus()
    for (const key of ['1', '2', 'm']) await window.keyboard.press(key)
    await expect(drawTools(window)).toHaveCount(0)
    await window.getByRole('button', { name: 'Approve', exact: true }).click()
    const mine = window.getByRole('button', { name: 'You approved', exact: true })
    await expect(mine).toHaveAttribute('aria-pressed', 'true')
    await expect(mine).toHaveAttribute('aria-disabled', 'true')
    await expect(mine).toHaveAttribute('title', /does not let a vote be taken back/)
    await mine.click({ force: true })
    await expect(mine).toHaveAttribute('aria-pressed', 'true')
    await window.getByRole('button', { name: /voted$|Nobody asked yet/ }).click()
    const approval = window.getByRole('dialog', { name: 'Approval' })
    await expect(approval.getByRole('listitem').filter({ hasText: 'You' })).toContainText('Approved')
    await expect(approval.getByRole('button')).toHaveCount(0)
    await expect(approval.getByRole('textbox')).toHaveCount(0)
    await window.keyboard.press('Escape')
    await expect(approval).toHaveCount(0)
    await window.locator('[data-focus="stage"]').focus()
    await window.keyboard.press('Escape')
    await expect(card(window, name)).toBeVisible()
  })

  await test.step('one who may write is not offered a vote', async () => {
    await openAs(window, 'Writer', onlyWords)
    await expect(window.locator('#review-composer')).toBeVisible()
    await expect(window.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0)
    await window.locator('[data-focus="stage"]').focus()
    await window.keyboard.press('1')
    await expect(drawTools(window)).toBeVisible()
  })

  const refused = studio
    .log()
    .slice(from)
    .filter(({ status, method }) => status === 403 && method !== 'GET')
  expect(refused, 'the service was asked for nothing it refuses').toEqual([])
})
