import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdsAll } from '../../../tests/fakes/commentsHold.ts'
import { openConnections } from '../../../tests/fakes/connectionsBench.ts'
import { refusalOf } from '../../../tests/fakes/libraryBench.ts'
import type { ConnectionInput } from '../../shared/connection.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/json.ts'
import type { Powers } from '../connectors/powers.ts'
import type { Provider } from '../connectors/provider.ts'
import type { OpenDatabase } from '../store/database.ts'
import { openDatabase } from '../store/database.ts'
import { libraryMigrations } from '../store/libraryMigrations.ts'
import type { ConnectionAccess } from '../transfers/hostContract.ts'

describe('connections to a service that keeps sessions', () => {
  let folder: string
  let database: OpenDatabase
  let secrets: Map<string, Json>
  let given: ConnectionAccess[][]
  let account: { name: string; isShare?: boolean }
  let refusal: AppError | undefined
  let can: Powers
  let listeners: ((secrets: Json) => void)[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rushes-sessions-'))
    database = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
    secrets = new Map()
    given = []
    account = { name: 'Runa' }
    refusal = undefined
    can = {}
    listeners = []
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  const provider = (): Provider => ({
    async record(input) {
      if (refusal !== undefined) throw refusal
      return { host: `${input.provider}.example`, settings: {}, secrets: { token: 'first' } }
    },
    async renew() {
      if (refusal !== undefined) throw refusal
      return { token: 'renewed by hand' }
    },
    connector: () => ({
      provider: 'iconik',
      account: async () => account,
      places: () => Promise.reject(new AppError('remote.notFound')),
      assets: () => Promise.reject(new AppError('remote.notFound')),
      asset: () => Promise.reject(new AppError('remote.notFound')),
      media: () => Promise.resolve(undefined),
      renewed: (listener) => listeners.push(listener),
      get can() {
        return can
      },
    }),
    access: (connectionId, record) => ({
      connectionId,
      provider: 'iconik',
      api: record.secrets,
      storage: null,
    }),
  })
  const service = () =>
    openConnections(database.db, secrets, {
      providerOf: provider,
      openStudio: async (name) => ({ ...ofStudio, provider: name }) as ConnectionInput,
      accessChanged: (list) => given.push(list),
    })
  const ofStudio = {
    name: 'iconik on this computer',
    address: 'http://127.0.0.1:1',
    signIn: { kind: 'token', appId: 'app', token: 'of the studio' },
  }
  const password: ConnectionInput = {
    provider: 'iconik',
    name: 'iconik',
    address: 'https://app.example',
    signIn: { kind: 'password', email: 'runa@northlight.example', password: 'very secret' },
  }

  test('what more is needed to sign in is said, and nothing is stored', async () => {
    for (const code of ['auth.codeNeeded', 'auth.passwordNeeded'] as const) {
      refusal = new AppError(code)
      const connections = service()
      expect(await refusalOf(() => connections.add(password))).toBe(code)
      expect([connections.list(), secrets.size, connections.access()]).toEqual([[], 0, []])
    }
  })

  test('so it is when signing in again: the session there was stays', async () => {
    const connections = service()
    const { id } = await connections.add(password)
    refusal = new AppError('auth.codeNeeded')
    expect(await refusalOf(() => connections.signIn(id, { signIn: password.signIn as never }))).toBe(
      'auth.codeNeeded',
    )
    expect(secrets.get(id)).toEqual({ token: 'first' })
    refusal = undefined
    await connections.signIn(id, { signIn: password.signIn as never })
    expect([secrets.get(id), given.at(-1)?.[0]?.api]).toEqual([
      { token: 'renewed by hand' },
      { token: 'renewed by hand' },
    ])
  })

  test('a token that was renewed by itself is kept, and given to the transfer host', async () => {
    const connections = service()
    const { id } = await connections.add(password)
    listeners[0]?.({ token: 'second' })
    await expect.poll(() => secrets.get(id)).toEqual({ token: 'second' })
    expect(given.at(-1)?.[0]?.api).toEqual({ token: 'second' })
  })

  test('one renewed by a session that is over, or after the removal, is not kept', async () => {
    const connections = service()
    const { id } = await connections.add(password)
    await connections.signIn(id, { signIn: password.signIn as never })
    listeners[0]?.({ token: 'of the old session' })
    await new Promise((resolve) => setImmediate(resolve))
    expect([secrets.get(id), given.at(-1)?.[0]?.api]).toEqual([
      { token: 'renewed by hand' },
      { token: 'renewed by hand' },
    ])
    await connections.remove(id)
    listeners.at(-1)?.({ token: 'of nobody' })
    await new Promise((resolve) => setImmediate(resolve))
    expect([secrets.size, given.at(-1)]).toEqual([0, []])
  })

  test('what the service can do is told, as it is known now', async () => {
    const connections = service()
    const comments: NonNullable<Powers['comments']> = {
      holds: { ...holdsAll, drawings: false },
      list: async () => [],
      create: async () => ({ remoteId: '' }),
      change: async () => undefined,
      remove: async () => undefined,
    }
    can = { comments, versionUpload: true }
    expect(await connections.add(password)).toMatchObject({
      powers: ['comments', 'versionUpload', 'localVotes'],
      commentsHold: { ranges: true, drawings: false },
    })
    can = { comments: { ...comments, export: async () => '' } }
    expect(connections.list()[0]?.powers).toEqual(['comments', 'commentExport', 'localVotes'])
  })

  test('that it is a guest’s, and holds comments, is remembered while nobody can be asked', async () => {
    account = { name: 'Guest', isShare: true }
    can = { comments: {} as NonNullable<Powers['comments']> }
    const { id } = await service().add(password)
    can = {}
    secrets.clear()
    const again = service()
    expect(again.list()[0]).toMatchObject({ isShare: true, powers: [], commentsHold: null })
    await again.start()
    expect(again.list()[0]).toMatchObject({ isShare: true, state: 'signedOut' })
    expect(again.holdsComments(id)).toBe(true)
  })

  test('the studio stands in for several services, once each, and none of its secrets is kept', async () => {
    const connections = service()
    const first = await connections.openStudio('iconik')
    const [second, third] = await Promise.all([
      connections.openStudio('iconik'),
      connections.openStudio('iconik'),
    ])
    expect([second?.id, third?.id]).toEqual([first.id, first.id])
    const other = await connections.openStudio('candidio')
    expect(other.id).not.toBe(first.id)
    // Opened at the same time of this clock, they stand in no order of their own.
    expect(
      connections
        .list()
        .map((row) => `${row.provider} ${row.isStudio}`)
        .toSorted(),
    ).toEqual(['candidio true', 'iconik true'])
    listeners.at(-1)?.({ token: 'renewed' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(secrets.size).toBe(0)
  })
})
