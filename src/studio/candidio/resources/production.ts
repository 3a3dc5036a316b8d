import { z } from 'zod'
import { dateText, dateTextOrNull } from '../dates.ts'
import { type Resource, showing } from '../resource.ts'
import { byFlag, byId, byUser, through } from '../scopes.ts'

const productionRow = z.object({
  id: z.string(),
  title: z.string(),
  status_state: z.string(),
  status_queued: z.number(),
  allow_public_upload: z.number(),
  allow_public_shotlist: z.number(),
  goal_date: z.string().nullable(),
  first_submitted_at: z.number().nullable(),
  last_submitted_at: z.number().nullable(),
  created_at: z.number(),
  updated_at: z.number(),
})

export const production: Resource = {
  table: 'production',
  words: 'production',
  workspaceColumn: 'workspace_id',
  show: showing(productionRow, (row) => ({
    type: 'production',
    id: row.id,
    title: row.title,
    status_state: row.status_state,
    status_queued: row.status_queued === 1,
    allow_public_upload: row.allow_public_upload === 1,
    allow_public_shotlist: row.allow_public_shotlist === 1,
    goal_date: row.goal_date,
    first_submitted_at: dateTextOrNull(row.first_submitted_at),
    last_submitted_at: dateTextOrNull(row.last_submitted_at),
    created_at: dateText(row.created_at),
    updated_at: dateText(row.updated_at),
  })),
  includes: {
    brief: { kind: 'many', of: 'brief', column: 'production_id', newest: true },
    briefs: { kind: 'many', of: 'brief', column: 'production_id' },
    created_by: { kind: 'one', of: 'user', column: 'created_by_id' },
    project: { kind: 'one', of: 'video_series', column: 'video_series_id' },
    template: { kind: 'one', of: 'template', column: 'template_id' },
    workspace: { kind: 'one', of: 'workspace', column: 'workspace_id' },
    assets: { kind: 'many', of: 'asset', column: 'production_id' },
    descriptions: { kind: 'many', of: 'description', column: 'production_id' },
    collaborators: { kind: 'none', value: [] },
    snapshots: { kind: 'none', value: [] },
  },
  scopes: {
    allowsPublicUpload: byFlag('allow_public_upload = 1'),
    asset: through('production.id IN (SELECT production_id FROM asset WHERE id = ?)'),
    project: byId('video_series_id'),
    projectNull: byFlag('video_series_id IS NULL'),
    projectUser: byUser('video_series_id IN (SELECT id FROM video_series WHERE created_by_id = ?)'),
    user: byUser('created_by_id = ?'),
    workspace: byId('workspace_id'),
  },
  sorts: ['created_at', 'updated_at', 'title', 'status_state', 'goal_date', 'id'],
}
