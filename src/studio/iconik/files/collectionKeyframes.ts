import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { twins } from '../change.ts'
import { collections } from '../collections/collectionRows.ts'
import { body, flag, flagOr, lastIdQuery } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Keyframe, keyframes } from '../media/mediaRows.ts'
import { shownKeyframe } from '../media/shownMedia.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import {
  addPicture,
  changedPicture,
  collectionPictureFields,
  savePicture,
  shownPicture,
} from './keyframes.ts'

const ofCollection = '/v1/collections/{collection_id}/keyframes' as const
const one = `${ofCollection}/{keyframe_id}` as const

function pictureOf(call: Call, id = call.param('keyframe_id')): Keyframe {
  const picture = keyframes.get(call.rows, id)
  if (picture.collection_id !== call.param('collection_id')) throw IconikError.notFound('Keyframe')
  return picture
}

/** The fields that only pictures of assets have are left out. */
function shown<T extends object>(picture: T): Omit<T, 'asset_id' | 'version_id' | 'storage_method'> {
  const {
    asset_id: _asset,
    version_id: _version,
    storage_method: _method,
    ...rest
  } = picture as T & Record<string, unknown>
  return rest as Omit<T, 'asset_id' | 'version_id' | 'storage_method'>
}
const shownAnswer = ({ body: picture, ...answer }: IconikAnswer): IconikAnswer => ({
  ...answer,
  body: shown(picture as object),
})

const readRoles = ['can_read_collections']
const writeRoles = ['can_write_keyframes']

export const collectionKeyframeRoutes: readonly Route[] = [
  route('files.listCollectionKeyframes', 'GET', `${ofCollection}/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...lastIdQuery, generate_signed_url: flagOr(true) },
    handle(call) {
      const { id } = collections.get(call.rows, call.param('collection_id'))
      const showing = { call, hasUrl: call.query.generate_signed_url, disposition: 'inline' as const }
      const conditions: Condition[] = [where('collection_id = ?', id)]
      return ok(
        lastIdPage(call, { table: keyframes.table, conditions }, (rows) =>
          rows.map((row) => shown(shownKeyframe(showing, row))),
        ),
      )
    },
  }),
  route('files.createCollectionKeyframe', 'POST', `${ofCollection}/`, {
    roles: writeRoles,
    body: body(collectionPictureFields),
    handle(call) {
      const { collection_id: _collection, ...sent } = call.body
      const { id } = collections.get(call.rows, call.param('collection_id'))
      return shownAnswer(addPicture(call, sent, { collection_id: id }))
    },
  }),
  route('files.readCollectionKeyframe', 'GET', `${one}/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => ok(shown(shownPicture(call, pictureOf(call).id))),
  }),
  ...twins('files', 'CollectionKeyframe', `${one}/`, {
    roles: writeRoles,
    body: body(collectionPictureFields),
    handle(call, mode) {
      const old = pictureOf(call)
      return shownAnswer(savePicture(call, old, changedPicture(old, call.body, mode)))
    },
  }),
  route('files.deleteCollectionKeyframe', 'DELETE', `${one}/`, {
    roles: writeRoles,
    query: { regenerate_keyframes: flag.optional() },
    handle(call) {
      keyframes.remove(call.rows, pictureOf(call).id)
      call.api.worker.wake()
      return done(204)
    },
  }),
  route('files.setCollectionPoster', 'POST', '/v1/collections/{collection_id}/custom_keyframe/{poster_id}/', {
    roles: writeRoles,
    query: { overwrite: flag.optional() },
    handle(call) {
      const poster = pictureOf(call, call.param('poster_id'))
      if (poster.type !== 'POSTER') throw IconikError.badRequest('This is no poster')
      const collection = collections.get(call.rows, call.param('collection_id'))
      return call.rows.transaction(() => {
        keyframes.save(call.rows, { ...poster, is_custom_keyframe: true, date_modified: call.date })
        collections.save(call.rows, { ...collection, custom_keyframe: poster.id, custom_poster: poster.id })
        return created(shown(shownPicture(call, poster.id)), poster.id)
      })
    },
  }),
]
