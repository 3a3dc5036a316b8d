import type { SourceId } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'

/** The picture of an asset, or undefined when the service has none. The key makes the address change with the picture. */
export const thumbnailUrl = (
  asset: Pick<Asset, 'id' | 'connectionId' | 'thumbnailKey'>,
): string | undefined =>
  asset.thumbnailKey === null
    ? undefined
    : `media://${asset.connectionId.toLowerCase()}/asset/${asset.id}/thumbnail?k=${encodeURIComponent(asset.thumbnailKey)}`

/** The picture taken of a file on its way. */
export const sourcePictureUrl = (id: SourceId): string => `media://local/source/${id}/thumbnail`
