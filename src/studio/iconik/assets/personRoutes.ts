import { where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { ok } from '../call.ts'
import { pageQuery, uuid } from '../fields.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { assets, versionsOf } from './assetRows.ts'
import { shownAssets } from './showAsset.ts'

export const personRoutes: readonly Route[] = [
  route('assets.listPersonAppearances', 'GET', '/v1/persons/{person_id}/', {
    query: { ...pageQuery, asset_id: uuid.optional() },
    handle: (call) => {
      const personId = call.param('person_id')
      const { asset_id } = call.query
      const listing = {
        table: assets.table,
        conditions: [
          where(
            'is_queued = 0 AND id IN (SELECT asset_id FROM iconik_appearance WHERE person_id = ?)',
            personId,
          ),
          ...(asset_id === undefined ? [] : [where('id = ?', asset_id)]),
          ...readable(call.rows, call.viewer, "'assets'", 't.id'),
        ],
        byDefault: 'date_created DESC',
      }
      const page = pageOf(call, listing, (rows) =>
        shownAssets(
          call,
          rows.map((row) => assets.parse(row)),
        ),
      )
      if (asset_id === undefined) return ok(page)
      // Asked for one asset, the answer holds the versions that the person appears in.
      const objects = page.objects.map((asset) => {
        const ids = versionsOf(call.rows, asset.id)
          .filter(({ person_ids }) => person_ids.includes(personId))
          .map(({ id }) => id)
        return { ...asset, versions: asset.versions.filter(({ id }) => ids.includes(id)) }
      })
      return ok({ ...page, objects })
    },
  }),
]
