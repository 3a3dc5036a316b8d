import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import { domainOf } from '../domain.ts'
import { anyObject } from '../fields.ts'
import { findUser } from '../users/userRows.ts'

/** Whose settings: the domain's, a group's or a user's. */
export type SettingScope = 'system' | 'group' | 'user'
export type Settings = Readonly<Record<string, unknown>>

const settingSchema = z.object({
  document: z.string().transform((json) => anyObject.parse(JSON.parse(json))),
})

export function settingsOf(rows: SqlRows, scope: SettingScope, ownerId: string): Settings {
  const row = rows.get('SELECT document FROM iconik_setting WHERE id = ?', `${scope}:${ownerId}`)
  return row === undefined ? {} : settingSchema.parse(row).document
}

export function saveSettings(rows: SqlRows, scope: SettingScope, ownerId: string, settings: Settings): void {
  const sql = 'INSERT OR REPLACE INTO iconik_setting(id, document) VALUES (?, ?)'
  rows.run(sql, `${scope}:${ownerId}`, JSON.stringify(settings))
}

/** Whether there were any. */
export const removeSettings = (rows: SqlRows, scope: SettingScope, ownerId: string): boolean =>
  rows.run('DELETE FROM iconik_setting WHERE id = ?', `${scope}:${ownerId}`) > 0

/** What goes for a user: their own settings before those of their primary group before the domain's. */
export function mergedSettings(rows: SqlRows, userId: string): Settings {
  const group = findUser(rows, userId)?.primary_group
  return {
    ...settingsOf(rows, 'system', domainOf(rows).id),
    ...(group !== undefined && settingsOf(rows, 'group', group)),
    ...settingsOf(rows, 'user', userId),
  }
}
