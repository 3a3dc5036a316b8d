import { mimetypeOf, previewOf } from './candidio/media.ts'
import { features } from './candidio/resources/workspace.ts'
import type { ApiRows } from './candidio/rows.ts'
import { endingOf, type Footage, readFootage, storeFootage } from './footage.ts'
import type { ObjectStore } from './s3/objectStore.ts'
import type { Value } from './sqlRows.ts'

const workspaceName = 'Northlight Films'
const autumn = 'Autumn Campaign'
const harbour = 'Harbour, a portrait'
/** Stays empty, so that there is one to start in. */
const winter = 'Winter catalogue'
const harbourScenes = ['sea', 'city', 'shore']

const milestone = 'samples'
const minute = 60_000
const day = 24 * 60 * minute

/**
 * Adds the sample clips once: a workspace, three productions, assets with their pictures. Objects come first and all
 * rows in one transaction, so a start that was cut off is simply done again; what was deleted later stays deleted.
 */
export async function addSamples(rows: ApiRows, store: ObjectStore, folder: string): Promise<void> {
  if (rows.get('SELECT name FROM milestone WHERE name = ?', milestone) !== undefined) return
  const samples = await readFootage(folder)
  if (samples === undefined) return
  const sizes = new Map<string, number>()
  for (const sample of samples) {
    sizes.set(sample.file, await storeFootage(store, folder, sample, samplePrefix))
  }
  rows.transaction(() => {
    addRows(rows, store, samples, sizes)
    rows.run('INSERT INTO milestone(name, reached_at) VALUES (?, ?)', milestone, rows.now())
  })
}

const samplePrefix = 'samples/'
const keyOf = ({ file }: Footage) => samplePrefix + file

const producerId = (rows: ApiRows): string =>
  String(rows.get('SELECT id FROM user WHERE is_admin = 0 ORDER BY rowid LIMIT 1')?.['id'])

function workspaceOf(rows: ApiRows, createdAt: number): string {
  const found = rows.get('SELECT id FROM workspace WHERE workspace_name = ? ORDER BY rowid', workspaceName)
  if (found !== undefined) return String(found['id'])
  const id = rows.insert('workspace', {
    organization_name: workspaceName,
    workspace_name: workspaceName,
    is_business: 1,
    features: JSON.stringify(features),
    ...at(createdAt),
  })
  rows.run('INSERT INTO member(workspace_id, user_id) VALUES (?, ?)', id, producerId(rows))
  return id
}

const at = (time: number) => ({ created_at: time, updated_at: time })

function productionOf(
  rows: ApiRows,
  workspaceId: string,
  title: string,
  createdAt: number,
  columns: Record<string, Value> = {},
): string {
  const sql = 'SELECT id FROM production WHERE workspace_id = ? AND title = ? ORDER BY rowid'
  const found = rows.get(sql, workspaceId, title)
  if (found !== undefined) return String(found['id'])
  return rows.insert('production', {
    workspace_id: workspaceId,
    created_by_id: producerId(rows),
    title,
    ...columns,
    ...at(createdAt),
  })
}

const shots = [
  { type: 'broll', fields: { field1: 'Ridge at first light', field2: 'Wide, hold for ten seconds' } },
  { type: 'broll', fields: { field1: 'Night road', field2: 'From the car, no talk' } },
  {
    type: 'interview',
    fields: { field1: 'Why we walk', field2: '', meta: { name: 'Ida Holm', title: 'Guide' } },
  },
] as const

function addRows(
  rows: ApiRows,
  store: ObjectStore,
  samples: readonly Footage[],
  sizes: ReadonlyMap<string, number>,
): void {
  const now = rows.now()
  const workspaceId = workspaceOf(rows, now - 40 * day)
  const autumnId = productionOf(rows, workspaceId, autumn, now - 21 * day, {
    goal_date: new Date(now + 16 * day).toISOString().slice(0, 10).concat(' 00:00:00'),
  })
  const harbourId = productionOf(rows, workspaceId, harbour, now - 12 * day)
  productionOf(rows, workspaceId, winter, now - 2 * day)
  for (const [index, { type, fields }] of shots.entries()) {
    const text = JSON.stringify(fields)
    rows.insert('description', {
      workspace_id: workspaceId,
      production_id: autumnId,
      position: index + 1,
      shot_type: type,
      fields: text,
      ...at(now - 20 * day),
    })
  }
  for (const [index, sample] of samples.entries()) {
    const ending = endingOf(sample.file)
    // One day's shoot, a few minutes apart, in the order of the list.
    const createdAt = now - 6 * day + index * 17 * minute
    rows.insert('asset', {
      workspace_id: workspaceId,
      user_id: producerId(rows),
      production_id: harbourScenes.includes(sample.scene) ? harbourId : autumnId,
      bucket: store.bucket,
      object_key: keyOf(sample),
      file_name: sample.file,
      file_type: ending,
      mimetype: mimetypeOf(ending, 'application/octet-stream'),
      size: sizes.get(sample.file) ?? 0,
      is_transcoded: previewOf(ending) === undefined ? 0 : 1,
      ...at(createdAt),
    })
  }
}

/** Numbers that look random and are the same for every seed. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed >>> 0
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

/**
 * Adds many plausible assets to a production of the samples' workspace. They share the samples' objects and pictures
 * where there are any, so only the rows are many.
 */
export function seedProduction(
  rows: ApiRows,
  store: ObjectStore,
  title: string,
  count: number,
): { workspaceId: string; productionId: string } {
  const now = rows.now()
  const keys = store
    .objects(samplePrefix, samplePrefix, 1000)
    .map(({ key }) => key)
    .filter((key) => !key.endsWith('.thumb.jpg'))
  const random = numbers(count)
  const below = (limit: number) => Math.floor(random.next().value * limit)
  return rows.transaction(() => {
    const workspaceId = workspaceOf(rows, now - 40 * day)
    const productionId = productionOf(rows, workspaceId, title, now - 30 * day)
    const userId = producerId(rows)
    for (let index = 0; index < count; index++) {
      const key = keys[below(keys.length)] ?? `seed/${index}.mp4`
      const ending = endingOf(key)
      const camera = 'ABCD'[below(4)]
      const reel = String(1 + Math.floor(index / 400)).padStart(3, '0')
      const clip = String(1 + (index % 400)).padStart(3, '0')
      rows.insert('asset', {
        workspace_id: workspaceId,
        user_id: userId,
        production_id: productionId,
        bucket: store.bucket,
        object_key: key,
        file_name: `${camera}${reel}_C${clip}_${String(1 + below(12)).padStart(2, '0')}${String(1 + below(28)).padStart(2, '0')}.${ending}`,
        file_type: ending,
        mimetype: mimetypeOf(ending, 'application/octet-stream'),
        size: 2_000_000 + Math.floor(random.next().value ** 4 * 40e9),
        is_transcoded: previewOf(ending) === undefined ? 0 : 1,
        ...at(now - 30 * day + Math.floor((index / Math.max(1, count)) * 29 * day)),
      })
    }
    return { workspaceId, productionId }
  })
}
