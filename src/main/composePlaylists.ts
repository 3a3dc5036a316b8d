import { monotonicFactory } from 'ulid'
import type { EventName, Payload } from '../shared/contract.ts'
import type { ConnectionId } from '../shared/ids.ts'
import type { AskService } from './connections/askService.ts'
import type { Connections } from './connections/connections.ts'
import type { Refs } from './library/refs.ts'
import type { Whereabouts } from './library/whereabouts.ts'
import type { AllPlaylists } from './playlists/allPlaylists.ts'
import { createAllPlaylists } from './playlists/allPlaylists.ts'
import { createPlaylistReading } from './playlists/playlistReading.ts'
import { createPlaylists } from './playlists/playlists.ts'
import { createServicePlaylists } from './playlists/servicePlaylists.ts'
import { createStoredEntries } from './playlists/storedEntries.ts'
import type { AssetStore } from './store/assetStore.ts'
import type { SqliteDatabase } from './store/database.ts'
import { createEntryView } from './store/entryView.ts'
import { createPlaylistStore } from './store/playlistStore.ts'

export interface ComposePlaylistsParts {
  readonly db: SqliteDatabase
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly connections: () => Connections
  readonly whereabouts: Pick<Whereabouts, 'met'>
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly isVisible: () => boolean
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
  readonly report: (error: unknown, where?: string) => void
}

/** Playlists of this computer and of every service, built together. */
export function composePlaylists(parts: ComposePlaylistsParts): AllPlaylists {
  const { db, assets, refs, service, connections, now } = parts
  const store = createPlaylistStore(db)
  const newId = monotonicFactory()
  const common = {
    ...{ store, service, now, newId: () => newId() },
    view: createEntryView(db),
    making: createStoredEntries(assets, refs),
    changed: (id: Payload<'playlists.changed'>['id']) => parts.tell('playlists.changed', { id }),
  }
  const powerOf = (id: ConnectionId) => connections().connectorIfAny(id)?.can.playlists
  const reading = createPlaylistReading({
    ...common,
    connections: () =>
      connections()
        .list()
        .map(({ id }) => ({
          id,
          isSignedIn: connections().connectorIfAny(id) !== undefined,
          power: powerOf(id),
        })),
    met: parts.whereabouts.met,
    isVisible: parts.isVisible,
    report: (error) => parts.report(error, 'playlists'),
    later: parts.later,
  })
  return createAllPlaylists({
    store,
    reading,
    own: createPlaylists({ ...common, assets }),
    kept: createServicePlaylists({ ...common, reading, powerOf }),
  })
}
