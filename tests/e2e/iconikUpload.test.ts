/** Sending to iconik in the app: a tree of folders into a collection, and a new version of what is there. */

import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { seeded } from '../fakes/seeded.ts'
import { contentCentre, dropFiles, samplesFolder } from './actor.ts'
import { untilDone } from './arrived.ts'
import { Card } from './card.ts'
import { holdCalls } from './heldCalls.ts'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  connectIconik,
  fillDelivery,
  openPlace,
  studioOfFile,
} from './iconikLife.ts'
import { expect, test } from './launch.ts'

const MiB = 2 ** 20

const iconik = studioOfFile()

const titled = z.object({
  objects: z.array(z.object({ id: z.string(), title: z.string(), object_type: z.string().optional() })),
})
const fileRows = z.object({
  objects: z.array(
    z.object({
      id: z.string(),
      original_name: z.string(),
      size: z.number(),
      status: z.string(),
      version_id: z.string(),
    }),
  ),
})
const download = z.object({ url: z.string() })

/** What a collection holds, by name. */
async function contents(id: string) {
  const { objects } = await answer(iconik.api, titled, `assets/v1/collections/${id}/contents/?per_page=200`)
  return new Map(objects.map((each) => [each.title, each]))
}

/** The files of an asset as the service has them, each with the SHA-256 of what its store gives back. */
async function storedFiles(assetId: string) {
  const { objects } = await answer(iconik.api, fileRows, `files/v1/assets/${assetId}/files/`)
  return Promise.all(
    objects.map(async (file) => {
      const { url } = await answer(
        iconik.api,
        download,
        `files/v1/assets/${assetId}/files/${file.id}/download_url/`,
      )
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
      return { ...file, sha256: createHash('sha256').update(bytes).digest('hex') }
    }),
  )
}

test('a tree of folders: collections made, bytes equal, files closed, metadata kept', async ({
  launchApp,
}) => {
  test.setTimeout(180_000)
  const folder = await mkdtemp(join(tmpdir(), 'rushes-card-'))
  try {
    const tree = new Card(folder, seeded(4004))
    const top = 'SHUTTLE_07'
    await tree.copy(join(samplesFolder, 'B003_C001_0915.mp4'), [top, 'A_CAM', 'A007_C001.mp4'], 'video/mp4')
    await tree.noise([top, 'A_CAM', 'A007_C002.mov'], 23 * MiB + 17, 'video/quicktime')
    await tree.noise([top, 'B_CAM', 'night', 'B007_C001.mov'], 3 * MiB, 'video/quicktime')
    await tree.noise([top, 'notes.txt'], 321, 'text/plain')

    const { app, window } = await launchApp({ size: { width: 1440, height: 900 } })
    await connectIconik(window, iconik.studio)
    await openPlace(window, 'Autumn Campaign', 'Sound')
    const answerNow = await holdCalls(app, 'metadata.wanted')
    await dropFiles(window, await contentCentre(window), [join(folder, top)])
    const send = window.getByRole('button', { name: 'Send 4 files' })
    await send.click()
    await expect(window.getByRole('button', { name: 'Asking what is needed' })).toBeDisabled()
    await answerNow()
    await expect(window.getByRole('dialog').getByLabel(/^Client/)).toBeVisible()
    await expect(send, 'the keyboard is where it was').toBeFocused()
    await expect(window.getByRole('dialog'), 'what is needed is asked for first').toContainText('Needed')
    await fillDelivery(window)
    await send.click()
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await untilDone(window, 4, 90_000)

    const sound = (await answer(iconik.api, titled, 'assets/v1/collections/?per_page=200')).objects.filter(
      ({ title }) => title === 'Sound',
    )
    expect(sound).toHaveLength(1)
    for (const { place, bytes, sha256 } of tree.sources) {
      let here = await contents(sound[0]?.id ?? '')
      for (const name of place.slice(0, -1)) here = await contents(here.get(name)?.id ?? '')
      const name = place.at(-1) ?? ''
      const found = [...here.values()].filter(({ title }) => name.startsWith(title) || title === name)
      expect(found, place.join('/')).toHaveLength(1)
      const id = found[0]?.id ?? ''
      expect(await storedFiles(id), place.join('/')).toMatchObject([
        { original_name: name, size: bytes, status: 'CLOSED', sha256 },
      ])
      expect(JSON.stringify(await answer(iconik.api, z.unknown(), `metadata/v1/assets/${id}/`))).toContain(
        'Fjellvann Outdoor',
      )
    }
    await openPlace(window, 'Autumn Campaign', 'Sound', top, 'A_CAM')
    await expect(card(window, 'A007_C001')).toBeVisible()
    await expect(card(window, 'A007_C002')).toBeVisible()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('a new version of an asset that is there', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const folder = await mkdtemp(join(tmpdir(), 'rushes-card-'))
  try {
    const tree = new Card(folder, seeded(4005))
    const path = await tree.copy(join(samplesFolder, 'A012_C009_0915.mp4'), ['dunes_v2.mp4'], 'video/mp4')
    const before = await assetCalled(iconik.api, 'Barley, evening wind')
    expect(before.versions).toHaveLength(1)
    const { app, window } = await launchApp({ size: { width: 1440, height: 900 } })
    await connectIconik(window, iconik.studio)
    await openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
    await chooseOf(window, 'Barley, evening wind', /Add a new version/)
    await expect(window.getByRole('dialog')).toContainText('Barley, evening wind')
    const send = window.getByRole('button', { name: 'Send 1 file' })
    await expect(send).toBeEnabled()
    await fillDelivery(window)
    await send.click()
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await untilDone(window, 1, 60_000)
    await expect(card(window, 'Barley, evening wind')).toContainText('v2')
    await expect(card(window, 'dunes_v2')).toHaveCount(0)
    const after = await assetCalled(iconik.api, 'Barley, evening wind')
    expect(after.versions).toHaveLength(2)
    const newest = after.versions.find(({ id }) => before.versions.every((old) => old.id !== id))
    const files = (await storedFiles(after.id)).filter(({ version_id }) => version_id === newest?.id)
    expect(files).toMatchObject([{ status: 'CLOSED', sha256: tree.sources[0]?.sha256 }])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
