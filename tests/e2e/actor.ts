/** What a person does with the app, and what a test may look at: the screen, the files, the store's log. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import { z } from 'zod'
import type { StudioAccess } from '../../src/studio/control.ts'
import { readLog, type StudioRequest } from '../fakes/studioProcess.ts'
import { containedPicture, readFrameCode } from '../media/frameCode.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

export const samplesFolder = fileURLToPath(new URL('../../resources/samples', import.meta.url))

type Window = LaunchedApp['window']

/** The size of what the window holds, in CSS pixels. */
export async function resize({ app, window }: LaunchedApp, width: number, height: number): Promise<void> {
  const handle = await app.browserWindow(window)
  await handle.evaluate((browserWindow, size) => browserWindow.setContentSize(size.width, size.height), {
    width,
    height,
  })
  await expect.poll(() => window.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height])
}

/** Opens a production of the tree by its name. */
export async function openProduction(window: Window, name: string): Promise<void> {
  await window.getByRole('treeitem', { name }).first().click()
  await expect(window.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Cards of assets and of files on their way. */
export const cards = (window: Window) => window.getByRole('listbox', { name: 'Assets' }).getByRole('option')

/** Opens what was sent, once it is an asset: until then its card is the file on its way, which does not open. */
export const openSent = (window: Window, name: string): Promise<void> =>
  cards(window)
    .filter({ hasText: name })
    .filter({ has: window.getByText('v1', { exact: true }) })
    .dblclick()

/** Pictures that are really there, decoded. */
export function loadedPictures(window: Window): Promise<number> {
  return window.evaluate(
    () =>
      [...document.querySelectorAll<HTMLImageElement>('[role="listbox"] img')].filter(
        (image) => image.complete && image.naturalWidth > 0,
      ).length,
  )
}

/**
 * Drops files from the system onto an element, through the browser's own drag and drop: the page gets real files with real paths.
 * `beforeDrop` sees the window while the files hang over it.
 */
export async function dropFiles(
  window: Window,
  target: { readonly x: number; readonly y: number },
  paths: readonly string[],
  beforeDrop?: () => Promise<void>,
): Promise<void> {
  const session = await window.context().newCDPSession(window)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...target, data })
  }
  await beforeDrop?.()
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...target, data })
  await session.detach()
}

/** The middle of the library's content. */
export async function contentCentre(window: Window): Promise<{ x: number; y: number }> {
  const box = await window.getByRole('main').boundingBox()
  if (box === null) throw new Error('the content is not on the screen')
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
}

/** Drops the files on the open production and sends them. Resolves when the sheet is gone. */
export async function sendFiles(window: Window, paths: readonly string[]): Promise<void> {
  await dropFiles(window, await contentCentre(window), paths)
  const send = window.getByRole('button', { name: /^Send \d+ files?/ })
  await expect(send).toBeEnabled()
  await send.click()
  await expect(window.getByRole('dialog')).toHaveCount(0)
}

/** The clip and frame in the code of a video's pixels, as they are composed on the screen; undefined where none can be read. */
export async function codeOnScreen(
  window: Window,
  query = 'video',
): Promise<{ readonly clipId: number; readonly frame: number } | undefined> {
  const video = window.locator(query).first()
  const box = await video.boundingBox()
  if (box === null) return undefined
  const size = await video.evaluate((element) => {
    const { videoWidth, videoHeight } = element as HTMLVideoElement
    return { videoWidth, videoHeight }
  })
  if (size.videoWidth === 0) return undefined
  const picture = PNG.sync.read(await window.screenshot({ clip: box }))
  const at = containedPicture(
    { x: 0, y: 0, width: picture.width, height: picture.height },
    size.videoWidth,
    size.videoHeight,
  )
  return readFrameCode(picture.data, picture.width, picture.height, at)
}

/** The frame of that code alone. */
export const frameOnScreen = async (window: Window): Promise<number | undefined> =>
  (await codeOnScreen(window))?.frame

/** The frame number the player shows, from 0. */
export async function frameCounter(window: Window): Promise<number> {
  const text = await window.locator('[data-frame]').innerText()
  return Number(text.replace(/\D/g, '')) - 1
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Every request the studio on this computer has answered, in order. */
export function studioLog(userData: string): StudioRequest[] {
  const folder = join(userData, 'studio')
  return existsSync(join(folder, 'requests.jsonl')) ? readLog(folder) : []
}

/** What a person needs for the form. */
export interface CandidioAccount extends Pick<StudioAccess, 'address' | 'token'> {
  readonly storage: Omit<StudioAccess['storage'], 'forcePathStyle'>
}

/** Connects through the form, as a person with a token and a bucket does; the production is the first one shown. */
export async function connect(
  window: Window,
  { address, token, storage }: CandidioAccount,
  production = 'Autumn Campaign',
): Promise<void> {
  await window.getByRole('button', { name: /Candidio/ }).click()
  const form = window.getByRole('dialog')
  for (const [label, value] of [
    ['Name', 'Northlight'],
    ['Address', address],
    ['Access token', token],
    ['Endpoint', storage.endpoint],
    ['Region', storage.region],
    ['Bucket', storage.bucket],
    ['Access key', storage.accessKeyId],
    ['Secret key', storage.secretAccessKey],
  ] as const) {
    await form.getByLabel(label, { exact: true }).fill(value)
  }
  await form.getByRole('checkbox').check()
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(window.getByRole('heading', { level: 1, name: production })).toBeVisible()
}

const replySchema = z.object({ ok: z.literal(true), value: z.unknown() })

/** Asks main as the page would. Only for what a person cannot see. */
export async function ask(window: Window, name: string, input?: unknown): Promise<unknown> {
  const reply = await window.evaluate(
    ([call, given]) => {
      const bridge = Reflect.get(globalThis, 'rushes') as {
        call(name: unknown, input: unknown): Promise<unknown>
      }
      return bridge.call(call, given)
    },
    [name, input] as const,
  )
  return replySchema.parse(reply).value
}
