/** Many comments at once, those of other kinds, and what is saved of them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { comment, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { segmentsOf } from './iconikSegments.ts'
import { expect, test } from './launch.ts'

const iconik = studioOfFile()

test('kinds are told apart; many are changed, coloured and deleted together; the rest is saved as a document', async ({
  launchApp,
}) => {
  const { app, window, userData } = await launchApp({ size: { width: 1440, height: 900 } })
  const { api, studio } = iconik
  await connectIconik(window, studio)
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  const rows = () => segmentsOf(api, 'Ridge, first light', 'newest')
  const row = async (words: string) =>
    (await rows()).find(({ segment_text }) => segment_text?.startsWith(words)) ?? null
  const panel = window.getByRole('complementary', { name: 'Comments' })
  const birds = 'The birds pull the eye away'
  const horizon = 'Horizon tips to the left'

  await test.step('only the markers, then everything again', async () => {
    await expect(comment(window, 'sunrise')).toBeVisible()
    await panel.getByRole('button', { name: 'Filter', exact: true }).click()
    const kinds = window.getByRole('menuitemcheckbox')
    for (const kind of ['Comment', 'Marker', 'Scene', 'Tag'])
      await expect(kinds.filter({ hasText: new RegExp(`^${kind}$`) })).toBeVisible()
    await kinds.filter({ hasText: /^Marker$/ }).click()
    await window.keyboard.press('Escape')
    await expect(panel.getByRole('article')).toHaveCount(2)
    for (const words of ['In point', 'Out point'])
      await expect(comment(window, words)).toContainText('Marker')
    await panel.getByRole('button', { name: 'Filter', exact: true }).click()
    await window.getByRole('menuitem', { name: 'Show all' }).click()
    await expect(comment(window, birds)).toBeVisible()
  })

  const choose = async (...words: readonly string[]) => {
    await panel.getByRole('button', { name: 'More', exact: true }).first().click()
    await window.getByRole('menuitem', { name: /^Choose several/ }).click()
    for (const each of words) await comment(window, each).getByRole('checkbox').check()
    await expect(panel.getByText(`${words.length} chosen`)).toBeVisible()
  }
  const bar = panel.getByRole('toolbar', { name: 'Choose several…' })

  await test.step('what is done with them stands on one line, leaving on the line above', async () => {
    await choose(birds, horizon)
    const middleOf = (name: string) =>
      bar.getByRole('button', { name, exact: true }).evaluate((button) => {
        const { top, height } = button.getBoundingClientRect()
        return Math.round(top + height / 2)
      })
    const [all, cancel, resolve, remove] = await Promise.all(
      ['All', 'Cancel', 'Resolve', 'Delete'].map(middleOf),
    )
    expect([cancel, remove]).toEqual([all, resolve])
    expect(all).toBeLessThan(resolve ?? 0)
    await bar.getByRole('button', { name: 'Cancel' }).click()
    await expect(bar).toHaveCount(0)
  })

  await test.step('two are resolved together, then given a colour', async () => {
    await choose(birds, horizon)
    await bar.getByRole('button', { name: 'Resolve', exact: true }).click()
    await expect(comment(window, horizon)).toContainText('Resolved')
    for (const words of [birds, horizon])
      await expect.poll(() => row(words)).toMatchObject({ segment_checked: true })
    await choose(birds, horizon)
    await bar.getByRole('button', { name: /^Colour/ }).click()
    await window.getByRole('menuitemradio', { name: /^Green/ }).click()
    await expect
      .poll(async () => (await row(birds))?.segment_color)
      .toBe((await row('In point'))?.segment_color)
    expect(await row(horizon)).toMatchObject({ segment_checked: true })
  })

  await test.step('saved for clients nothing internal is in it; for the team the service’s own export', async () => {
    const save = async (format: string, audience: string) => {
      const file = join(userData, `saved-${audience}.${format}`.replaceAll(' ', '-'))
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, file)
      await panel.getByRole('button', { name: 'More', exact: true }).first().click()
      await window.getByRole('menuitem', { name: /^Save comments/ }).click()
      const sheet = window.getByRole('dialog')
      await sheet.getByRole('radio', { name: audience }).check()
      await sheet.getByRole('radio', { name: format, exact: true }).click()
      await sheet.getByRole('button', { name: 'Save…' }).click()
      await expect(sheet).toHaveCount(0)
      return readFile(file, 'utf8')
    }
    for (const format of ['CSV', 'SRT', 'WebVTT']) {
      const forTeam = await save(format, 'For the team')
      expect(forTeam, format).toContain(horizon)
      expect(forTeam, format).toContain('the client pays for two more days')
      const forClients = await save(format, 'For clients')
      expect(forClients, format).toContain(horizon)
      expect(forClients, format).not.toContain('the client pays')
      expect(forClients, format).not.toContain('the birds come first')
    }
    expect((await save('WebVTT', 'For the team')).startsWith('WEBVTT')).toBe(true)
    for (const operation of [
      'assets.exportSegmentsCsv',
      'assets.exportSegmentsSrt',
      'assets.exportSegmentsVtt',
    ])
      expect(
        studio.log().some((request) => request.operation === operation),
        operation,
      ).toBe(true)
  })

  await test.step('two are deleted together: gone here at once, taken back, then gone there', async () => {
    await choose('In point', 'Out point')
    await bar.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(comment(window, 'In point')).toHaveCount(0)
    await panel.getByRole('button', { name: 'Undo' }).click()
    await expect(comment(window, 'In point')).toBeVisible()
    expect(await row('In point')).not.toBeNull()
    await choose('In point', 'Out point')
    await bar.getByRole('button', { name: 'Delete', exact: true }).click()
    await panel.getByRole('button', { name: 'Close', exact: true }).click()
    await expect.poll(async () => [await row('In point'), await row('Out point')]).toEqual([null, null])
    await expect(comment(window, 'Out point')).toHaveCount(0)
    expect(await row(horizon)).not.toBeNull()
  })
})
