import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import { Documents } from '../documents.ts'
import { anyObject } from '../fields.ts'

const ofVersion = { id: z.string(), asset_id: z.string(), version_id: z.string() }
const dated = { date_created: z.string(), date_modified: z.string() }
const removable = { date_deleted: z.string().optional(), deleted_by_user: z.string().optional() }

export const fileStatuses = [
  ...(['OPEN', 'GROWING', 'AWAITED', 'CLOSED', 'FAILED'] as const),
  ...(['ARCHIVED', 'MISSING', 'REDISCOVERED', 'DELETED'] as const),
] as const
export const archiveStatuses = ['NOT_ARCHIVED', 'ARCHIVING', 'FAILED_TO_ARCHIVE', 'ARCHIVED'] as const
export const componentTypes = [
  ...(['VIDEO', 'AUDIO', 'IMAGE', 'TEXT', 'OTHER', 'NON_MEDIA', 'EXIF', 'IPTC', 'XMP', 'GENERAL'] as const),
] as const

const componentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(componentTypes),
  metadata: z.record(z.string(), z.string()).default({}),
})

/** `ORIGINAL`, and what else an asset's media is kept as. */
export const formats = new Documents(
  'iconik_format',
  'Format',
  z.strictObject({
    ...ofVersion,
    name: z.string(),
    user_id: z.string(),
    status: z.enum(['ACTIVE', 'DELETED']).default('ACTIVE'),
    archive_status: z.enum(archiveStatuses).default('NOT_ARCHIVED'),
    is_online: z.boolean().default(false),
    metadata: z.array(anyObject).default([]),
    components: z.array(componentSchema).default([]),
    storage_methods: z.array(z.string()).default([]),
    warnings: z.array(z.string()).default([]),
    ...dated,
    ...removable,
  }),
)
export type Format = ReturnType<typeof formats.parse>

export const fileSets = new Documents(
  'iconik_file_set',
  'File set',
  z.strictObject({
    ...ofVersion,
    format_id: z.string(),
    storage_id: z.string().optional(),
    original_storage_id: z.string().optional(),
    name: z.string(),
    base_dir: z.string(),
    component_ids: z.array(z.string()),
    is_archive: z.boolean().default(false),
    archive_file_set_id: z.string().optional(),
    status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']).default('ACTIVE'),
    ...dated,
    ...removable,
  }),
)
export type FileSet = ReturnType<typeof fileSets.parse>

export const files = new Documents(
  'iconik_file',
  'File',
  z.strictObject({
    ...ofVersion,
    format_id: z.string().optional(),
    file_set_id: z.string(),
    storage_id: z.string(),
    parent_id: z.string().nullish(),
    name: z.string(),
    original_name: z.string(),
    directory_path: z.string(),
    type: z.enum(['FILE', 'DIRECTORY', 'SYMLINK']),
    status: z.enum(fileStatuses).default('OPEN'),
    size: z.number().optional(),
    checksum: z.string().nullish(),
    file_date_created: z.string().optional(),
    file_date_modified: z.string().optional(),
    user_id: z.string().nullish(),
    system_domain_id: z.string(),
    ...dated,
  }),
)
export type MediaFile = ReturnType<typeof files.parse>

export const resolutionSchema = z.strictObject({ width: z.number().int(), height: z.number().int() })

export const proxies = new Documents(
  'iconik_proxy',
  'Proxy',
  z.strictObject({
    ...ofVersion,
    name: z.string().optional(),
    filename: z.string().optional(),
    format: z.string().optional(),
    codec: z.string().optional(),
    status: z.enum(fileStatuses).default('OPEN'),
    storage_id: z.string().optional(),
    resolution: resolutionSchema.partial().optional(),
    rotation: z.number().nullish(),
    size: z.number().nullish(),
    bit_rate: z.number().optional(),
    audio_bitrate: z.number().optional(),
    frame_rate: z.string().nullish(),
    is_drop_frame: z.boolean().nullish(),
    start_time_code: z.string().nullish(),
    is_public: z.boolean().default(false),
    ...dated,
  }),
)
export type MediaProxy = ReturnType<typeof proxies.parse>

export const keyframeTypes = ['KEYFRAME_MAP', 'KEYFRAME', 'POSTER'] as const

/** Pictures: of a version of an asset, or of a collection. */
export const keyframes = new Documents(
  'iconik_keyframe',
  'Keyframe',
  z.strictObject({
    id: z.string(),
    asset_id: z.string().nullish(),
    version_id: z.string().nullish(),
    collection_id: z.string().nullish(),
    type: z.enum(keyframeTypes),
    name: z.string().optional(),
    filename: z.string().optional(),
    format: z.string().nullish(),
    status: z.enum(fileStatuses).default('OPEN'),
    storage_id: z.string().optional(),
    resolution: resolutionSchema.partial().optional(),
    rotation: z.number().nullish(),
    size: z.number().nullish(),
    time_code: anyObject.optional(),
    is_custom_keyframe: z.boolean().default(false),
    is_public: z.boolean().default(false),
    ...dated,
  }),
)
export type Keyframe = ReturnType<typeof keyframes.parse>

/** Tables whose rows have bytes in the store, under the key in `object_key`. */
export type ObjectTable = typeof files | typeof proxies | typeof keyframes

export function setObjectKey(rows: SqlRows, { table }: ObjectTable, id: string, key: string): void {
  rows.run(`UPDATE ${table} SET object_key = ? WHERE id = ?`, key, id)
}

export function objectKeyOf(rows: SqlRows, { table }: ObjectTable, id: string): string | undefined {
  const key = rows.get(`SELECT object_key FROM ${table} WHERE id = ?`, id)?.['object_key']
  return typeof key === 'string' ? key : undefined
}

/** Where the studio puts the bytes of a row; nobody else writes below it. */
export const ownKey = (id: string, name: string): string => `${ownPrefix}${id}/${name}`
export const ownPrefix = 'iconik/'
