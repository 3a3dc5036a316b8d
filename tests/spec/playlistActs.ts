import { z } from 'zod'
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { RemoteRef } from '../../src/main/connectors/remote.ts'
import { playedSpanSchema } from '../../src/shared/playlistSpan.ts'
import type { Seeded } from '../fakes/seeded.ts'
import type { Act } from './outcome.ts'
import { uuidOf } from './sample.ts'

const { signal } = new AbortController()

const listed = z.object({
  ...{ remoteId: z.string().min(1), name: z.string(), entryCount: z.number().int().nonnegative() },
  changedAt: z.number().int(),
})
const whole = listed.extend({
  entries: z.array(
    z.object({
      ...{ remoteId: z.string().min(1), assetRemoteId: z.string().min(1), name: z.string() },
      ...{ versionRemoteId: z.string().nullable(), span: playedSpanSchema.nullable() },
      problem: z.enum(['asset', 'trash', 'forbidden', 'sequence']).nullable(),
    }),
  ),
  assets: z.array(z.object({ remoteId: z.string().min(1) })),
})

/** Everything a connector's playlists can be asked. */
export function playlistActs({ can: { playlists } }: Connector, random: Seeded, asset: RemoteRef): Act[] {
  if (playlists === undefined) return []
  const id = () => uuidOf(random)
  const list = id()
  const entry = {
    asset,
    versionRemoteId: random.pick([null, id()]),
    span: random.pick([null, { startMs: 40, endMs: 80 }]),
  }
  return [
    ['playlists.list', () => playlists.list(signal), z.array(listed)],
    ['playlists.read', () => playlists.read(list, signal), whole],
    ['playlists.create', () => playlists.create('Friday', [entry], signal), z.string().min(1)],
    ['playlists.rename', () => playlists.rename(list, 'Friday', signal), z.undefined()],
    ['playlists.remove', () => playlists.remove(list, signal), z.undefined()],
    ['playlists.add', () => playlists.add(list, [entry], signal), z.array(z.string().min(1))],
    ['playlists.move', () => playlists.move(list, [id()], random.pick([null, id()]), signal), z.undefined()],
    ['playlists.change', () => playlists.change(list, id(), entry, signal), z.undefined()],
    ['playlists.takeOut', () => playlists.takeOut(list, [id()], signal), z.undefined()],
  ]
}
