/** A link made by one person, and another who comes by it. */
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

const clipboard = (app: LaunchedApp['app']) => app.evaluate(({ clipboard: board }) => board.readText())

/** Makes a link in the sheet on the screen; answers with it. */
export async function makeLink({ app, window }: LaunchedApp, title: string): Promise<string> {
  await app.evaluate(({ clipboard: board }) => board.writeText('nothing yet'))
  const sheet = window.getByRole('dialog')
  await sheet.getByLabel('Title', { exact: true }).fill(title)
  await sheet.getByRole('button', { name: 'Make a link' }).click()
  await expect.poll(() => clipboard(app)).toContain('/share/')
  await window.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  return clipboard(app)
}

/** Fills the form of a connection that is open. */
export async function connectGuest(window: LaunchedApp['window'], name: string, link: string): Promise<void> {
  const form = window.getByRole('dialog')
  await form.getByText('iconik', { exact: true }).click()
  await form.getByText('Share link', { exact: true }).click()
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Link', { exact: true }).fill(link)
  await form.getByLabel('Your mail', { exact: true }).fill('guest@fjellvann.invalid')
  await form.getByRole('button', { name: 'Connect' }).click()
}
