import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  openLibraryBench,
  otherConnection,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import type { Parsed } from '../../shared/contract.ts'
import { scanIdSchema } from '../../shared/ids.ts'
import type { Client } from '../../shared/rpc.ts'
import { createOpenDrops } from '../drops/openDrops.ts'
import { createMetadata } from '../library/metadata.ts'
import { createNotices } from '../notices.ts'
import type { HostCalls } from '../transfers/hostContract.ts'
import { nothingTaken } from '../transfers/namesakes.ts'
import { transferCalls } from './transferCalls.ts'

const scanId = scanIdSchema.parse('01J00000000000000000000007')

describe('sending a drop', () => {
  let bench: LibraryBench
  let sent: Parameters<Client<HostCalls>['send']>[0][]

  beforeEach(async () => {
    bench = openLibraryBench()
    sent = []
    bench.remote.places.set('', [
      remotePlace('show', { kind: 'production', hasChildren: true }),
      remotePlace('shelf', { shelf: 'recent', takesUploads: false }),
    ])
    bench.remote.places.set('show', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a')])
    bench.remote.can = {
      versionUpload: true,
      metadata: {
        read: async () => ({ views: [], values: {} }),
        write: async () => ({}),
        wanted: async () => [
          {
            key: 'slate',
            name: 'Slate',
            fields: [
              {
                name: 'scene',
                label: 'Scene',
                kind: 'text',
                help: null,
                isRequired: true,
                isReadOnly: false,
                takesMany: false,
                choices: [],
              },
            ],
          },
        ],
      },
    }
    await bench.readAll()
  })
  afterEach(() => bench.close())

  const send = (more: Partial<Parsed<'drops.send'>>) => {
    const { places, connections, refs, service } = bench
    const handlers = transferCalls({
      host: {
        call: {
          send: async (input: (typeof sent)[number]) => {
            sent.push(input)
            return { batchId: '01J00000000000000000000008', files: 1 }
          },
        },
      } as unknown as Parameters<typeof transferCalls>[0]['host'],
      grants: { add: () => Promise.reject(new Error('unused')), pathsOf: () => [] },
      drops: createOpenDrops({
        host: () => {
          throw new Error('unused')
        },
        takenIn: () => nothingTaken,
        readPlace: async () => undefined,
        tell: () => undefined,
        report: () => undefined,
      }),
      notices: createNotices(() => undefined),
      withAsset: (transfer) => transfer,
      places,
      connections,
      refs,
      service,
      metadata: createMetadata(refs, service),
      pictures: { settled: () => undefined },
      choose: async () => [],
    })
    return handlers['drops.send']({
      scanId,
      placeId: bench.placeOf('day'),
      versionOf: null,
      metadata: null,
      ...more,
    })
  }

  test('goes with the place, its path and the connector’s note of it', async () => {
    await send({})
    expect(sent).toEqual([
      {
        scanId,
        destination: expect.objectContaining({
          placeId: bench.placeOf('day'),
          path: ['iconik', 'show', 'day'],
          versionOf: null,
        }),
        remote: { collection: 'day' },
      },
    ])
  })

  test('a new version goes with what the service calls the asset', async () => {
    const versionOf = bench.assetOf('a')
    await send({ versionOf })
    expect(sent[0]).toMatchObject({ versionOf: 'a', destination: { versionOf } })
  })

  test('nobody sends a version to a service that takes none, nor of an asset of another', async () => {
    const root = bench.places.put(otherConnection, null, remotePlace('elsewhere')).id
    bench.assets.putPage(otherConnection, root, [remoteAsset('x')], 1)
    const other = bench.assets.ofRemote(otherConnection, 'x')
    if (other === undefined) throw new Error('not stored')
    expect(await refusalOf(() => send({ versionOf: other }))).toBe('request.invalid severalConnections')
    bench.remote.can = {}
    expect(await refusalOf(() => send({ versionOf: bench.assetOf('a') }))).toBe(
      'request.invalid notSupported',
    )
    expect(await refusalOf(() => send({ placeId: bench.placeOf('shelf') }))).toBe(
      'request.invalid takesNoUploads',
    )
    expect(sent).toEqual([])
  })

  test('what was filled in is proven before anything goes', async () => {
    const withValues = (values: Record<string, string[]>) => send({ metadata: { viewKey: 'slate', values } })
    expect(await refusalOf(() => withValues({}))).toBe('request.invalid scene')
    expect(await refusalOf(() => withValues({ scene: ['1'], take: ['2'] }))).toBe('request.invalid take')
    expect(sent).toEqual([])
    await withValues({ scene: ['12A'] })
    expect(sent[0]?.metadata).toEqual({ viewKey: 'slate', values: { scene: ['12A'] } })
  })
})
