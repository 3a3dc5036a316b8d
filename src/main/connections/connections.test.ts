import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection, ConnectionInput } from '../../shared/connection.ts'
import { AppError } from '../../shared/errors.ts'
import { connectionIdSchema } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { Powers } from '../connectors/powers.ts'
import type { Provider } from '../connectors/provider.ts'
import { createConnectionStore } from '../store/connectionStore.ts'
import type { OpenDatabase } from '../store/database.ts'
import { openDatabase } from '../store/database.ts'
import { libraryMigrations } from '../store/libraryMigrations.ts'
import { systemClock } from '../transfers/clock.ts'
import type { ConnectionAccess } from '../transfers/hostContract.ts'
import { createConnections } from './connections.ts'

describe('connections', () => {
  let folder: string
  let database: OpenDatabase
  let server: Server
  let address: string
  let secrets: Map<string, Json>
  let given: ConnectionAccess[][]
  let shown: Connection[][]
  let unfinished: number
  let timers: { after: number; run: () => void }[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rushes-connections-'))
    database = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
    server = createServer((request, response) => {
      const isKnown = request.headers.authorization === 'Bearer right'
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' })
      const pagination = { total: 1, count: 1, per_page: 1, current_page: 1, total_pages: 1, links: [] }
      const data = [{ type: 'workspaces', id: 'wrk_1', workspace_name: 'Northlight' }]
      response.end(isKnown ? JSON.stringify({ data, meta: { pagination } }) : '{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    secrets = new Map()
    given = []
    shown = []
    unfinished = 0
    timers = []
  })
  afterEach(async () => {
    database.close()
    rmSync(folder, { recursive: true })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const open = (provider?: () => Provider) =>
    createConnections({
      ...(provider === undefined ? {} : { providerOf: provider }),
      store: createConnectionStore(database.db),
      secrets: {
        read: async (name) => secrets.get(name),
        write: async (name, value) => void secrets.set(name, value),
        remove: async (name) => void secrets.delete(name),
      },
      connectorParts: { fetch: globalThis.fetch, clock: systemClock },
      openStudio: async (provider) =>
        provider === 'candidio'
          ? input('right')
          : {
              provider: 'iconik',
              name: 'iconik on this computer',
              address: 'http://127.0.0.1:1',
              signIn: { kind: 'token', appId: 'app', token: 'of the studio' },
            },
      unfinished: async () => unfinished,
      changed: (list) => shown.push(list),
      accessChanged: (list) => given.push(list),
      online: () => undefined,
      removed: () => undefined,
      now: () => 1000,
      random: () => 0.5,
      later(after, run) {
        timers.push({ after, run })
        return () => undefined
      },
    })
  const input = (token: string): ConnectionInput => ({
    provider: 'candidio',
    name: 'Northlight',
    address,
    token,
    storage: {
      region: 'eu-north-1',
      bucket: 'media',
      prefix: '',
      forcePathStyle: false,
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'verysecret',
    },
  })
  const codeOf = async (promise: Promise<unknown>) => {
    try {
      await promise
      return 'nothing'
    } catch (error) {
      return error instanceof AppError ? error.code : String(error)
    }
  }

  test('a wrong token stores nothing at all', async () => {
    const connections = open()
    expect(await codeOf(connections.add(input('wrong')))).toBe('auth.expired')
    expect([connections.list(), secrets.size, connections.access()]).toEqual([[], 0, []])
  })

  test('secrets go to the key store and the host, never into the database or what is shown', async () => {
    const connections = open()
    const made = await connections.add(input('right'))
    expect(made).toMatchObject({ name: 'Northlight', state: 'online', failure: null })
    expect(JSON.stringify(secrets.get(made.id))).toContain('verysecret')
    expect(given.at(-1)?.[0]?.storage?.secretAccessKey).toBe('verysecret')
    expect(JSON.stringify(shown)).not.toMatch(/verysecret|right/)
    const rows = JSON.stringify(database.db.prepare('SELECT * FROM connection').all())
    expect(rows).not.toMatch(/verysecret|right/)
    expect(rows).toContain('AKIAEXAMPLE')
  })

  test('after a restart it signs in again; without its secret it says so and asks', async () => {
    await open().add(input('right'))
    const again = open()
    await again.start()
    expect(again.list()[0]?.state).toBe('online')
    secrets.clear()
    const without = open()
    await without.start()
    expect(without.list()[0]).toMatchObject({ state: 'signedOut', failure: { code: 'secrets.unavailable' } })
  })

  test('a server that is gone is offline, its uploads keep their keys, and a retry brings it back', async () => {
    const { port } = server.address() as AddressInfo
    await open().add(input('right'))
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    const connections = open()
    await connections.start()
    const [row] = connections.list()
    expect(row).toMatchObject({ state: 'offline', failure: { code: 'network.offline' } })
    expect(connections.access()).toHaveLength(1)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    if (row === undefined) throw new Error('no row')
    expect(await connections.retry(row.id)).toMatchObject({ state: 'online', failure: null })
  })

  test('one that does not answer is asked again by itself, later each time, and at once when the network is back', async () => {
    const { port } = server.address() as AddressInfo
    await open().add(input('right'))
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    const connections = open()
    await connections.start()
    const state = () => connections.list()[0]?.state
    expect(timers.map(({ after }) => after)).toEqual([5000])
    timers[0]?.run()
    await expect.poll(() => timers.length).toBe(2)
    expect([timers[1]?.after, state()]).toEqual([10_000, 'offline'])
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    connections.askAgain()
    await expect.poll(state).toBe('online')
    connections.askAgain()
    expect(timers).toHaveLength(2)
  })

  test('an answer that comes after the removal brings nothing back', async () => {
    const connections = open()
    const made = await connections.add(input('right'))
    const signingIn = connections.retry(made.id)
    const removing = connections.remove(made.id)
    await Promise.allSettled([signingIn, removing])
    connections.report(made.id, undefined)
    connections.report(made.id, new AppError('network.offline'))
    expect([connections.list(), connections.access(), timers]).toEqual([[], [], []])
  })

  test('an unknown connection is refused and nothing is kept of it', async () => {
    const connections = open()
    const stranger = connectionIdSchema.parse('01J00000000000000000000000')
    expect(await codeOf(connections.retry(stranger))).toBe('thing.notFound')
    expect(shown).toEqual([])
  })

  test('a list asked for while nobody is signed in yet does not put the connection offline', async () => {
    await open().add(input('right'))
    const connections = open()
    const id = connections.list()[0]?.id
    if (id === undefined) throw new Error('no row')
    try {
      connections.connector(id)
    } catch (error) {
      connections.report(id, error)
    }
    expect(connections.list()[0]).toMatchObject({ state: 'connecting', failure: null })
  })

  test('nothing is stored or told after the stop', async () => {
    await open().add(input('right'))
    const connections = open()
    const starting = connections.start()
    connections.stop()
    const before = shown.length
    await starting
    expect(shown).toHaveLength(before)
  })

  test('one with unfinished transfers is not removed; then everything of it goes', async () => {
    const connections = open()
    const made = await connections.add(input('right'))
    unfinished = 3
    expect(await codeOf(connections.remove(made.id))).toBe('transfer.notStoppable')
    unfinished = 0
    await connections.remove(made.id)
    expect([connections.list(), secrets.size, given.at(-1)]).toEqual([[], 0, []])
  })

  test('new secrets replace the old ones only when they work; a key left out stays as it is kept', async () => {
    const connections = open()
    const made = await connections.add(input('right'))
    expect(await codeOf(connections.signIn(made.id, { token: 'wrong' }))).toBe('auth.expired')
    expect(JSON.stringify(secrets.get(made.id))).toContain('right')
    await connections.signIn(made.id, { token: 'right', secretAccessKey: 'newer' })
    expect(given.at(-1)?.[0]?.storage?.secretAccessKey).toBe('newer')
    secrets.clear()
    expect(await codeOf(connections.signIn(made.id, { token: 'right' }))).toBe('request.invalid')
    expect(await connections.signIn(made.id, { token: 'right', secretAccessKey: 'again' })).toMatchObject({
      state: 'online',
    })
  })

  test('a token does not travel in the clear, and no password hides in an address', async () => {
    const connections = open()
    expect(
      await codeOf(connections.add({ ...input('right'), address: 'http://api.example.invalid/v1' })),
    ).toBe('request.invalid')
    expect(
      await codeOf(connections.add({ ...input('right'), address: 'https://me:pass@api.example.invalid/v1' })),
    ).toBe('request.invalid')
  })

  test('the studio is one connection, however often it is opened, and no secret of it is kept', async () => {
    const connections = open()
    const [one, two] = await Promise.all([
      connections.openStudio('candidio'),
      connections.openStudio('candidio'),
    ])
    expect(one?.id).toBe(two?.id)
    expect((await connections.openStudio('candidio')).id).toBe(one?.id)
    expect([connections.list().length, secrets.size]).toEqual([1, 0])
  })

  describe('of a service that keeps sessions', () => {
    let account: { name: string; isShare?: boolean }
    let refusal: AppError | undefined
    let can: Powers
    let listeners: ((secrets: Json) => void)[]

    beforeEach(() => {
      account = { name: 'Runa' }
      refusal = undefined
      can = {}
      listeners = []
    })
    const provider = (): Provider => ({
      async record(input) {
        if (refusal !== undefined) throw refusal
        if (input.provider !== 'iconik') throw new AppError('request.invalid')
        return { host: 'app.example', settings: {}, secrets: { token: 'first' } }
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
    const service = () => open(provider)
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
        expect(await codeOf(connections.add(password))).toBe(code)
        expect([connections.list(), secrets.size, connections.access()]).toEqual([[], 0, []])
      }
    })

    test('so it is when signing in again: the session there was stays', async () => {
      const connections = service()
      const { id } = await connections.add(password)
      refusal = new AppError('auth.codeNeeded')
      expect(await codeOf(connections.signIn(id, { signIn: password.signIn as never }))).toBe(
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
        holds: {
          ranges: true,
          drawings: false,
          replies: true,
          resolved: true,
          internal: false,
          colours: true,
          kinds: true,
        },
        list: async () => [],
        create: async () => ({ remoteId: '' }),
        change: async () => undefined,
        remove: async () => undefined,
      }
      can = { comments, versionUpload: true }
      expect(await connections.add(password)).toMatchObject({
        powers: ['comments', 'versionUpload'],
        commentsHold: { ranges: true, drawings: false },
      })
      can = { comments: { ...comments, export: async () => '' } }
      expect(connections.list()[0]?.powers).toEqual(['comments', 'commentExport'])
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
      const other = await open().openStudio('candidio')
      expect(other.id).not.toBe(first.id)
      expect(connections.list().map((row) => [row.provider, row.isStudio])).toEqual([
        ['iconik', true],
        ['candidio', true],
      ])
      listeners.at(-1)?.({ token: 'renewed' })
      await new Promise((resolve) => setImmediate(resolve))
      expect(secrets.size).toBe(0)
    })
  })
})
