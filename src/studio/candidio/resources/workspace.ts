import { z } from 'zod'
import { dateText } from '../dates.ts'
import { type Resource, showing } from '../resource.ts'
import { byUser } from '../scopes.ts'

/** What a workspace may use. Only administrators change it. */
export const features = {
  video_series: true,
  users: 10,
  coachingPlatform: false,
  templates: true,
  stockLibrary: true,
  landingPage: false,
  help_center: true,
  in_app_chat: false,
  priority_emails: false,
  phone_support: false,
} as const

const workspaceRow = z.object({
  id: z.string(),
  organization_name: z.string(),
  workspace_name: z.string(),
  workspace_path: z.string().nullable(),
  phone: z.string().nullable(),
  internal_notes: z.string().nullable(),
  features: z.string(),
  account: z.number(),
  created_at: z.number(),
  updated_at: z.number(),
})

export const workspace: Resource = {
  table: 'workspace',
  words: 'workspace',
  workspaceColumn: 'workspace.id',
  show: showing(workspaceRow, (row, { place, viewer }) => ({
    // The service really says it in two ways.
    type: place === 'list' ? 'workspaces' : 'workspace',
    id: row.id,
    organization_name: row.organization_name,
    workspace_name: row.workspace_name,
    ...(row.workspace_path !== null && { workspace_path: row.workspace_path }),
    phone: row.phone,
    is_invite: false,
    stripe_id: null,
    card_brand: null,
    card_last_four: null,
    features: z.record(z.string(), z.json()).parse(JSON.parse(row.features)),
    ...(viewer?.isAdmin && { internal_notes: row.internal_notes ?? '' }),
    account: row.account,
    created_at: dateText(row.created_at),
    updated_at: dateText(row.updated_at),
  })),
  includes: {
    assets: { kind: 'many', of: 'asset', column: 'workspace_id', only: 'is_stock = 1' },
    descriptions: { kind: 'many', of: 'description', column: 'workspace_id' },
    invites: { kind: 'none', value: [] },
    productions: { kind: 'many', of: 'production', column: 'workspace_id' },
    video_series: { kind: 'many', of: 'video_series', column: 'workspace_id' },
    roles: { kind: 'none', value: [] },
    subscriptions: { kind: 'none', value: [] },
    industry: { kind: 'one', of: 'industry', column: 'industry_id' },
    users: { kind: 'members', of: 'user', own: 'workspace_id', other: 'user_id' },
    template_collection: { kind: 'none', value: null },
  },
  scopes: { user: byUser('workspace.id IN (SELECT workspace_id FROM member WHERE user_id = ?)') },
  sorts: ['created_at', 'updated_at', 'workspace_name', 'organization_name', 'id'],
}
