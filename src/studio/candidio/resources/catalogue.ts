import { z } from 'zod'
import { dateText } from '../dates.ts'
import { type Resource, showing } from '../resource.ts'
import { byId, byUser } from '../scopes.ts'

/** What is the same for all workspaces (industries, templates), and the log of what happened. */

const times = { created_at: z.number(), updated_at: z.number() }
const shownTimes = (row: { created_at: number; updated_at: number }) => ({
  created_at: dateText(row.created_at),
  updated_at: dateText(row.updated_at),
})

const industryRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  is_published: z.number(),
  ...times,
})

export const industry: Resource = {
  table: 'industry',
  words: 'industry',
  show: showing(industryRow, (row) => ({
    type: 'industry',
    id: row.id,
    name: row.name,
    description: row.description,
    is_published: row.is_published === 1,
    ...shownTimes(row),
  })),
  includes: {},
  scopes: {},
  sorts: ['created_at', 'updated_at', 'name', 'id'],
}

const templateTypeRow = industryRow.extend({ icon: z.string().nullable() })

export const templateType: Resource = {
  table: 'template_type',
  words: 'template type',
  show: showing(templateTypeRow, (row) => ({
    type: 'template_type',
    id: row.id,
    name: row.name,
    description: row.description,
    icon: row.icon,
    is_published: row.is_published === 1,
    ...shownTimes(row),
  })),
  includes: {},
  scopes: {},
  sorts: ['created_at', 'updated_at', 'name', 'id'],
}

const templateRow = z.object({
  id: z.string(),
  name: z.string(),
  template: z.string(),
  description: z.string(),
  is_published: z.number(),
  editor_pick: z.number(),
  image_url: z.string().nullable(),
  ...times,
})

export const template: Resource = {
  table: 'template',
  words: 'template',
  workspaceColumn: 'workspace_id',
  show: showing(templateRow, (row) => ({
    type: 'template',
    id: row.id,
    name: row.name,
    template: z.json().parse(JSON.parse(row.template)),
    description: row.description,
    is_published: row.is_published === 1,
    editor_pick: row.editor_pick === 1,
    image_url: row.image_url,
    ...shownTimes(row),
  })),
  includes: {
    industry: { kind: 'one', of: 'industry', column: 'industry_id' },
    workspace: { kind: 'one', of: 'workspace', column: 'workspace_id' },
    template_type: { kind: 'one', of: 'template_type', column: 'template_type_id' },
  },
  scopes: { workspace: byId('workspace_id') },
  sorts: ['created_at', 'updated_at', 'name', 'id'],
}

const actionRow = z.object({ id: z.string(), ...times })

export const action: Resource = {
  table: 'action',
  words: 'action',
  workspaceColumn: 'workspace_id',
  // What an action was about is in a column of its own only for the things that are still there.
  extraColumns: `
    (SELECT id FROM asset WHERE id = actionable_id) AS asset_id,
    (SELECT id FROM production WHERE id = actionable_id) AS production_id,
    (SELECT id FROM revision WHERE id = actionable_id) AS revision_id,
    (SELECT id FROM deliverable WHERE id = actionable_id) AS deliverable_id,
    (SELECT id FROM video_series WHERE id = actionable_id) AS video_series_id`,
  show: showing(actionRow, (row) => ({ type: 'actions', id: row.id, ...shownTimes(row) })),
  includes: {
    actionable: {
      kind: 'target',
      columns: [
        ['asset_id', 'asset'],
        ['production_id', 'production'],
        ['revision_id', 'revision'],
        ['deliverable_id', 'deliverable'],
        ['video_series_id', 'video_series'],
      ],
    },
    user: { kind: 'one', of: 'user', column: 'user_id' },
    workspace: { kind: 'one', of: 'workspace', column: 'workspace_id' },
  },
  scopes: { user: byUser('user_id = ?'), workspace: byId('workspace_id') },
  sorts: ['created_at', 'updated_at', 'id'],
}
