import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { openLibraryBench, refusalOf, remoteAsset, remotePlace } from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { MetadataField, MetadataKind, MetadataValues, MetadataView } from '../../shared/metadata.ts'
import type { Metadata } from './metadata.ts'
import { createMetadata } from './metadata.ts'
import { misfit } from './metadataFit.ts'

const field = (name: string, kind: MetadataKind, more: Partial<MetadataField> = {}): MetadataField => ({
  name,
  label: name,
  kind,
  help: null,
  isRequired: false,
  isReadOnly: false,
  takesMany: false,
  choices: [],
  ...more,
})
const view: MetadataView = {
  key: 'slate',
  name: 'Slate',
  fields: [
    field('scene', 'text', { isRequired: true }),
    field('take', 'integer'),
    field('circled', 'flag'),
    field('shot', 'date'),
    field('weather', 'choice', {
      choices: [
        { value: 'sun', label: 'Sun' },
        { value: 'rain', label: 'Rain' },
      ],
    }),
    field('words', 'tags', { takesMany: true }),
    field('by', 'email'),
    field('link', 'url'),
    field('checksum', 'text', { isReadOnly: true, isRequired: true }),
  ],
}

describe('metadata', () => {
  let bench: LibraryBench
  let metadata: Metadata
  let stored: MetadataValues
  let failure: AppError | undefined
  let wrote: MetadataValues[]

  beforeEach(async () => {
    bench = openLibraryBench()
    stored = { scene: ['12A'] }
    failure = undefined
    wrote = []
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a')])
    const orFail = async <T>(value: T): Promise<T> => {
      if (failure !== undefined) throw failure
      return value
    }
    bench.remote.can = {
      metadata: {
        read: () => orFail({ views: [view], values: stored }),
        async write(_ref, _viewKey, values) {
          await orFail(undefined)
          wrote.push(values)
          stored = { ...stored, ...values }
          return stored
        },
        wanted: () => orFail([view]),
      },
    }
    await bench.readAll()
    metadata = createMetadata(bench.refs, bench.service)
  })
  afterEach(() => bench.close())

  const save = (values: MetadataValues, viewKey = 'slate') =>
    metadata.save({ assetId: bench.assetOf('a'), viewKey, values })

  test('values that fit go to the service, and its own answer comes back', async () => {
    expect(await save({ take: [3], weather: ['rain'] })).toEqual({
      scene: ['12A'],
      take: [3],
      weather: ['rain'],
    })
    expect(wrote).toEqual([{ take: [3], weather: ['rain'] }])
    expect((await metadata.get(bench.assetOf('a'))).values).toEqual(stored)
  })

  test('a value that does not fit is refused with its field, and nothing is sent', async () => {
    expect(await refusalOf(() => save({ take: [1.5] }))).toBe('request.invalid take')
    expect(await refusalOf(() => save({ scene: [] }))).toBe('request.invalid scene')
    expect(await refusalOf(() => save({}, 'other'))).toBe('request.invalid viewKey')
    stored = {}
    expect(await refusalOf(() => save({ take: [1] }))).toBe('request.invalid scene')
    expect(wrote).toEqual([])
  })

  test.each<[string, MetadataValues[string], boolean]>([
    ['scene', ['12A'], true],
    ['scene', [12], false],
    ['scene', ['a', 'b'], false],
    ['take', [3], true],
    ['take', ['3'], false],
    ['circled', [true], true],
    ['circled', ['yes'], false],
    ['shot', ['2026-07-01'], true],
    ['shot', ['2026-07-01T10:00:00+00:00'], true],
    ['shot', ['July'], false],
    ['shot', ['2026-99-99'], false],
    ['weather', ['sun'], true],
    ['weather', ['hail'], false],
    ['words', ['night', 'rain'], true],
    ['by', ['runa@northlight.example'], true],
    ['by', ['runa'], false],
    ['link', ['https://northlight.example'], true],
    ['link', ['javascript:alert(1)'], false],
    ['checksum', ['abc'], false],
    ['unheard', ['of'], false],
    ['take', [], true],
  ])('%s takes %j: %s', (name, values, fits) => {
    expect(misfit(view, { [name]: values })).toBe(fits ? undefined : name)
  })

  test('what was filled in for a drop is proven; out of reach, against what was wanted when it was last asked', async () => {
    const day = bench.placeOf('day')
    const check = (values: MetadataValues) =>
      refusalOf(() => metadata.check(day, { viewKey: 'slate', values }))
    expect(await check({ take: [1] })).toBe('request.invalid scene')
    expect(await check({ scene: ['1'] })).toBe('nothing')
    failure = new AppError('network.offline')
    expect(await check({ take: [1] })).toBe('request.invalid scene')
    expect(await check({ scene: ['1'] })).toBe('nothing')
    const fresh = createMetadata(bench.refs, bench.service)
    expect(await refusalOf(() => fresh.check(day, { viewKey: 'slate', values: {} }))).toBe('network.offline')
    failure = new AppError('auth.forbidden')
    expect(await check({ scene: ['1'] })).toBe('auth.forbidden')
  })

  test('failures are the service’s own; without the power, or the connection, nothing is asked', async () => {
    const a = bench.assetOf('a')
    const day = bench.placeOf('day')
    failure = new AppError('auth.forbidden')
    expect(await refusalOf(() => metadata.get(a))).toBe('auth.forbidden')
    expect(await refusalOf(() => metadata.wanted(day))).toBe('auth.forbidden')
    bench.remote.can = {}
    expect(await refusalOf(() => metadata.get(a))).toBe('request.invalid notSupported')
    expect(await refusalOf(() => metadata.wanted(day))).toBe('request.invalid notSupported')
    expect(await refusalOf(() => save({}))).toBe('request.invalid notSupported')
    bench.removeConnection()
    expect(await refusalOf(() => metadata.get(a))).toBe('thing.notFound')
    expect(await refusalOf(() => metadata.wanted(day))).toBe('thing.notFound')
  })
})
