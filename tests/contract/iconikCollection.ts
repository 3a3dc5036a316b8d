/** A collection of its own for the tests of one file, in a studio without samples. */
import { afterAll, beforeAll, expect } from 'vitest'
import type { RemotePlace, RemoteRef } from '../../src/main/connectors/remote.ts'
import { benchOfFile } from '../fakes/ofFile.ts'
import { addAsset, type IconikStation, type MadeAsset, openIconik, placeAt } from './iconikStation.ts'

export interface IconikCollection {
  readonly station: IconikStation
  readonly place: RemotePlace
  /** An asset without media in the collection. */
  made(title: string): Promise<MadeAsset>
  refOf(asset: Pick<MadeAsset, 'id'>): RemoteRef
}

/** Called at the top of a file; at the end nothing may have gone wrong in the studio. */
export const collectionOfFile = (title: string): IconikCollection =>
  benchOfFile(
    { beforeAll, afterAll },
    async () => {
      const station = await openIconik({ hasSamples: false })
      const { status } = await station.api.ask('POST', 'assets/v1/collections/', { title })
      expect(status).toBe(201)
      const place = await placeAt(station.me, title)
      return {
        station,
        place,
        made: (name: string) => addAsset(station, place, name),
        refOf: ({ id }: Pick<MadeAsset, 'id'>) => ({ remoteId: id, place: place.remote }),
      }
    },
    async ({ station: { studio } }) => {
      expect(studio.problems).toEqual([])
      await studio.dispose()
    },
  )
