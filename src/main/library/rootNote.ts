import type { ConnectionId } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { Connector } from '../connectors/connector.ts'
import type { PlaceStore } from '../store/placeStore.ts'

/**
 * The connector's note of the connection's first root, which stands in for a place where something is met on its own.
 * The service is asked for it where nobody has listed the roots yet.
 */
export async function rootNote(
  places: PlaceStore,
  connector: Connector,
  connectionId: ConnectionId,
  signal: AbortSignal,
): Promise<Json> {
  const known = places.rootNote(connectionId)
  if (known !== null) return known
  const { items } = await connector.places(null, undefined, signal)
  return items[0]?.remote ?? null
}
