import { type Condition, type Row, where } from '../sqlRows.ts'
import { ApiError } from './apiError.ts'
import { type Call, viewerOf } from './call.ts'

/** Where in the tree of a workspace a request is at home. */
export interface Place {
  /** Undefined on a core path of an administrator who names none. */
  readonly workspaceId: string | undefined
  readonly production: Row | undefined
  readonly series: Row | undefined
  /** What records of this place have in common. */
  readonly conditions: readonly Condition[]
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function checkMember(call: Call, workspaceId: string): void {
  const viewer = viewerOf(call)
  if (viewer.isAdmin) return
  const sql = 'SELECT user_id FROM member WHERE workspace_id = ? AND user_id = ?'
  if (call.api.records.rows.get(sql, workspaceId, viewer.userId) !== undefined) return
  throw ApiError.forbidden('You are no member of this workspace.')
}

/** The workspace exists and is the viewer's; 404, 410 or 403. */
export function ownWorkspace(call: Call, workspaceId: string): Row {
  const workspace = call.api.records.get('workspace', workspaceId)
  checkMember(call, workspaceId)
  return workspace
}

/**
 * The place that a path names, as far as the viewer may go there. On a core path an ordinary user names the workspace
 * in the query or the payload, because there is nothing else to check the permission by.
 */
export function placeOf(call: Call): Place {
  const { params, query, data } = call
  const named = query.get('workspace_id') || undefined
  const workspaceId = params['w'] ?? named ?? text(data['workspace_id'])
  if (workspaceId === undefined || workspaceId === '') {
    if (!viewerOf(call).isAdmin) {
      throw ApiError.forbidden('Name the workspace: workspace_id is needed on this path.')
    }
    return { workspaceId: undefined, production: undefined, series: undefined, conditions: [] }
  }
  ownWorkspace(call, workspaceId)
  if (params['w'] !== undefined && named !== undefined && named !== workspaceId) {
    throw ApiError.badRequest('workspace_id is not the workspace of the path.')
  }
  return inWorkspace(call, workspaceId)
}

/** The same for a public path: the workspace and production are what they are for anyone. */
export function publicPlaceOf(call: Call): Place {
  const workspaceId = call.params['w'] ?? ''
  call.api.records.get('workspace', workspaceId)
  return inWorkspace(call, workspaceId)
}

function inWorkspace({ api, params }: Call, workspaceId: string): Place {
  const { records } = api
  const own = [where('workspace_id = ?', workspaceId)]
  const production = params['p'] === undefined ? undefined : records.get('production', params['p'], ...own)
  const series = params['v'] === undefined ? undefined : records.get('video_series', params['v'], ...own)
  // What is in a production or series is in its workspace; asking for both would keep SQLite from its narrow index.
  const conditions = [
    ...(production ? [where('production_id = ?', production['id'] ?? null)] : []),
    ...(series ? [where('video_series_id = ?', series['id'] ?? null)] : []),
  ]
  return { workspaceId, production, series, conditions: conditions.length > 0 ? conditions : own }
}

/** The workspace a new record goes into, or 422. */
export function neededWorkspace({ workspaceId }: Place): string {
  if (workspaceId === undefined) throw ApiError.invalid({ workspace_id: ['is required on this path'] })
  return workspaceId
}
