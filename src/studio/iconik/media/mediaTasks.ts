import { createHash, randomUUID } from 'node:crypto'
import { thumbnailKey } from '../../candidio/media.ts'
import type { ObjectStore } from '../../s3/objectStore.ts'
import type { ObjectRow } from '../../s3/storeRows.ts'
import { type SqlRows, where } from '../../sqlRows.ts'
import { isoOf } from '../dates.ts'
import { IconikError } from '../iconikError.ts'
import { type Job, jobs, saveJob } from '../jobs/jobRows.ts'
import type { Task, TaskOutcome } from '../jobs/task.ts'
import { type FileFacts, fileFacts, formatMetadataOf, kindOf, proxyFieldsOf } from './fileFacts.ts'
import {
  files,
  formats,
  keyframes,
  type MediaFile,
  type MediaProxy,
  objectKeyOf,
  proxies,
  setObjectKey,
} from './mediaRows.ts'
import { defaultStorage } from './storageRows.ts'

interface Tools {
  readonly rows: SqlRows
  readonly store: ObjectStore
}

/** Does what a job is for. Throws when it cannot be done at all, and when the signal fires. */
export async function runTask(tools: Tools, task: Task, job: Job, signal: AbortSignal): Promise<TaskOutcome> {
  switch (task.kind) {
    case 'proxy':
      return await makeProxy(tools, files.get(tools.rows, task.fileId), job, signal)
    case 'keyframes':
      return makePicture(tools, proxies.get(tools.rows, task.proxyId))
    case 'mediainfo': {
      const { facts } = await lookInto(tools, files.get(tools.rows, task.fileId), job, signal)
      return { message: `${facts.mimetype}` }
    }
    case 'still':
      return await makeStill(tools, files.get(tools.rows, task.fileId), job, signal)
  }
}

function objectOf({ rows, store }: Tools, file: MediaFile): ObjectRow {
  const key = objectKeyOf(rows, files, file.id)
  const object = key === undefined ? undefined : store.find(key)
  if (object === undefined) throw IconikError.badRequest('The file is not on its storage.')
  return object
}

/** Reads the file once: its checksum and what it says of itself are stored with file and format. */
async function lookInto(
  tools: Tools,
  file: MediaFile,
  job: Job,
  signal: AbortSignal,
): Promise<{ object: ObjectRow; facts: FileFacts; md5: string }> {
  const { rows, store } = tools
  const object = objectOf(tools, file)
  const md5 = createHash('md5')
  let read = 0
  let told = 0
  for await (const chunk of store.read(object, 0, object.bytes)) {
    signal.throwIfAborted()
    md5.update(chunk)
    read += chunk.length
    const percent = Math.floor((90 * read) / object.bytes)
    if (percent < told + 10) continue
    told = percent
    const current = jobs.find(rows, job.id)
    if (current?.status !== 'STARTED') throw IconikError.badRequest('The job was aborted.')
    saveJob(rows, current, { progress_processed: percent })
  }
  const facts = await fileFacts(file.original_name, object.bytes, async (start, bytes) => {
    const chunks: Buffer[] = []
    for await (const chunk of store.read(object, start, bytes)) chunks.push(chunk)
    return Buffer.concat(chunks)
  })
  const checksum = md5.digest('hex')
  rows.transaction(() => {
    const stored = files.find(rows, file.id)
    if (stored !== undefined && (stored.checksum === undefined || stored.checksum === null)) {
      files.save(rows, { ...stored, checksum })
    }
    const format = stored?.format_id === undefined ? undefined : formats.find(rows, stored.format_id)
    if (format !== undefined) {
      const [first = {}, ...more] = format.metadata
      formats.save(rows, { ...format, metadata: [{ ...first, ...formatMetadataOf(facts) }, ...more] })
    }
  })
  return { object, facts, md5: checksum }
}

async function makeProxy(tools: Tools, file: MediaFile, job: Job, signal: AbortSignal): Promise<TaskOutcome> {
  const { rows } = tools
  const { object, facts, md5 } = await lookInto(tools, file, job, signal)
  if (!facts.isPlayable) {
    return { warning: `The studio transcodes nothing, and ${facts.mimetype} cannot be played as it is.` }
  }
  const picture = facts.mediaType === 'image' ? object.key : knownPicture(tools, object, md5)
  return rows.transaction(() => {
    const proxy = addProxy(rows, file, facts, object)
    if (picture !== undefined) addPicture(tools, proxy, picture)
    return picture === undefined ? { message: 'There is no picture of it.' } : {}
  })
}

