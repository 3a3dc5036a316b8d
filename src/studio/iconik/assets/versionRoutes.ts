import { z } from 'zod'
import { type Call, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, date, flagOr, integer, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { copyMedia } from '../media/copyMedia.ts'
import { removeDroppedObjects } from '../media/droppedObjects.ts'
import { copyMetadata } from '../metadata/metadataRows.ts'
import { type Route, route } from '../route.ts'
import { copySegments } from '../segments/copySegments.ts'
import { People } from '../users/userRows.ts'
import {
  type Asset,
  addVersion,
  archiveStatuses,
  assets,
  currentVersion,
  progressStatuses,
  type Version,
  versionOf,
  versionStatuses,
  versions,
  versionsOf,
} from './assetRows.ts'
import { noteHistory } from './history.ts'
import { shownVersion } from './showAsset.ts'

const all = '/v1/assets/{asset_id}/versions/'
const one = `${all}{version_id}/` as const

const segmentTypes = [
  'MARKER',
  'QC',
  'GENERIC',
  'COMMENT',
  'TAG',
  'TRANSCRIPTION',
  'SCENE',
  'PERSON',
] as const

const versionBody = body({
  status: z.enum(versionStatuses).optional(),
  version_number: integer.min(1).optional(),
  is_online: z.boolean().optional(),
  person_ids: z.array(uuid).optional(),
  has_unconfirmed_persons: z.boolean().optional(),
  transcribed_languages: z.array(z.string()).optional(),
  created_by_user: uuid.optional(),
  date_created: date.optional(),
  analyze_status: z.enum(progressStatuses).optional(),
  archive_status: z.enum(archiveStatuses).optional(),
  face_recognition_status: z.enum(progressStatuses).optional(),
  transcribe_status: z.enum(progressStatuses).optional(),
})
const replaceable = [
  ...(['status', 'is_online', 'person_ids', 'has_unconfirmed_persons', 'transcribed_languages'] as const),
  ...(['analyze_status', 'archive_status', 'face_recognition_status', 'transcribe_status'] as const),
] satisfies (keyof Version)[]
const lasting = ['version_number', 'created_by_user', 'date_created'] satisfies (keyof Version)[]

const fromBody = {
  copy_previous_version_persons: z.boolean().optional(),
  copy_previous_version_segments: z.boolean().optional(),
  include_segment_types: z.array(z.enum(segmentTypes)).optional(),
  source_metadata_asset_id: uuid.optional(),
}

const assetOf = (call: Call): Asset => assets.get(call.rows, call.param('asset_id'))
const ownVersion = (call: Call): Version =>
  versionOf(call.rows, call.param('asset_id'), call.param('version_id'))

function touch(call: Call, asset: Asset): void {
  assets.save(call.rows, { ...asset, date_modified: call.date, updated_by_user: call.viewer.userId })
}

const numbered = (list: readonly Version[]) =>
  Math.max(0, ...list.map(({ version_number }) => version_number))

/** The next version of the asset, with the media of another one: the first half of the two calls that say `from`. */
function addFrom(
  call: Call<z.output<z.ZodObject<typeof fromBody>>>,
  source: Version,
  excludeFormatIds: readonly string[],
): void {
  const { rows, viewer } = call
  const asset = assetOf(call)
  const before = currentVersion(rows, asset.id)
  const { copy_previous_version_persons, copy_previous_version_segments, ...sent } = call.body
  const added = addVersion(rows, asset.id, {
    ...{ created_by_user: viewer.userId, date_created: call.date, is_online: source.is_online },
    ...(copy_previous_version_persons === true && { person_ids: before.person_ids }),
  })
  copyMedia(call, {
    ...{ fromAssetId: source.asset_id, fromVersionId: source.id, toAssetId: asset.id, toVersionId: added.id },
    excludeFormatIds,
  })
  if (copy_previous_version_segments === true) {
    copySegments(call, {
      ...{ fromVersionId: before.id, toAssetId: asset.id, toVersionId: added.id },
      ...(sent.include_segment_types && { types: sent.include_segment_types }),
    })
  }
  if (sent.source_metadata_asset_id !== undefined) {
    const { id } = assets.get(rows, sent.source_metadata_asset_id)
    const to = { objectType: 'assets', objectId: asset.id }
    copyMetadata(rows, { objectType: 'assets', objectId: id }, to)
  }
  touch(call, asset)
  noteHistory(call, { assetId: asset.id, versionId: added.id, operation: 'VERSION_CREATE' })
}

export const versionRoutes: readonly Route[] = [
  route('assets.createVersion', 'POST', all, {
    roles: ['can_write_versions'],
    body: body({
      copy_metadata: z.boolean().optional(),
      copy_persons: z.boolean().optional(),
      copy_segments: z.boolean().optional(),
      include_segment_types: z.array(z.enum(segmentTypes)).optional(),
      source_version_id: uuid.optional(),
    }),
    handle: (call) => {
      const { rows, viewer, body: sent } = call
      const asset = assetOf(call)
      const added = rows.transaction(() => {
        const source = versionOf(rows, asset.id, sent.source_version_id)
        const version = addVersion(rows, asset.id, {
          ...{ created_by_user: viewer.userId, date_created: call.date },
          ...(sent.copy_persons === true && { person_ids: source.person_ids }),
        })
        if (sent.copy_metadata === true) {
          const owner = { objectType: 'assets', objectId: asset.id }
          copyMetadata(rows, { ...owner, versionId: source.id }, { ...owner, versionId: version.id })
        }
        if (sent.copy_segments === true) {
          copySegments(call, {
            ...{ fromVersionId: source.id, toAssetId: asset.id, toVersionId: version.id },
            ...(sent.include_segment_types && { types: sent.include_segment_types }),
          })
        }
        touch(call, asset)
        noteHistory(call, { assetId: asset.id, versionId: version.id, operation: 'VERSION_CREATE' })
        return version
      })
      const people = new People(rows)
      const shown = versionsOf(rows, asset.id).map((version) => shownVersion(version, people))
      return ok({ asset_id: asset.id, versions: shown }, added.id)
    },
  }),
  route('assets.createVersionFromAsset', 'POST', `${all}from/assets/{source_asset_id}/`, {
    roles: ['can_write_versions'],
    body: body(fromBody),
    handle: (call) => {
      const source = currentVersion(call.rows, call.param('source_asset_id'))
      call.rows.transaction(() => addFrom(call, source, []))
      return done(202, call.param('asset_id'))
    },
  }),
  route('assets.createVersionFromVersion', 'POST', `${all}from/versions/{source_version_id}/`, {
    roles: ['can_write_versions'],
    body: body({ ...fromBody, exclude_format_ids: z.array(z.string()).nullish() }),
    handle: (call) => {
      const source = versions.get(call.rows, call.param('source_version_id'))
      call.rows.transaction(() => addFrom(call, source, call.body.exclude_format_ids ?? []))
      return done(202, call.param('asset_id'))
    },
  }),
  ...twins('assets', 'Version', one, {
    roles: ['can_write_versions'],
    body: versionBody,
    handle: (call, mode) => {
      const asset = assetOf(call)
      const version = ownVersion(call)
      const { version_number } = call.body
      const others = versionsOf(call.rows, asset.id).filter(({ id }) => id !== version.id)
      if (others.some((other) => other.version_number === version_number)) {
        throw IconikError.badRequest({ version_number: 'Another version has this number' })
      }
      const next = changed(changed(version, lasting, call.body, 'merge'), replaceable, call.body, mode)
      const saved = call.rows.transaction(() => {
        noteHistory(call, { assetId: asset.id, versionId: version.id, operation: 'VERSION_UPDATE' })
        touch(call, asset)
        return versions.save(call.rows, next)
      })
      return ok(shownVersion(saved, new People(call.rows)), saved.id)
    },
  }),
  route('assets.promoteVersion', 'PUT', `${one}promote/`, {
    roles: ['can_write_versions'],
    handle: (call) => {
      const asset = assetOf(call)
      const version = ownVersion(call)
      const newest = numbered(versionsOf(call.rows, asset.id))
      call.rows.transaction(() => {
        if (version.version_number !== newest) {
          versions.save(call.rows, { ...version, version_number: newest + 1 })
        }
        touch(call, asset)
        noteHistory(call, { assetId: asset.id, versionId: version.id, operation: 'VERSION_PROMOTE' })
      })
      return done(204, version.id)
    },
  }),
  route('assets.deleteVersion', 'DELETE', one, {
    roles: ['can_delete_versions'],
    query: { hard_delete: flagOr(false) },
    handle: async (call) => {
      const asset = assetOf(call)
      const version = ownVersion(call)
      if (versionsOf(call.rows, asset.id).every(({ id }) => id === version.id)) {
        throw IconikError.forbidden('The only version of an asset cannot be deleted')
      }
      call.rows.transaction(() => {
        if (call.query.hard_delete) versions.remove(call.rows, version.id)
        else versions.save(call.rows, { ...version, status: 'DELETED' })
        touch(call, asset)
        noteHistory(call, { assetId: asset.id, operation: 'VERSION_DELETE' })
      })
      await removeDroppedObjects({ rows: call.rows, store: call.api.store })
      return done(204, version.id)
    },
  }),
  route('assets.deleteOldVersions', 'DELETE', `${all}old/`, {
    roles: ['can_delete_versions'],
    handle: async (call) => {
      const asset = assetOf(call)
      const newest = currentVersion(call.rows, asset.id)
      call.rows.transaction(() => {
        call.rows.run('DELETE FROM iconik_version WHERE asset_id = ? AND id <> ?', asset.id, newest.id)
        touch(call, asset)
        noteHistory(call, { assetId: asset.id, versionId: newest.id, operation: 'VERSION_DELETE' })
      })
      await removeDroppedObjects({ rows: call.rows, store: call.api.store })
      return done(204, asset.id)
    },
  }),
]
