/** Captions on the picture: chosen, shown at their frames, kept, put away. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cards, openProduction } from './actor.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

const clip = 'A012_C003_0915.mp4'
const words = `1
00:00:01,000 --> 00:00:02,500
<i>Hold</i> the ridge.

2
00:00:02,000 --> 00:00:03,000
A second voice.
`

async function open(window: LaunchedApp['window']): Promise<void> {
  await openProduction(window, 'Autumn Campaign')
  await cards(window).filter({ hasText: clip }).dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

/** The system's dialog answers with this file from now on. */
const willChoose = ({ app }: LaunchedApp, path: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)

test('captions are on their frames, off by key, and there after a restart', async ({ launchApp }) => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-words-'))
  try {
    const good = join(folder, 'ridge.srt')
    const bad = join(folder, 'broken.srt')
    await writeFile(good, words)
    await writeFile(bad, `${words}\n3\n00:00:0x,000 --> 00:00:09,000\nTyped\n`)
    const first = await launchApp({ args: ['--demo'] })
    const { window, userData } = first
    await open(window)
    const shown = window.locator('[data-captions]')
    const at = async (timecode: string) => {
      const field = window.getByRole('textbox', { name: 'Timecode' }).first()
      await field.fill(timecode)
      await field.press('Enter')
      await window.getByRole('group', { name: clip }).focus()
    }
    await at('01:00:01:00')
    await expect(shown).toBeHidden()

    await willChoose(first, bad)
    await window.getByRole('button', { name: 'Captions' }).click()
    await window.getByRole('menuitem', { name: 'Add an SRT or WebVTT file…' }).click()
    await expect(window.getByText('The time in line 10 cannot be read.')).toBeVisible()
    await expect(shown).toBeHidden()

    await willChoose(first, good)
    await window.getByRole('group', { name: clip }).focus()
    await window.keyboard.press('s')
    await expect(shown).toHaveText('Hold the ridge.')
    const [picture, box] = [
      await window.getByRole('group', { name: clip }).boundingBox(),
      await shown.boundingBox(),
    ]
    if (picture === null || box === null) throw new Error('there is no picture')
    expect(box.y).toBeGreaterThan(picture.y + picture.height / 2)
    expect(box.y + box.height).toBeLessThan(picture.y + picture.height)

    await at('01:00:00:23')
    await expect(shown).toBeHidden()
    await at('01:00:02:06')
    await expect(shown).toHaveText('Hold the ridge.\nA second voice.')
    await window.keyboard.press('s')
    await expect(shown).toBeHidden()
    await window.keyboard.press('s')
    await expect(shown).toBeVisible()
    await first.close()

    const again = (await launchApp({ userData, args: ['--demo'] })).window
    await open(again)
    const field = again.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill('01:00:01:12')
    await field.press('Enter')
    await expect(again.locator('[data-captions]')).toHaveText('Hold the ridge.')
    await again.getByRole('button', { name: 'Captions' }).click()
    await again.getByRole('menuitem', { name: 'Remove ridge.srt' }).click()
    await expect(again.locator('[data-captions]')).toBeHidden()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
