import { defineCalls } from '../../remoteCall.ts'
import { flag } from '../../remoteField.ts'

export const settingsCalls = defineCalls({
  'settings.readMySettings': {
    service: 'settings',
    method: 'GET',
    path: '/v1/merged/current/',
    words: 'Read the settings that hold for the signed-in user',
    roles: [],
    effect: 'read',
    query: { ignore_logo_url: flag },
    answer: 'json',
  },
  'settings.readSystemSettings': {
    service: 'settings',
    method: 'GET',
    path: '/v1/system/current/',
    words: "Read the domain's settings",
    roles: [],
    effect: 'read',
    query: { ignore_logo_url: flag },
    answer: 'json',
  },
  'settings.readUserSettings': {
    service: 'settings',
    method: 'GET',
    path: '/v1/user/{user_id}/',
    words: "Read a user's own settings",
    roles: [],
    effect: 'read',
    answer: 'json',
  },
})
