import { randomUUID } from 'node:crypto'
import { type Footage, readFootage, storeFootage } from '../../footage.ts'
import { hashPassword } from '../../password.ts'
import { type Asset, addAsset, addVersion, assets } from '../assets/assetRows.ts'
import { noteHistory } from '../assets/history.ts'
import type { IconikApi } from '../call.ts'
import {
  addCollection,
  type Collection,
  collectionByTitle,
  collections,
  fileInto,
} from '../collections/collectionRows.ts'
import { projects } from '../projects/projectRows.ts'
import { actor, madeBy } from './actor.ts'
import { addSampleLists, addSampleTrash } from './sampleLists.ts'
import { addSampleMedia, samplePrefix } from './sampleMedia.ts'
import { addSampleValues, addSampleViews } from './sampleMetadata.ts'
import { addSampleReview, sampleSharePassword } from './sampleReview.ts'
import { sampleTitles } from './titles.ts'

const milestone = 'iconik samples'
const minute = 60_000
const day = 24 * 60 * minute

interface Place {
  /** Title of the collection. */
  readonly in: string
  readonly size: string
  readonly keywords: readonly string[]
}

/** Where each scene of the footage lies, and what the camera report says of it. */
const scenes: Readonly<Record<string, Place>> = {
  ridge: { in: sampleTitles.ridgeDay, size: 'Wide', keywords: ['mountain', 'sunrise'] },
  lake: { in: sampleTitles.ridgeDay, size: 'Medium', keywords: ['water', 'lantern'] },
  forest: { in: sampleTitles.ridgeDay, size: 'Wide', keywords: ['forest', 'light'] },
  field: { in: sampleTitles.ridgeDay, size: 'Drone', keywords: ['field', 'wind'] },
  road: { in: sampleTitles.roadDay, size: 'Wide', keywords: ['night', 'car'] },
  cabin: { in: sampleTitles.roadDay, size: 'Wide', keywords: ['night', 'aurora'] },
  city: { in: sampleTitles.scenes, size: 'Medium', keywords: ['rain', 'street'] },
  sea: { in: sampleTitles.scenes, size: 'Wide', keywords: ['lighthouse', 'dusk'] },
  dunes: { in: sampleTitles.stills, size: 'Wide', keywords: ['sand', 'sunset'] },
  shore: { in: sampleTitles.sound, size: '', keywords: ['sound', 'shingle'] },
  bars: { in: sampleTitles.reference, size: '', keywords: ['test'] },
}

/** How many versions an asset has; the others have one. */
const versionCounts: Readonly<Record<string, number>> = {
  [sampleTitles.ridge]: 3,
  [sampleTitles.lake]: 2,
  [sampleTitles.road]: 2,
}

/**
 * Adds a production's life once: projects, nested collections, the sample clips with versions and media, metadata,
 * lists, history, trash. True when it did; jobs are left then that make proxies and pictures. Objects come first and
 * all rows in one transaction, so a start that was cut off is simply done again.
 */
export async function addIconikSamples(
  api: Pick<IconikApi, 'rows' | 'store' | 'now'>,
  folder: string,
): Promise<boolean> {
  const { rows, store } = api
  if (rows.get('SELECT name FROM milestone WHERE name = ?', milestone) !== undefined) return false
  const footage = await readFootage(folder)
  if (footage === undefined) return false
  const sizes = new Map<string, number>()
  for (const clip of footage) sizes.set(clip.file, await storeFootage(store, folder, clip, samplePrefix))
  const passwordHash = await hashPassword(sampleSharePassword)
  rows.transaction(() => {
    addTree(api)
    for (const [index, clip] of footage.entries()) addClip(api, clip, sizes.get(clip.file) ?? 0, index)
    addSampleLists(api)
    addSampleTrash(api)
    addSampleReview(api, passwordHash)
    rows.run('INSERT INTO milestone(name, reached_at) VALUES (?, ?)', milestone, api.now())
  })
  return true
}

