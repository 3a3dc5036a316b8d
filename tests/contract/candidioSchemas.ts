import { z } from 'zod'

/**
 * What the service's documents say an answer looks like, written from them alone: the studio and the connector have
 * schemas of their own, and an error in one of them must not be able to hide here. Every field is listed, so a field
 * that is not documented fails; `embedded` allows what an include adds.
 */

const date = z.string().regex(/^\d{4}-(0\d|1[0-2])-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d$/)
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z]+$`))
const link = z.url()

export const assetSchema = z.strictObject({
  type: z.literal('asset'),
  id: id('ast'),
  file_name: z.string(),
  file_type: z.string(),
  mimetype: z.string().regex(/^[^/]+\/[^/]+$/),
  size: z.int().nonnegative(),
  video_duration: z.union([z.number(), z.string(), z.null()]),
  is_stock: z.boolean(),
  is_transcoded: z.boolean(),
  is_completed_production: z.boolean(),
  link_download: link,
  link_thumbnail: link.nullable(),
  link_fullsize: link.nullable(),
  link_preview_mp4: link.nullable(),
  link_preview_webm: link.nullable(),
  created_at: date,
  updated_at: date,
})

export const productionSchema = z.strictObject({
  type: z.literal('production'),
  id: id('prd'),
  title: z.string(),
  status_state: z.string(),
  status_queued: z.boolean(),
  allow_public_upload: z.boolean(),
  allow_public_shotlist: z.boolean(),
  goal_date: date.nullable(),
  first_submitted_at: date.nullable(),
  last_submitted_at: date.nullable(),
  created_at: date,
  updated_at: date,
})

const workspaceFields = {
  id: id('wrk'),
  organization_name: z.string(),
  workspace_name: z.string(),
  workspace_path: z.string().optional(),
  phone: z.string().nullable(),
  is_invite: z.boolean(),
  stripe_id: z.string().nullish(),
  card_brand: z.string().nullish(),
  card_last_four: z.string().nullish(),
  features: z.strictObject({
    video_series: z.unknown(),
    users: z.unknown(),
    coachingPlatform: z.unknown(),
    templates: z.unknown(),
    stockLibrary: z.unknown(),
    landingPage: z.unknown(),
    help_center: z.unknown(),
    in_app_chat: z.unknown(),
    priority_emails: z.unknown(),
    phone_support: z.unknown(),
  }),
  internal_notes: z.string().optional(),
  account: z.int(),
  created_at: date,
  updated_at: date,
}
export const workspaceSchema = z.strictObject({ type: z.literal('workspace'), ...workspaceFields })
export const listedWorkspaceSchema = z.strictObject({ type: z.literal('workspaces'), ...workspaceFields })

const channels = z.strictObject({ in_app: z.boolean(), email: z.boolean() })
export const userSchema = z.strictObject({
  type: z.literal('users'),
  id: id('usr'),
  user_hash: z.string().optional(),
  avatar: z.strictObject({
    color: z.string(),
    image_urls: z.strictObject({
      compact: z.string(),
      compact_hd: z.string(),
      normal: z.string(),
      normal_hd: z.string(),
      large: z.string(),
    }),
  }),
  email: z.string(),
  full_name: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  is_confirmed: z.boolean(),
  is_invite: z.boolean(),
  is_beta: z.boolean(),
  preferences: z.strictObject({
    notifications: z.strictObject({
      project_production_changes: channels,
      something_shared_with_me: channels,
      messages: channels,
      workspace_changes: channels,
    }),
    avatar: z.strictObject({ color: z.string() }),
  }),
})

export const descriptionSchema = z.strictObject({
  type: z.literal('description'),
  id: id('dsc'),
  position: z.int(),
  shot_type: z.string(),
  fields: z.looseObject({ field1: z.string().optional(), field2: z.string().optional() }),
})

export const revisionSchema = z.strictObject({
  type: z.literal('revision'),
  id: id('rvs'),
  instructions: z.string(),
  is_open: z.boolean(),
  created_at: date,
  updated_at: date,
})

export const deliverableSchema = z.strictObject({
  type: z.literal('deliverable'),
  id: id('dlv'),
  notes_for_producer: z.string().nullable(),
  status: z.enum(['uploading', 'reviewing', 'rejected', 'accepted']),
  rating: z.enum(['happy', 'neutral', 'sad']).nullable(),
  created_at: date,
  updated_at: date,
})

export const briefSchema = z.strictObject({
  type: z.literal('brief'),
  id: id('brf'),
  purpose: z.string(),
  purpose_because: z.string(),
  description: z.string(),
  end_screen: z.string(),
  instructions: z.string(),
  meta: z.looseObject({}),
})

export const videoSeriesSchema = z.strictObject({
  type: z.literal('video-series'),
  id: id('vds'),
  title: z.string(),
  audience: z.string(),
  synopsis: z.string(),
  turnaround: z.int(),
  video_length: z.string(),
  internal_notes: z.string().optional(),
  is_published: z.boolean(),
  created_at: date,
  updated_at: date,
})

export const actionSchema = z.strictObject({
  type: z.literal('actions'),
  id: id('act'),
  created_at: date,
  updated_at: date,
})

export const okSchema = z.strictObject({
  success: z.strictObject({ http_code: z.literal(200), message: z.literal('Success') }),
})

export const paginationSchema = z
  .strictObject({
    total: z.int().nonnegative(),
    count: z.int().nonnegative(),
    per_page: z.int().positive(),
    current_page: z.int().positive(),
    total_pages: z.int().positive(),
    links: z.union([
      z.array(z.unknown()).max(0),
      z.strictObject({ next: z.url().optional(), previous: z.url().optional() }),
    ]),
  })
  .refine(({ count, per_page }) => count <= per_page)
  .refine(({ total, per_page, total_pages }) => total_pages === Math.max(1, Math.ceil(total / per_page)))

export const one = <S extends z.ZodType>(data: S) => z.strictObject({ data })
export const many = <S extends z.ZodType>(data: S) =>
  z
    .strictObject({ data: z.array(data), meta: z.strictObject({ pagination: paginationSchema }) })
    .refine((answer) => answer.data.length === answer.meta.pagination.count)

/** The documents show no error. Clients look for one of these, so one of them must be there. */
export const errorSchema = z.looseObject({
  error: z.looseObject({
    message: z.string().min(1),
    errors: z.record(z.string(), z.array(z.string())).optional(),
  }),
})
