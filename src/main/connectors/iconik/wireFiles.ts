import { z } from 'zod'
import { count, few, flag, id, idOrNull, number, pageSchema, text } from './wire.ts'

export const storageSchema = z.object({
  id,
  name: z.string(),
  /** `S3`, `GCS`, `B2`, `AZURE`, `FILE`, … */
  method: z.string(),
  /** `FILES`, `PROXIES`, `KEYFRAMES`, … */
  purpose: text,
  status: text,
  default: flag,
})
export type Storage = z.infer<typeof storageSchema>
export const storagesSchema = pageSchema(storageSchema)

export const formatSchema = z.object({
  id,
  name: z.string(),
  status: text,
  version_id: idOrNull,
  user_id: idOrNull,
  storage_methods: few(z.string()),
  is_online: flag,
  archive_status: text,
  date_created: text,
})
export type Format = z.infer<typeof formatSchema>
export const formatsSchema = pageSchema(formatSchema)

export const fileSetSchema = z.object({
  id,
  name: z.string(),
  base_dir: text,
  format_id: idOrNull,
  storage_id: idOrNull,
  version_id: idOrNull,
  status: text,
  file_count: count,
  date_created: text,
})
export type FileSet = z.infer<typeof fileSetSchema>
export const fileSetsSchema = pageSchema(fileSetSchema)

export const fileSchema = z.object({
  id,
  original_name: z.string(),
  name: text,
  directory_path: text,
  type: text,
  /** A file is there only when `CLOSED`. */
  status: text,
  size: count,
  checksum: text,
  asset_id: idOrNull,
  version_id: idOrNull,
  format_id: idOrNull,
  file_set_id: idOrNull,
  storage_id: idOrNull,
  storage_method: text,
  /** Signed and short-lived, like every URL here: secrets, never stored. */
  url: text,
  upload_url: text,
  multipart_upload_url: text,
  upload_method: text,
  upload_filename: text,
  date_created: text,
  date_modified: text,
})
export type RemoteFile = z.infer<typeof fileSchema>
export const filesSchema = pageSchema(fileSchema)

/** By `type` of the question, one of them is there. */
export const multipartUrlSchema = z.object({
  complete_url: text,
  abort_url: text,
  list_parts_url: few(z.string(), 10_000),
})

const partNumber = z.number().int().min(1).max(10_000)
export const partUrlsSchema = z.object({
  objects: z.array(z.object({ number: partNumber, url: z.url(), key: text })).max(10_000),
})
export const checkedPartUrlsSchema = z.object({
  upload_id: z.string(),
  parts: z.array(z.object({ part_number: partNumber, url: z.url() })).max(10_000),
})

export const downloadUrlSchema = z.object({ url: z.url() })

const resolution = z.object({ width: number, height: number }).nullable().catch(null)

export const proxySchema = z.object({
  id,
  name: text,
  filename: text,
  status: text,
  url: text,
  version_id: idOrNull,
  codec: text,
  format: text,
  frame_rate: text,
  start_time_code: text,
  is_drop_frame: flag,
  rotation: number,
  resolution,
  size: count,
  bit_rate: number,
  date_created: text,
})
export type RemoteProxy = z.infer<typeof proxySchema>
export const proxiesSchema = pageSchema(proxySchema)

export const keyframeSchema = z.object({
  id,
  /** `KEYFRAME`, a picture; `KEYFRAME_MAP`, many in one; `POSTER`, chosen by somebody. */
  type: z.string(),
  name: text,
  status: text,
  url: text,
  version_id: idOrNull,
  is_custom_keyframe: flag,
  resolution,
  time_code: z
    .object({
      frames_number: number,
      is_drop_frame: flag,
      time_base: z.object({ numerator: number, denominator: number }).nullable().catch(null),
    })
    .nullable()
    .catch(null),
  date_created: text,
})
export type Keyframe = z.infer<typeof keyframeSchema>
export const keyframesSchema = pageSchema(keyframeSchema)

export const subtitleSchema = z.object({
  id,
  language: z.string(),
  name: text,
  closed_captions: flag,
  version_id: idOrNull,
})
export const subtitlesSchema = pageSchema(subtitleSchema)