type Api = Pick<IconikApi, 'rows' | 'now'>

function addTree(api: Api): void {
  const { rows } = api
  const by = actor(api, 'me', api.now() - 21 * day)
  const folder = (title: string, parent: Collection | null): Collection =>
    addCollection(rows, { title, parent_id: parent?.id ?? null, ...madeBy(by) })
  const project = (name: string): Collection => {
    const root = folder(name, null)
    const { systemDomainId: system_domain_id } = by.viewer
    const dates = { ...madeBy(by), date_modified: by.date }
    projects.insert(rows, { id: randomUUID(), name, collection_id: root.id, system_domain_id, ...dates })
    return root
  }
  const autumn = project(sampleTitles.autumn)
  const dailies = folder(sampleTitles.dailies, autumn)
  const ridgeDay = folder(sampleTitles.ridgeDay, dailies)
  folder(sampleTitles.roadDay, dailies)
  folder(sampleTitles.selects, ridgeDay)
  folder(sampleTitles.stills, autumn)
  folder(sampleTitles.sound, autumn)
  folder(sampleTitles.scenes, project(sampleTitles.harbour))
  folder(sampleTitles.reference, null)
  addSampleViews(rows, by.date)
}

/** The titles from the root down, as a path on the storage. */
function directoryOf(api: Api, collection: Collection): string {
  const parent = collection.parent_id == null ? undefined : collections.find(api.rows, collection.parent_id)
  return parent === undefined ? collection.title : `${directoryOf(api, parent)}/${collection.title}`
}

function addClip(api: Api, { file, title, scene }: Footage, bytes: number, index: number): void {
  const { rows } = api
  const place = scenes[scene]
  const home = collectionByTitle(rows, place?.in ?? sampleTitles.reference)
  if (home === undefined) return
  const shotAt = api.now() - 6 * day + index * 17 * minute
  const first = actor(api, 'mfa', shotAt)
  const { asset, version } = addAsset(rows, {
    ...{ title, external_id: file.replace(/\.\w+$/, ''), is_online: true, type: 'ASSET', ...madeBy(first) },
    category: 'Footage',
  })
  fileInto(rows, home.id, 'assets', asset.id)
  const media = { key: samplePrefix + file, bytes, directory: directoryOf(api, home) }
  addSampleMedia(first, version, { name: file, ...media })
  noteHistory(first, { assetId: asset.id, versionId: version.id, operation: 'VERSION_CREATE' })
  for (let number = 2; number <= (versionCounts[title] ?? 1); number++) {
    const by = actor(api, number % 2 === 0 ? 'mfa' : 'me', shotAt + number * 8 * 60 * minute)
    const next = addVersion(rows, asset.id, madeBy(by))
    addSampleMedia(by, next, { name: file.replace('.', `_v${number}.`), ...media })
    noteHistory(by, { assetId: asset.id, versionId: next.id, operation: 'VERSION_CREATE' })
    assets.save(rows, { ...asset, updated_by_user: by.viewer.userId, date_modified: by.date })
  }
  describe(api, asset, place, index)
}

/** What the camera report says, and for every third clip what the client needs to know. */
function describe(api: Api, asset: Asset, place: Place | undefined, index: number): void {
  const { date } = actor(api, 'director', api.now() - 4 * day + index * minute)
  const shotOn = new Date(api.now() - 6 * day).toISOString().slice(0, 10)
  addSampleValues(api.rows, { objectType: 'assets', objectId: asset.id }, date, {
    ...{ Scene: String(12 + Math.floor(index / 3)), Take: 1 + (index % 4), ShootDate: shotOn },
    ...(place !== undefined && place.size !== '' && { ShotSize: place.size }),
    ...(place !== undefined && { Keywords: place.keywords }),
    ...(index % 3 === 0 && {
      Client: 'Fjellvann Outdoor',
      DeliveryFormat: 'ProRes 422 HQ',
      WebCleared: true,
    }),
  })
}
