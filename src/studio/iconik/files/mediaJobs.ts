import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { checkPermission } from '../acls/aclRows.ts'
import { assetsBelow } from '../approvals/subject.ts'
import { assets, currentVersion } from '../assets/assetRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, done, type IconikAnswer, ok } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { body, bulkIds, number, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob, type NewJob } from '../jobs/jobRows.ts'
import { files, type MediaFile } from '../media/mediaRows.ts'
import { type Route, route } from '../route.ts'
import { fileOf } from './files.ts'
import { proxyOf } from './proxies.ts'

const file = '/v1/assets/{asset_id}/files/{file_id}' as const
const roles = ['can_create_transcode_jobs']

const transcodeBody = body({
  priority: z.number().int().min(1).max(10).nullish(),
  set_as_custom_keyframe: z.boolean().nullish(),
  update_proxy_mediainfo: z.boolean().optional(),
  use_storage_transcode_ignore_pattern: z.boolean().nullish(),
})
type TranscodeBody = z.output<typeof transcodeBody>

/** Queues work on an asset's media; it is done after the answer. */
function queue(call: Call, job: NewJob, priority: number | null | undefined): string {
  const { id } = addJob(call, { ...job, ...(typeof priority === 'number' && { priority }) })
  call.api.worker.wake()
  return id
}

/** Work on a file that is there whole. Fails with 400 for one that is not. */
function onFile(
  call: Call,
  source: MediaFile,
  priority: number | null | undefined,
  job: Pick<NewJob, 'type' | 'title' | 'task'>,
) {
  if (source.status !== 'CLOSED') throw IconikError.badRequest('The file is not closed')
  return queue(call, { ...job, objectType: 'assets', objectId: source.asset_id }, priority)
}

const answered = (job_id: string): IconikAnswer => ok({ job_id }, job_id)

/** Storages name files that nothing is made of; the service answers with nothing then. */
const isIgnored = (source: MediaFile): boolean => /\.(xmp|tmp|part|ds_store)$/i.test(source.original_name)

function proxyOfFile(call: Call<TranscodeBody>, source: MediaFile): IconikAnswer {
  const { priority, use_storage_transcode_ignore_pattern } = call.body
  if (use_storage_transcode_ignore_pattern !== false && isIgnored(source)) return done(204)
  const id = onFile(call, source, priority, {
    ...{ type: 'TRANSCODE', title: `Proxy and pictures of ${source.original_name}` },
    task: { kind: 'proxy', fileId: source.id },
  })
  noteHistory(call, {
    ...{ assetId: source.asset_id, versionId: source.version_id, operation: 'TRANSCODE', jobId: id },
  })
  return answered(id)
}

/** The file that an asset's newest version is made of, by the name of a format. */
function sourceOf(call: Call, assetId: string, formatName: string): MediaFile | undefined {
  const format = where(
    'format_id IN (SELECT id FROM iconik_format WHERE asset_id = ? AND name = ?)',
    assetId,
    formatName,
  )
  const version = where('version_id = ?', currentVersion(call.rows, assetId).id)
  return files.all(call.rows, [
    where('asset_id = ?', assetId),
    version,
    format,
    where("status = 'CLOSED'"),
  ])[0]
}

export const mediaJobRoutes: readonly Route[] = [
  route('files.createProxyJob', 'POST', `${file}/keyframes/`, {
    roles,
    access: 'guest',
    body: transcodeBody,
    handle: (call) => proxyOfFile(call, fileOf(call)),
  }),
  route('files.createMediaInfoJob', 'POST', `${file}/mediainfo/`, {
    roles,
    body: transcodeBody,
    handle(call) {
      const source = fileOf(call)
      return answered(
        onFile(call, source, call.body.priority, {
          ...{ type: 'MEDIAINFO', title: `Media information of ${source.original_name}` },
          task: { kind: 'mediainfo', fileId: source.id },
        }),
      )
    },
  }),
  route('files.captureStill', 'POST', `${file}/capture/{milliseconds}/`, {
    roles: ['can_create_poster'],
    body: transcodeBody,
    handle(call) {
      const source = fileOf(call)
      const milliseconds = number.pipe(z.number().min(0)).safeParse(call.param('milliseconds'))
      if (!milliseconds.success) throw IconikError.badRequest({ milliseconds: 'This is no time' })
      return answered(
        onFile(call, source, call.body.priority, {
          ...{ type: 'KEYFRAMES', title: `Still of ${source.original_name}` },
          task: { kind: 'still', fileId: source.id, milliseconds: milliseconds.data },
        }),
      )
    },
  }),
  route('files.createKeyframeJob', 'POST', '/v1/assets/{asset_id}/proxies/{proxy_id}/keyframes/', {
    roles,
    body: transcodeBody,
    handle(call) {
      const proxy = proxyOf(call)
      if (proxy.status !== 'CLOSED') throw IconikError.badRequest('The proxy is not closed')
      const job: NewJob = {
        ...{ type: 'KEYFRAMES', title: `Pictures of ${proxy.name ?? 'a proxy'}` },
        ...{ objectType: 'assets', objectId: proxy.asset_id },
        task: { kind: 'keyframes', proxyId: proxy.id },
      }
      return answered(queue(call, job, call.body.priority))
    },
  }),
  route('files.createSubtitleJob', 'POST', `${file}/subtitles/`, {
    roles,
    body: body({
      priority: z.number().int().min(1).max(10).nullish(),
      create_transcription: z.boolean().optional(),
      delete_old_transcriptions: z.boolean().optional(),
    }),
    handle(call) {
      const source = fileOf(call)
      const { id } = addJob(call, {
        ...{
          type: 'TRANSCODE',
          title: `Subtitles of ${source.original_name}`,
          status: 'FINISHED_WITH_WARNING',
        },
        ...{ objectType: 'assets', objectId: source.asset_id },
        message: 'The studio reads no subtitles out of files.',
      })
      return answered(id)
    },
  }),
  route('files.createProxyJobs', 'POST', '/v1/assets/bulk/keyframes/', {
    roles,
    body: body({
      object_type: z.enum(['assets', 'collections', 'saved_searches']),
      object_ids: bulkIds,
      format_name: z.string().max(500).default('ORIGINAL'),
      prefer_any_cloud: z.boolean().optional(),
      preferred_storage_id: uuid.optional(),
      preferred_storage_method: z.string().optional(),
      priority: z.number().int().min(1).max(10).optional(),
    }),
    handle(call) {
      const { object_type, object_ids, format_name, priority } = call.body
      if (object_type === 'saved_searches') throw IconikError.badRequest('Saved searches have no files')
      const ids =
        object_type === 'assets'
          ? object_ids.map((id) => assets.get(call.rows, id).id)
          : object_ids.flatMap((id) => assetsBelow(call, collections.get(call.rows, id).id))
      checkPermission(call, 'read', 'assets', ids)
      return call.rows.transaction(() => {
        for (const id of new Set(ids)) {
          const source = sourceOf(call, id, format_name)
          if (source === undefined) continue
          onFile(call, source, priority, {
            ...{ type: 'TRANSCODE', title: `Proxy and pictures of ${source.original_name}` },
            task: { kind: 'proxy', fileId: source.id },
          })
        }
        return done(200)
      })
    },
  }),
  route('files.reindexFile', 'POST', `${file}/reindex/`, {
    roles: ['can_reindex_storages'],
    handle: (call) => done(201, fileOf(call).id),
  }),
]
