import { AppError } from '../../../shared/errors.ts'
import type { UploadStep } from '../../transfers/uploadTarget.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import type { UploadFiles } from './uploadFiles.ts'
import { collectionOf } from './uploadFolders.ts'
import { assetOf, idOf, isoTime, plainName, stepNames, storageOf, versionFields } from './uploadIds.ts'
import { jobFields, transferKey, unlessForbidden } from './uploadJob.ts'
import { metadataStep } from './uploadMetadata.ts'
import { assetRowsSchema, assetSchema } from './wireAssets.ts'
import {
  fileSetSchema,
  fileSetsSchema,
  filesSchema,
  formatSchema,
  formatsSchema,
  type Storage,
  storageSchema,
} from './wireFiles.ts'
import { jobSchema, jobsSchema } from './wireJobs.ts'

const perPage = 100
const formatName = 'ORIGINAL'
const isKept = ({ status }: { readonly status: string | null }) => status !== 'DELETED'

/** Which storage the file goes to: the collection's own, or what the service matches. Asks once for all files. */
export function storageStep(client: IconikClient): UploadStep {
  const known = new Map<string | null, Storage>()
  return {
    name: stepNames.storage,
    async act(facts, _done, signal) {
      const storageId = storageOf(facts)
      const storage =
        known.get(storageId) ??
        (storageId === null
          ? await client.call(
              calls['files.matchStorage'],
              { path: { purpose: 'FILES' }, answer: storageSchema },
              signal,
            )
          : await client.call(
              calls['files.readStorage'],
              { path: { storage_id: storageId }, answer: storageSchema },
              signal,
            ))
      if (storage.method !== 'S3')
        throw new AppError('remote.refused', {
          message: `The storage ${storage.name} (${storage.method}) takes no files from here.`,
        })
      known.set(storageId, storage)
      return storage.id
    },
  }
}

/** From the asset (or, with `version`, a version of one) to the job that shows others the progress. */
export function assetSteps(
  client: IconikClient,
  files: UploadFiles,
  version: UploadStep | undefined,
): UploadStep[] {
  return [
    version ?? assetStep(client),
    metadataStep(client),
    formatStep(client),
    fileSetStep(client),
    fileStep(client, files),
    jobStep(client),
  ]
}

/** Known again by our own key, which the contents of its collection can be asked for. */
function assetStep(client: IconikClient): UploadStep {
  return {
    name: stepNames.asset,
    async lookUp(facts, done, _intendedAt, signal) {
      const { objects } = await client.call(
        calls['assets.listCollectionContents'],
        {
          path: { collection_id: collectionOf(facts, done) },
          query: { object_types: 'assets', external_id: facts.transferId, per_page: perPage },
          answer: assetRowsSchema,
        },
        signal,
      )
      return objects.find((asset) => isKept(asset) && asset.external_id === facts.transferId)?.id
    },
    async act(facts, done, signal) {
      const { id } = await client.call(
        calls['assets.createAsset'],
        {
          query: { assign_to_collection: true, apply_collection_acls: true },
          body: {
            title: plainName(facts.name),
            type: 'ASSET',
            collection_id: collectionOf(facts, done),
            external_id: facts.transferId,
          },
          answer: assetSchema,
        },
        signal,
      )
      return id
    },
  }
}

/** Asset and version are ours alone: a format of that name in them is, too. */
function formatStep(client: IconikClient): UploadStep {
  return {
    name: stepNames.format,
    async lookUp(facts, done, _intendedAt, signal) {
      const asset_id = assetOf(facts, done)
      const { version_id } = versionFields(done)
      const query = { per_page: perPage }
      const { objects } =
        version_id === undefined
          ? await client.call(
              calls['files.listFormats'],
              { path: { asset_id }, query, answer: formatsSchema },
              signal,
            )
          : await client.call(
              calls['files.listVersionFormats'],
              { path: { asset_id, version_id }, query, answer: formatsSchema },
              signal,
            )
      return objects.find((format) => isKept(format) && format.name === formatName)?.id
    },
    async act(facts, done, signal) {
      const { id } = await client.call(
        calls['files.createFormat'],
        {
          path: { asset_id: assetOf(facts, done) },
          body: {
            name: formatName,
            metadata: [{ internet_media_type: facts.mediaType }],
            storage_methods: ['S3'],
            ...versionFields(done),
          },
          answer: formatSchema,
        },
        signal,
      )
      return id
    },
  }
}

function fileSetStep(client: IconikClient): UploadStep {
  return {
    name: stepNames.fileSet,
    async lookUp(facts, done, _intendedAt, signal) {
      const { objects } = await client.call(
        calls['files.listFileSetsOfFormat'],
        {
          path: { asset_id: assetOf(facts, done), format_id: idOf(done, 'format') },
          query: { per_page: perPage },
          answer: fileSetsSchema,
        },
        signal,
      )
      return objects.find(isKept)?.id
    },
    async act(facts, done, signal) {
      const { id } = await client.call(
        calls['files.createFileSet'],
        {
          path: { asset_id: assetOf(facts, done) },
          body: {
            format_id: idOf(done, 'format'),
            storage_id: idOf(done, 'storage'),
            base_dir: '',
            name: plainName(facts.name),
            component_ids: [],
            ...versionFields(done),
          },
          answer: fileSetSchema,
        },
        signal,
      )
      return id
    },
  }
}

function fileStep(client: IconikClient, files: UploadFiles): UploadStep {
  return {
    name: stepNames.file,
    async lookUp(facts, done, _intendedAt, signal) {
      const { objects } = await client.call(
        calls['files.listFilesOfFileSet'],
        {
          path: { asset_id: assetOf(facts, done), file_set_id: idOf(done, 'fileSet') },
          query: { per_page: perPage, generate_signed_url: false },
          answer: filesSchema,
        },
        signal,
      )
      return objects.find((file) => isKept(file) && file.original_name === plainName(facts.name))?.id
    },
    async act(facts, done, signal) {
      const at = isoTime(facts.modifiedAt)
      return await files.create(
        assetOf(facts, done),
        {
          original_name: plainName(facts.name),
          directory_path: '',
          type: 'FILE',
          size: facts.bytes,
          storage_id: idOf(done, 'storage'),
          file_set_id: idOf(done, 'fileSet'),
          format_id: idOf(done, 'format'),
          file_date_created: at,
          file_date_modified: at,
          ...versionFields(done),
        },
        signal,
      )
    },
  }
}

/** So that others see the progress. Whoever may not write jobs uploads without one. */
function jobStep(client: IconikClient): UploadStep {
  return {
    name: stepNames.job,
    lookUp: (facts, done, _intendedAt, signal) =>
      unlessForbidden(async () => {
        const query = {
          object_type: 'assets',
          object_id: assetOf(facts, done),
          type: 'TRANSFER',
          facets: false,
          per_page: perPage,
        }
        const { objects } = await client.call(calls['jobs.listJobs'], { query, answer: jobsSchema }, signal)
        return objects.find(({ metadata }) => metadata?.[transferKey] === facts.transferId)?.id
      }),
    act: (facts, done, signal) =>
      unlessForbidden(async () => {
        const body = {
          ...jobFields(facts, 'STARTED', 0),
          object_type: 'assets',
          object_id: assetOf(facts, done),
          metadata: { [transferKey]: facts.transferId },
        }
        return (await client.call(calls['jobs.createJob'], { body, answer: jobSchema }, signal)).id
      }),
  }
}
