import { randomUUID } from 'node:crypto'
import { type Version, versions } from '../assets/assetRows.ts'
import { addJob } from '../jobs/jobRows.ts'
import { kindOf } from '../media/fileFacts.ts'
import { fileSets, files, formats, setObjectKey } from '../media/mediaRows.ts'
import { defaultStorage } from '../media/storageRows.ts'
import type { Actor } from './actor.ts'

export const samplePrefix = 'iconik/samples/'

export interface SampleFile {
  readonly name: string
  /** Of the object in the store. */
  readonly key: string
  readonly bytes: number
  /** Where it lies on the storage, as the collections are called. */
  readonly directory: string
}

/**
 * Gives a version its media, as an upload would: format, file set and a closed file. A job is left that looks into
 * the file and makes proxy and picture.
 */
export function addSampleMedia(actor: Actor, version: Version, file: SampleFile): void {
  const { rows, viewer, date } = actor
  const of = { asset_id: version.asset_id, version_id: version.id }
  const dates = { date_created: date, date_modified: date }
  const storage = defaultStorage(rows, 'FILES')
  if (storage === undefined) throw new Error('the studio has no storage for files')
  const format = formats.insert(rows, {
    ...{ id: randomUUID(), ...of, name: 'ORIGINAL', user_id: viewer.userId, is_online: true },
    ...{ storage_methods: ['S3'], metadata: [{ internet_media_type: kindOf(file.name).mimetype }] },
    ...dates,
  })
  const set = fileSets.insert(rows, {
    ...{ id: randomUUID(), ...of, format_id: format.id, storage_id: storage.id, component_ids: [] },
    ...{ name: file.name, base_dir: file.directory, ...dates },
  })
  const stored = files.insert(rows, {
    ...{ id: randomUUID(), ...of, format_id: format.id, file_set_id: set.id, storage_id: storage.id },
    ...{ name: file.name, original_name: file.name, directory_path: file.directory, type: 'FILE' },
    ...{
      status: 'CLOSED',
      size: file.bytes,
      user_id: viewer.userId,
      system_domain_id: viewer.systemDomainId,
    },
    ...{ file_date_created: date, file_date_modified: date, ...dates },
  })
  setObjectKey(rows, files, stored.id, file.key)
  versions.save(rows, { ...version, is_online: true })
  addJob(actor, {
    ...{
      type: 'TRANSCODE',
      title: `Proxy of ${file.name}`,
      objectType: 'assets',
      objectId: version.asset_id,
    },
    task: { kind: 'proxy', fileId: stored.id },
  })
}