/** Takes the place of an earlier proxy of the same file, so that the job may run twice. */
function addProxy(rows: SqlRows, file: MediaFile, facts: FileFacts, object: ObjectRow): MediaProxy {
  const date = isoOf(rows.now())
  const sql = 'DELETE FROM iconik_proxy WHERE version_id = ? AND object_key = ?'
  rows.run(sql, file.version_id, object.key)
  const storage = defaultStorage(rows, 'PROXIES')
  const proxy = proxies.insert(rows, {
    ...{ id: randomUUID(), asset_id: file.asset_id, version_id: file.version_id, status: 'CLOSED' },
    ...{ name: file.original_name, filename: file.original_name, size: object.bytes },
    ...{
      format: facts.mimetype.slice(facts.mimetype.indexOf('/') + 1),
      ...proxyFieldsOf(facts, object.bytes),
    },
    ...(storage !== undefined && { storage_id: storage.id }),
    ...{ date_created: date, date_modified: date },
  })
  setObjectKey(rows, proxies, proxy.id, object.key)
  return proxy
}

/** A sample's own picture, for the sample itself and for an upload of the same bytes. */
function knownPicture({ store }: Tools, object: ObjectRow, md5: string): string | undefined {
  const own = thumbnailKey(object.key)
  if (store.find(own) !== undefined) return own
  const twin = store.objects('samples/', 'samples/', 1000).find(({ etag }) => etag === md5)
  const picture = twin && thumbnailKey(twin.key)
  return picture !== undefined && store.find(picture) !== undefined ? picture : undefined
}

/** The picture that stands for a version: there is one at a time. */
function addPicture({ rows, store }: Tools, of: MediaProxy, key: string): void {
  const date = isoOf(rows.now())
  const old = keyframes.all(rows, [where('version_id = ?', of.version_id), where("type = 'KEYFRAME'")])
  for (const { id } of old) keyframes.remove(rows, id)
  const storage = defaultStorage(rows, 'KEYFRAMES')
  const keyframe = keyframes.insert(rows, {
    ...{ id: randomUUID(), asset_id: of.asset_id, version_id: of.version_id, type: 'KEYFRAME' },
    ...{ name: 'keyframe', filename: key.slice(key.lastIndexOf('/') + 1), status: 'CLOSED' },
    ...{ format: kindOf(key).mimetype.replace('image/', '').toUpperCase(), size: store.get(key).bytes },
    ...(storage !== undefined && { storage_id: storage.id }),
    ...{ date_created: date, date_modified: date },
  })
  setObjectKey(rows, keyframes, keyframe.id, key)
}

function makePicture(tools: Tools, proxy: MediaProxy): TaskOutcome {
  const { rows, store } = tools
  const key = objectKeyOf(rows, proxies, proxy.id)
  const object = key === undefined ? undefined : store.find(key)
  if (object === undefined) throw IconikError.badRequest('The proxy is not on its storage.')
  const name = proxy.filename ?? object.key
  const picture = kindOf(name).mediaType === 'image' ? object.key : knownPicture(tools, object, object.etag)
  if (picture === undefined) return { warning: 'The studio decodes no video, and knows no picture of it.' }
  rows.transaction(() => addPicture(tools, proxy, picture))
  return {}
}

/** Every moment of a still is the still. */
async function makeStill(tools: Tools, file: MediaFile, job: Job, signal: AbortSignal): Promise<TaskOutcome> {
  const { rows } = tools
  const { object, facts } = await lookInto(tools, file, job, signal)
  if (facts.mediaType !== 'image') return { warning: 'The studio decodes no video.' }
  const date = isoOf(rows.now())
  rows.transaction(() => {
    const poster = keyframes.insert(rows, {
      ...{ id: randomUUID(), asset_id: file.asset_id, version_id: file.version_id, type: 'POSTER' },
      ...{ name: file.original_name, filename: file.original_name, status: 'CLOSED', size: object.bytes },
      ...{ date_created: date, date_modified: date },
    })
    setObjectKey(rows, keyframes, poster.id, object.key)
  })
  return {}
}
