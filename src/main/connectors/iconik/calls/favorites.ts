import { defineCalls } from '../../remoteCall.ts'
import { choice, required, text } from '../../remoteField.ts'
import { manyIds, paged } from './fields.ts'

const chosenObjects = {
  object_ids: required(manyIds),
  object_type: required(choice('assets', 'collections')),
} as const

export const favoritesCalls = defineCalls({
  'assets.addFavorites': {
    action: 11,
    service: 'assets',
    method: 'POST',
    path: '/v1/favorites/',
    words: 'Star objects',
    roles: ['can_write_favorites'],
    effect: 'write',
    body: chosenObjects,
    answer: 'json',
  },
  'assets.removeFavorites': {
    action: 70,
    service: 'assets',
    method: 'DELETE',
    path: '/v1/favorites/',
    words: 'Take stars off objects',
    roles: ['can_delete_favorites'],
    effect: 'write',
    body: chosenObjects,
    answer: 'json',
  },
  'assets.listFavorites': {
    action: 99,
    service: 'assets',
    method: 'GET',
    path: '/v1/favorites/',
    words: 'List what one has starred',
    roles: ['can_read_assets'],
    effect: 'read',
    query: { ...paged, sort: text },
    answer: 'json',
    secretAnswer: ['url'],
  },
  'assets.removeAllFavorites': {
    action: 138,
    service: 'assets',
    method: 'DELETE',
    path: '/v1/favorites/all/',
    words: 'Take all stars off',
    roles: ['can_delete_favorites'],
    effect: 'destroy',
    answer: 'empty',
  },
  'assets.removeAllFavourites': {
    action: 139,
    service: 'assets',
    method: 'DELETE',
    path: '/v1/favourites/all/',
    words: 'Take all stars off, by the other spelling',
    roles: ['can_delete_favorites'],
    effect: 'destroy',
    answer: 'empty',
  },
})
