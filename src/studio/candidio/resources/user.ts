import { z } from 'zod'
import { type Resource, showing } from '../resource.ts'
import { byId } from '../scopes.ts'

const channels = { in_app: true, email: false } as const

/** What a new user starts with. */
export const preferences = {
  notifications: {
    project_production_changes: channels,
    something_shared_with_me: channels,
    messages: channels,
    workspace_changes: channels,
  },
  avatar: { color: '#3d6b8f' },
} as const

const userRow = z.object({
  id: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  is_confirmed: z.number(),
  is_invite: z.number(),
  is_beta: z.number(),
  preferences: z.string(),
})
const stored = z.looseObject({ avatar: z.looseObject({ color: z.string() }) })

export const user: Resource = {
  table: 'user',
  words: 'user',
  show: showing(userRow, (row) => {
    const own = z.record(z.string(), z.json()).parse(JSON.parse(row.preferences))
    const { avatar } = stored.parse(own)
    return {
      type: 'users',
      id: row.id,
      avatar: {
        color: avatar.color,
        image_urls: { compact: '', compact_hd: '', normal: '', normal_hd: '', large: '' },
      },
      email: row.email,
      full_name: `${row.first_name} ${row.last_name}`.trim(),
      first_name: row.first_name,
      last_name: row.last_name,
      is_confirmed: row.is_confirmed === 1,
      is_invite: row.is_invite === 1,
      is_beta: row.is_beta === 1,
      preferences: own,
    }
  }),
  includes: {
    workspaces: { kind: 'members', of: 'workspace', own: 'user_id', other: 'workspace_id' },
    owned_productions: { kind: 'many', of: 'production', column: 'created_by_id' },
    shared_productions: { kind: 'none', value: [] },
    owned_video_series: { kind: 'many', of: 'video_series', column: 'created_by_id' },
    shared_video_series: { kind: 'none', value: [] },
  },
  scopes: { user: byId('user.id') },
  sorts: ['created_at', 'updated_at', 'email', 'first_name', 'last_name', 'id'],
}
