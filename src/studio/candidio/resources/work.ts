import { z } from 'zod'
import { dateText } from '../dates.ts'
import { type Resource, showing } from '../resource.ts'
import { byFlag, byId, byUser, through } from '../scopes.ts'

/** What is said about a production: its shots, change requests, deliverables and briefs; and the series it belongs to. */

const times = { created_at: z.number(), updated_at: z.number() }
const shownTimes = (row: { created_at: number; updated_at: number }) => ({
  created_at: dateText(row.created_at),
  updated_at: dateText(row.updated_at),
})
const looseJson = z.string().transform((text) => z.json().parse(JSON.parse(text)))
const ofProduction = { kind: 'one', of: 'production', column: 'production_id' } as const
const ofWorkspace = { kind: 'one', of: 'workspace', column: 'workspace_id' } as const
const madeBy = { kind: 'one', of: 'user', column: 'created_by_id' } as const

const descriptionRow = z.object({
  id: z.string(),
  position: z.number(),
  shot_type: z.string(),
  fields: looseJson,
})

export const description: Resource = {
  table: 'description',
  words: 'description',
  workspaceColumn: 'workspace_id',
  show: showing(descriptionRow, (row) => ({
    type: 'description',
    id: row.id,
    position: row.position,
    shot_type: row.shot_type,
    fields: row.fields,
  })),
  includes: {
    assets: { kind: 'many', of: 'asset', column: 'description_id' },
    production: ofProduction,
  },
  scopes: {
    asset: through('description.id IN (SELECT description_id FROM asset WHERE id = ?)'),
    production: byId('production_id'),
    workspace: byId('workspace_id'),
  },
  sorts: ['position', 'created_at', 'updated_at', 'shot_type', 'id'],
}

const revisionRow = z.object({ id: z.string(), instructions: z.string(), is_open: z.number(), ...times })

export const revision: Resource = {
  table: 'revision',
  words: 'revision',
  workspaceColumn: 'workspace_id',
  show: showing(revisionRow, (row) => ({
    type: 'revision',
    id: row.id,
    instructions: row.instructions,
    is_open: row.is_open === 1,
    ...shownTimes(row),
  })),
  includes: {
    created_by: madeBy,
    production: ofProduction,
    workspace: ofWorkspace,
    assets: { kind: 'many', of: 'asset', column: 'revision_id' },
  },
  scopes: {
    production: byId('production_id'),
    user: byUser('created_by_id = ?'),
    workspace: byId('workspace_id'),
  },
  sorts: ['created_at', 'updated_at', 'id'],
}

const deliverableRow = z.object({
  id: z.string(),
  notes_for_producer: z.string().nullable(),
  status: z.string(),
  rating: z.string().nullable(),
  ...times,
})

export const deliverable: Resource = {
  table: 'deliverable',
  words: 'deliverable',
  workspaceColumn: 'workspace_id',
  show: showing(deliverableRow, (row) => ({
    type: 'deliverable',
    id: row.id,
    notes_for_producer: row.notes_for_producer,
    status: row.status,
    rating: row.rating,
    ...shownTimes(row),
  })),
  includes: {
    created_by: madeBy,
    reviewed_by: { kind: 'one', of: 'user', column: 'reviewed_by_id' },
    production: ofProduction,
    revision: { kind: 'one', of: 'revision', column: 'revision_id' },
    assets: { kind: 'many', of: 'asset', column: 'deliverable_id' },
  },
  scopes: { production: byId('production_id'), workspace: byId('workspace_id') },
  sorts: ['created_at', 'updated_at', 'status', 'id'],
}

const briefRow = z.object({
  id: z.string(),
  purpose: z.string(),
  purpose_because: z.string(),
  description: z.string(),
  end_screen: z.string(),
  instructions: z.string(),
  meta: looseJson,
})

export const brief: Resource = {
  table: 'brief',
  words: 'brief',
  workspaceColumn: 'workspace_id',
  show: showing(briefRow, (row) => ({ type: 'brief', ...row })),
  includes: { production: ofProduction },
  scopes: { production: byId('production_id'), workspace: byId('workspace_id') },
  sorts: ['created_at', 'updated_at', 'id'],
}

const seriesRow = z.object({
  id: z.string(),
  title: z.string(),
  audience: z.string(),
  synopsis: z.string(),
  turnaround: z.number(),
  video_length: z.string(),
  internal_notes: z.string().nullable(),
  is_published: z.number(),
  ...times,
})

export const videoSeries: Resource = {
  table: 'video_series',
  words: 'video series',
  workspaceColumn: 'workspace_id',
  show: showing(seriesRow, (row, { viewer }) => ({
    type: 'video-series',
    id: row.id,
    title: row.title,
    audience: row.audience,
    synopsis: row.synopsis,
    turnaround: row.turnaround,
    video_length: row.video_length,
    ...(viewer?.isAdmin && { internal_notes: row.internal_notes ?? '' }),
    is_published: row.is_published === 1,
    ...shownTimes(row),
  })),
  includes: {
    created_by: madeBy,
    example_video: { kind: 'one', of: 'asset', column: 'example_video_id' },
    template: { kind: 'one', of: 'template', column: 'template_id' },
    workspace: ofWorkspace,
    assets: { kind: 'many', of: 'asset', column: 'video_series_id' },
    productions: { kind: 'many', of: 'production', column: 'video_series_id' },
    collaborators: { kind: 'none', value: [] },
  },
  scopes: {
    published: byFlag('is_published = 1'),
    user: byUser('created_by_id = ?'),
    workspace: byId('workspace_id'),
  },
  sorts: ['created_at', 'updated_at', 'title', 'id'],
}
