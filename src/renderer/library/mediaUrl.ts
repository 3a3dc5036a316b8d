import type { ConnectionId, SourceId, VersionId } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'

/** The picture of an asset, or undefined when there can be none. The key makes the address change with the picture. */
export const thumbnailUrl = (
  asset: Pick<Asset, 'id' | 'connectionId' | 'thumbnailKey'>,
): string | undefined =>
  asset.thumbnailKey === null
    ? undefined
    : `media://${asset.connectionId.toLowerCase()}/asset/${asset.id}/thumbnail?k=${encodeURIComponent(asset.thumbnailKey)}`

/** What plays of a version, to take one picture from; `attempt` is another for every try. */
export const stillUrl = (connectionId: ConnectionId, versionId: VersionId, attempt: number): string =>
  `media://${connectionId.toLowerCase()}/version/${versionId}/still?n=${attempt}`

/** The picture taken of a file on its way. */
export const sourcePictureUrl = (id: SourceId): string => `media://local/source/${id}/thumbnail`
