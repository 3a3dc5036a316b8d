/** What a test sees of a list that is played as one: the clip and frame in the pixels, and every picture on the way. */
import type { Page } from '@playwright/test'
import { ask, codeOnScreen } from './actor.ts'
import { expect } from './launch.ts'

const shownVideo = '[data-shown="true"] video'

export interface ShownFrame {
  readonly clip: number
  readonly frame: number
}

/** What is in the pixels once it has stayed, and what the counter of the clip that is on says. */
export async function lookAt(window: Page, wanted: ShownFrame): Promise<ShownFrame & { counter: number }> {
  await window
    .waitForFunction(
      ([query, frame]) => {
        const video = document.querySelector<HTMLVideoElement>(String(query))
        return video !== null && !video.seeking && video.dataset['presented'] === String(frame)
      },
      [shownVideo, wanted.frame] as const,
      { timeout: 10_000 },
    )
    // Wrong then: the pixels say what was shown instead.
    .catch(() => undefined)
  let seen: ShownFrame | undefined
  for (let tries = 0; tries < 6; tries += 1) {
    await window.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    const code = await codeOnScreen(window, shownVideo)
    seen = code && { clip: code.clipId, frame: code.frame }
    if (seen?.clip === wanted.clip && seen.frame === wanted.frame) break
  }
  const words = await window.locator('[data-shown="true"] [data-frame]').innerText()
  return { clip: seen?.clip ?? -1, frame: seen?.frame ?? -1, counter: Number(words.replace(/\D/g, '')) - 1 }
}

/** A picture that was on the screen: which clip of the list, which of its frames, when (milliseconds). */
export interface Passed {
  readonly entry: string
  readonly frame: number
  readonly at: number
}

/** Notes every picture that comes on, as the decoder gave it out, until `passed` is asked for. */
export async function watchPictures(window: Page): Promise<{ passed: () => Promise<Passed[]> }> {
  await window.evaluate((query) => {
    const notes: Passed[] = []
    Reflect.set(globalThis, 'passedPictures', notes)
    const look = () => {
      const video = document.querySelector<HTMLVideoElement>(query)
      const entry = video?.closest<HTMLElement>('[data-entry]')?.dataset['entry']
      const frame = Number(video?.dataset['presented'] ?? -1)
      const last = notes.at(-1)
      if (entry !== undefined && (last?.entry !== entry || last.frame !== frame))
        notes.push({ entry, frame, at: performance.now() })
    }
    // Told of each change: a look per drawn picture would miss what comes and goes while the page is busy.
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ['data-shown', 'data-presented'],
    })
    look()
  }, shownVideo)
  return { passed: () => window.evaluate(() => Reflect.get(globalThis, 'passedPictures') as Passed[]) }
}

interface ListRow {
  readonly id: string
  readonly name: string
  readonly entryCount: number
}
export interface EntryRow {
  readonly id: string
  readonly name: string
  readonly review: string
  readonly problem: string | null
  readonly range: { readonly startFrame: number; readonly endFrame: number } | null
}

export async function listNamed(window: Page, name: string): Promise<ListRow> {
  const lists = (await ask(window, 'playlists.list')) as ListRow[]
  const found = lists.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no playlist ${name}`)
  return found
}

export async function entriesOf(window: Page, id: string): Promise<EntryRow[]> {
  const { entries } = (await ask(window, 'playlists.get', { id })) as { entries: EntryRow[] }
  return entries
}

export const rows = (window: Page) =>
  window.getByRole('listbox', { name: 'Clips', exact: true }).getByRole('option')

/** The room is open and its first clip can be played. */
export async function untilOpen(window: Page): Promise<void> {
  await expect(window.getByRole('listbox', { name: 'Clips of the playlist' })).toBeVisible()
  await window.waitForFunction(
    (query) => (document.querySelector<HTMLVideoElement>(query)?.readyState ?? 0) >= 2,
    shownVideo,
  )
}

export const clipPlace = async (window: Page): Promise<number> =>
  Number(await window.locator('[data-clip]').innerText())
