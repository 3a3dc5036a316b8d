import { z } from 'zod'

/**
 * Candidio's JSON as it comes. Needed fields are required; everything else may be missing, and unknown fields pass:
 * the public description is old and its samples disagree.
 */
const text = z.string().nullish().catch(null)
const flag = z.boolean().nullish().catch(null)
const count = z.number().nullish().catch(null)

export const workspaceSchema = z.looseObject({
  id: z.string().min(1),
  organization_name: text,
  workspace_name: text,
  created_at: text,
})
export type Workspace = z.infer<typeof workspaceSchema>

export const productionSchema = z.looseObject({
  id: z.string().min(1),
  title: text,
  status_state: text,
  created_at: text,
  updated_at: text,
})
export type Production = z.infer<typeof productionSchema>

export const assetSchema = z.looseObject({
  id: z.string().min(1),
  /** In answers often without the extension, which is then in `file_type`. */
  file_name: z.string(),
  file_type: text,
  mimetype: text,
  size: count,
  is_stock: flag,
  is_transcoded: flag,
  is_completed_production: flag,
  /** Signed and short-lived: a secret, never stored. */
  link_download: text,
  link_thumbnail: text,
  link_fullsize: text,
  link_preview_mp4: text,
  link_preview_webm: text,
  created_at: text,
  updated_at: text,
})
export type Asset = z.infer<typeof assetSchema>

const paginationSchema = z.looseObject({
  total: z.number().int().nonnegative(),
  per_page: z.number().int().positive(),
  current_page: z.number().int().positive(),
  total_pages: z.number().int().nonnegative(),
})

export interface Many<T> {
  readonly data: T[]
  readonly meta: { readonly pagination: z.infer<typeof paginationSchema> }
}

/** A server that sends more rows than this on one page is not to be believed. */
const longestPage = 5000

export function manySchema<T>(row: z.ZodType<T>): z.ZodType<Many<T>> {
  return z.object({
    data: z.array(row).max(longestPage),
    meta: z.looseObject({ pagination: paginationSchema }),
  })
}

export function oneSchema<T>(row: z.ZodType<T>): z.ZodType<{ readonly data: T }> {
  return z.object({ data: row })
}

/** Body of a new asset. Ids that stand in the path are left out of it. */
export interface NewAsset {
  readonly bucket: string
  readonly object_key: string
  readonly file_name: string
  readonly file_type: string
  readonly size: number
  readonly mimetype: string
  readonly is_stock?: boolean
}

/** The `api` part of a connection's access. */
export const candidioAccessSchema = z.object({ address: z.string(), token: z.string() })
export type CandidioAccess = z.infer<typeof candidioAccessSchema>

/** The connector's note of a place that holds assets. Without a production: everything of the workspace. */
export const candidioPlaceSchema = z.object({
  workspaceId: z.string().min(1),
  productionId: z.string().min(1).nullable(),
  /** Only the workspace's own material, not that of its productions. */
  isBrand: z.boolean().optional(),
})
export type CandidioPlace = z.infer<typeof candidioPlaceSchema>

/** `YYYY-MM-DD HH:MM:SS` names no zone and is read as UTC. Epoch milliseconds; null when it is something else. */
export function readDate(value: string | null | undefined): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(value ?? '')
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number)
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
  return Number.isFinite(at) ? at : null
}
