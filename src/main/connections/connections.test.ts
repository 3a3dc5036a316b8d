import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnections } from '../../../tests/fakes/connectionsBench.ts'
import type { Connection, ConnectionInput } from '../../shared/connection.ts'
import { AppError } from '../../shared/errors.ts'
import { connectionIdSchema } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { OpenDatabase } from '../store/database.ts'
import { openDatabase } from '../store/database.ts'
import { libraryMigrations } from '../store/libraryMigrations.ts'
import type { ConnectionAccess } from '../transfers/hostContract.ts'

describe('connections', () => {
  let folder: string
  let database: OpenDatabase
  let server: Server
  let address: string
  let secrets: Map<string, Json>
  let given: ConnectionAccess[][]
  let shown: Connection[][]
  let unfinished: number
  let online: string[]
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
    online = []
    timers = []
  })
  afterEach(async () => {
    database.close()
    rmSync(folder, { recursive: true })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const open = () =>
    openConnections(database.db, secrets, {
      openStudio: async () => input('right'),
      unfinished: async () => unfinished,
      changed: (list) => shown.push(list),
      accessChanged: (list) => given.push(list),
      online: (id) => online.push(id),
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

  test('a service that asks to slow down is said so of, until it may be asked again', async () => {
    const connections = open()
    const { id } = await connections.add(input('right'))
    online.length = 0
    const held = () => connections.list()[0]?.heldUntil
    connections.report(id, new AppError('remote.rateLimited', { retryAt: 9000, isSent: true }))
    expect([held(), connections.list()[0]?.state, shown.at(-1)?.[0]?.heldUntil]).toEqual([
      9000,
      'online',
      9000,
    ])
    // A shorter wait than the one that is on is no news.
    connections.report(id, new AppError('remote.rateLimited', { retryAt: 5000 }))
    expect([held(), timers.map(({ after }) => after)]).toEqual([9000, [8000]])
    timers[0]?.run()
    expect([held(), shown.at(-1)?.[0]?.heldUntil, online]).toEqual([null, null, [id]])
  })
})
