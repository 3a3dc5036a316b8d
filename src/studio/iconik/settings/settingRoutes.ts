import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Call, created, done, ok } from '../call.ts'
import { type ChangeMode, twins } from '../change.ts'
import { domainOf } from '../domain.ts'
import { body, flagOr, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { findUser, groups, users } from '../users/userRows.ts'
import { groupSettingBody, systemSettingBody, userSettingBody } from './settingFields.ts'
import {
  mergedSettings,
  removeSettings,
  type SettingScope,
  type Settings,
  saveSettings,
  settingsOf,
} from './settingRows.ts'

const logoQuery = { ignore_logo_url: flagOr(false) }
/** Studios live on this computer and so does whoever asks. */
const clientIp = '127.0.0.1'

/** Fails with 403. */
function checkAdmin({ viewer }: Call): void {
  if (!viewer.isAdmin) throw IconikError.forbidden()
}

/** Fails with 403 for the settings of somebody else, and with 404 for those of nobody. */
function ownUserId(call: Call): string {
  const id = call.param('user_id')
  if (id !== call.viewer.userId) checkAdmin(call)
  return users.get(call.rows, id).id
}

const domainId = ({ rows }: Call, named?: string): string => {
  const { id } = domainOf(rows)
  if (named !== undefined && named !== id) throw IconikError.notFound('System domain')
  return id
}

function saved(call: Call, scope: SettingScope, ownerId: string, sent: Settings, mode: ChangeMode): Settings {
  const before = mode === 'merge' ? settingsOf(call.rows, scope, ownerId) : {}
  const settings = { ...before, ...sent }
  saveSettings(call.rows, scope, ownerId, settings)
  return settings
}

function shownSystem(call: Call, settings: Settings) {
  const { id, name } = domainOf(call.rows)
  return {
    ...settings,
    ...{ system_domain_id: id, system_domain_name: name, client_ip: clientIp, features: [] },
    ...{ custom_terms: false, disable_billing_page: true, is_plg_domain: false },
    domain_has_preloaded_assets: false,
  }
}
const shownUser = (settings: Settings) => ({ ...settings, client_ip: clientIp })
const shownGroup = (call: Call, id: string, settings: Settings) => ({
  ...settings,
  ...{ group_id: id, system_domain_id: domainOf(call.rows).id, client_ip: clientIp },
})

function merged(call: Call, userId: string) {
  const group = findUser(call.rows, userId)?.primary_group
  return {
    ...shownSystem(call, mergedSettings(call.rows, userId)),
    ...(group !== undefined && { group_id: group }),
  }
}

const cors = (call: Call): string[] =>
  z
    .array(z.string())
    .catch([])
    .parse(settingsOf(call.rows, 'system', domainId(call))['cors_hosts'])

/** The id is made of the host's name, so that it is always the same. */
function idOfHost(host: string): string {
  const hex = createHash('sha256').update(host).digest('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
  return [...parts, hex.slice(20, 32)].join('-')
}

const hosts = (call: Call) => cors(call).map((host) => ({ host, id: idOfHost(host) }))

const saveHosts = (call: Call, list: readonly string[]): Settings =>
  saved(call, 'system', domainId(call), { cors_hosts: [...new Set(list)] }, 'merge')

/** Fails with 404. */
function hostOf(call: Call) {
  const found = hosts(call).find(({ id }) => id === call.param('cors_host_id'))
  if (found === undefined) throw IconikError.notFound('CORS host')
  return found
}

const domainPaths = ['/v1/system/current/', '/v1/system/{system_domain_id}/'] as const

export const settingRoutes: readonly Route[] = [
  ...domainPaths.flatMap((path): Route[] => {
    const isCurrent = path === '/v1/system/current/'
    const noun = isCurrent ? 'SystemSettings' : 'DomainSettings'
    const idOf = (call: Call) => domainId(call, isCurrent ? undefined : call.param('system_domain_id'))
    return [
      route(`settings.read${noun}`, 'GET', path, {
        query: logoQuery,
        handle: (call) => ok(shownSystem(call, settingsOf(call.rows, 'system', idOf(call)))),
      }),
      ...twins('settings', noun, path, {
        body: systemSettingBody,
        handle: (call, mode) => {
          checkAdmin(call)
          return ok(shownSystem(call, saved(call, 'system', idOf(call), call.body, mode)))
        },
      }),
    ]
  }),
  route('settings.readMySettings', 'GET', '/v1/merged/current/', {
    query: logoQuery,
    handle: (call) => ok(merged(call, call.viewer.userId)),
  }),
  route('settings.readMergedSettingsOf', 'GET', '/v1/merged/{user_id}/', {
    query: logoQuery,
    handle: (call) => ok(merged(call, ownUserId(call))),
  }),
  route('settings.readGroupSettings', 'GET', '/v1/group/{group_id}/', {
    handle: (call) => {
      const { id } = groups.get(call.rows, call.param('group_id'))
      return ok(shownGroup(call, id, settingsOf(call.rows, 'group', id)))
    },
  }),
  ...twins('settings', 'GroupSettings', '/v1/group/{group_id}/', {
    roles: ['can_write_groups'],
    body: groupSettingBody,
    handle: (call, mode) => {
      const { id } = groups.get(call.rows, call.param('group_id'))
      return ok(shownGroup(call, id, saved(call, 'group', id, call.body, mode)), id)
    },
  }),
  route('settings.deleteGroupSettings', 'DELETE', '/v1/group/{group_id}/', {
    roles: ['can_write_groups'],
    handle: (call) => {
      removeSettings(call.rows, 'group', groups.get(call.rows, call.param('group_id')).id)
      return done(204, call.param('group_id'))
    },
  }),
  route('settings.readUserSettings', 'GET', '/v1/user/{user_id}/', {
    handle: (call) => ok(shownUser(settingsOf(call.rows, 'user', ownUserId(call)))),
  }),
  ...twins('settings', 'UserSettings', '/v1/user/{user_id}/', {
    body: userSettingBody,
    handle: (call, mode) => {
      const id = ownUserId(call)
      return ok(shownUser(saved(call, 'user', id, call.body, mode)), id)
    },
  }),
  route('settings.deleteUserSettings', 'DELETE', '/v1/user/{user_id}/', {
    handle: (call) => {
      removeSettings(call.rows, 'user', ownUserId(call))
      return done(204, call.param('user_id'))
    },
  }),
  route('settings.removeUserAttributes', 'DELETE', '/v1/user/attributes/', {
    body: body({
      ...userSettingBody.pick({
        ...{ allowed_ips: true, asset_default_sections: true, facet_fields: true, jobs_dashboard: true },
        ...{ search_default_sections: true, search_display_fields: true },
      }).shape,
      user_ids: z.array(uuid).min(1).max(500),
    }),
    handle: (call) => {
      checkAdmin(call)
      const { user_ids, ...named } = call.body
      call.rows.transaction(() => {
        for (const id of user_ids) {
          const kept = Object.entries(settingsOf(call.rows, 'user', id)).filter(
            ([name]) => !Object.hasOwn(named, name),
          )
          saveSettings(call.rows, 'user', id, Object.fromEntries(kept))
        }
      })
      return done(200)
    },
  }),
  route('settings.listCorsHosts', 'GET', '/v1/cors_hosts/', {
    roles: ['can_read_cors_hosts'],
    handle: (call) => ok({ objects: hosts(call) }),
  }),
  route('settings.createCorsHost', 'POST', '/v1/cors_hosts/', {
    roles: ['can_write_cors_hosts'],
    body: body({ host: z.string().min(1).max(500) }),
    handle: (call) => {
      const { host } = call.body
      saveHosts(call, [...cors(call), host])
      return created({ host, id: idOfHost(host) }, idOfHost(host))
    },
  }),
  route('settings.readCorsHost', 'GET', '/v1/cors_hosts/{cors_host_id}/', {
    roles: ['can_read_cors_hosts'],
    handle: (call) => ok(hostOf(call)),
  }),
  route('settings.deleteCorsHost', 'DELETE', '/v1/cors_hosts/{cors_host_id}/', {
    roles: ['can_delete_cors_hosts'],
    handle: (call) => {
      const { id, host } = hostOf(call)
      saveHosts(
        call,
        cors(call).filter((one) => one !== host),
      )
      return done(204, id)
    },
  }),
]
