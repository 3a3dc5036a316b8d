import type { calls } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { AllPlaylists } from '../playlists/allPlaylists.ts'

type Names = Extract<keyof typeof calls, `playlists.${string}`>

export function playlistCalls(playlists: AllPlaylists): Pick<Handlers<typeof calls>, Names> {
  return {
    'playlists.list': async () => playlists.list(),
    'playlists.services': async () => playlists.services(),
    'playlists.refresh': async () => playlists.refresh(),
    'playlists.get': async ({ id }) => playlists.get(id),
    'playlists.create': async ({ name, entries }) => playlists.create(name, entries),
    'playlists.rename': async ({ id, name }) => playlists.rename(id, name),
    'playlists.duplicate': async ({ id, name }) => playlists.duplicate(id, name),
    'playlists.keepAt': async ({ id, connectionId, name }) => playlists.keepAt(id, connectionId, name),
    'playlists.remove': async ({ id }) => playlists.remove(id),
    'playlists.putBack': async ({ id }) => playlists.putBack(id),
    'playlists.add': async ({ id, entries }) => playlists.add(id, entries),
    'playlists.move': async ({ id, entryIds, before }) => playlists.move(id, entryIds, before),
    'playlists.removeEntries': async ({ id, entryIds }) => playlists.removeEntries(id, entryIds),
    'playlists.putBackEntries': async ({ id, entryIds }) => playlists.putBackEntries(id, entryIds),
    'playlists.changeEntry': async (input) => playlists.change(input),
    'playlists.preview': async ({ entries }) => playlists.preview(entries),
  }
}
