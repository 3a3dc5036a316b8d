import type { Connections, ConnectionsParts } from '../../src/main/connections/connections.ts'
import { createConnections } from '../../src/main/connections/connections.ts'
import { createConnectionStore } from '../../src/main/store/connectionStore.ts'
import type { SqliteDatabase } from '../../src/main/store/database.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import type { Json } from '../../src/shared/json.ts'

/** Connections on a database of a test, with their secrets in a map and nobody else around; `more` puts somebody there. */
export function openConnections(
  db: SqliteDatabase,
  secrets: Map<string, Json>,
  more: Partial<ConnectionsParts> = {},
): Connections {
  return createConnections({
    store: createConnectionStore(db),
    secrets: {
      read: async (name) => secrets.get(name),
      write: async (name, value) => void secrets.set(name, value),
      remove: async (name) => void secrets.delete(name),
    },
    connectorParts: { fetch: globalThis.fetch, clock: systemClock },
    openStudio: () => Promise.reject(new Error('not opened here')),
    unfinished: async () => 0,
    changed: () => undefined,
    accessChanged: () => undefined,
    online: () => undefined,
    removed: () => undefined,
    now: () => 1000,
    random: () => 0.5,
    later: () => () => undefined,
    ...more,
  })
}
