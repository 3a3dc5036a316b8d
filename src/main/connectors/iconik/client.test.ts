import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as bodyText } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { TestClock } from '../../../../tests/fakes/TestClock.ts'
import { systemClock } from '../../transfers/clock.ts'
import { defineCalls } from '../remoteCall.ts'
import {
  choice,
  email,
  flag,
  group,
  id,
  integerOf,
  list,
  nullable,
  required,
  secret,
  text,
} from '../remoteField.ts'
import { createIconikClient, type IconikClient } from './client.ts'

const calls = defineCalls({
  'things.readThing': {
    service: 'things',
    method: 'GET',
    path: '/v1/{kind}/{thing_id}/',
    words: 'Read a thing',
    roles: [],
    effect: 'read',
    placeholders: { kind: choice('assets', 'collections') },
    query: { page: integerOf({ least: 1 }), include_users: flag },
    answer: 'json',
  },
  'things.createThing': {
    service: 'things',
    method: 'POST',
    path: '/v1/things/',
    words: 'Make a thing',
    roles: ['can_write_things'],
    effect: 'write',
    headers: { 'Share-User-Email': email },
    body: {
      title: required(text),
      parent_id: nullable(id),
      password: secret(text),
      items: list(group({ object_id: required(id), key: secret(text) })),
    },
    answer: 'json',
  },
  'things.exportThings': {
    service: 'things',
    method: 'GET',
    path: '/v1/things/csv/',
    words: 'Things as CSV',
    roles: [],
    effect: 'read',
    answer: 'text',
  },
  'things.deleteThing': {
    service: 'things',
    method: 'DELETE',
    path: '/v1/things/{thing_id}/',
    words: 'Delete a thing',
    roles: [],
    effect: 'destroy',
    answer: 'empty',
  },
  'things.signIn': {
    service: 'auth',
    method: 'POST',
    path: '/v1/login/',
    words: 'Sign in',
    roles: [],
    effect: 'write',
    proof: 'none',
    body: { email: required(email), password: required(secret(text)) },
    answer: 'json',
  },
})
const thing = z.looseObject({ id: z.string() })
const { signal } = new AbortController()

let server: Server
let serve: (request: IncomingMessage, response: ServerResponse) => void
let requests: { request: IncomingMessage; body: string }[]
let client: IconikClient

const access = () => ({
  address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  appId: 'the-application',
  token: 'the-token',
})

beforeEach(async () => {
  requests = []
  server = createServer(async (request, response) => {
    requests.push({ request, body: await bodyText(request) })
    serve(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = createIconikClient({ access: access(), fetch, clock: systemClock })
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function reply(status: number, body: string, headers: Record<string, string> = {}): void {
  serve = (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}
const read = () =>
  client.call(calls['things.readThing'], { path: { kind: 'assets', thing_id: 'a' }, answer: thing }, signal)

describe('a request', () => {
  test('keeps the trailing slash, encodes the path, and carries the proof', async () => {
    reply(200, '{"id":"x"}')
    const answer = await client.call(
      calls['things.readThing'],
      {
        path: { kind: 'assets', thing_id: 'a b/c?d' },
        query: { page: 2, include_users: true },
        answer: thing,
      },
      signal,
    )
    expect(answer.id).toBe('x')
    expect(requests[0]?.request.url).toBe('/API/things/v1/assets/a%20b%2Fc%3Fd/?page=2&include_users=true')
    expect(requests[0]?.request.headers).toMatchObject({
      'app-id': 'the-application',
      'auth-token': 'the-token',
    })
    expect(requests[0]?.request.headers).not.toHaveProperty('content-type')
  })

  test('carries a body without what is undefined, and the row’s own headers', async () => {
    reply(201, '{"id":"x"}')
    await client.call(
      calls['things.createThing'],
      {
        headers: { 'Share-User-Email': 'mia@example.org' },
        body: { title: 'A', parent_id: null, password: undefined },
        answer: thing,
      },
      signal,
    )
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ title: 'A', parent_id: null })
    expect(requests[0]?.request.headers['share-user-email']).toBe('mia@example.org')
  })

  test('without proof carries none', async () => {
    reply(201, '{"id":"x"}')
    const body = { email: 'mia@example.org', password: 'p' }
    await client.call(calls['things.signIn'], { body, answer: thing }, signal)
    expect(requests[0]?.request.headers).not.toHaveProperty('app-id')
    expect(requests[0]?.request.headers).not.toHaveProperty('auth-token')
  })

  test.each(['', '.', '..', '\ud800'])('never leaves with %j in its path', async (thing_id) => {
    const asked = client.call(calls['things.deleteThing'], { path: { thing_id } }, signal)
    await expect(asked).rejects.toMatchObject({ code: 'request.invalid', facts: { field: 'path' } })
    expect(requests).toHaveLength(0)
  })
})

describe('an answer', () => {
  test('can be a document or nothing', async () => {
    reply(200, 'a,b\n1,2\n', { 'content-type': 'text/csv' })
    expect(await client.call(calls['things.exportThings'], {}, signal)).toBe('a,b\n1,2\n')
    reply(200, 'whatever')
    expect(
      await client.call(calls['things.deleteThing'], { path: { thing_id: 'a' } }, signal),
    ).toBeUndefined()
    reply(204, '')
    expect(
      await client.call(calls['things.deleteThing'], { path: { thing_id: 'a' } }, signal),
    ).toBeUndefined()
  })

  test('of no body reaches a schema that allows it', async () => {
    serve = (_request, response) => response.writeHead(204).end()
    const asked = client.call(
      calls['things.readThing'],
      { path: { kind: 'assets', thing_id: 'a' }, answer: thing.optional() },
      signal,
    )
    expect(await asked).toBeUndefined()
    await expect(read()).rejects.toMatchObject({ code: 'remote.badReply', facts: { reason: 'shape' } })
  })

  test.each([
    ['{"errors":["no such\\u202e role","and more"]}', 'no such role; and more'],
    ['{"errors":{"title":"is too long","x":["a","b"]}}', 'title: is too long; x: a, b'],
    ['{"errors":[{"deep":1}]}', undefined],
    ['<html>', undefined],
  ])('of refusal %s says %s', async (body, message) => {
    reply(400, body)
    const failure = await read().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'remote.refused' })
    expect(Reflect.get(Reflect.get(Object(failure), 'facts'), 'message')).toBe(message)
  })

  test('never repeats a secret of its request', async () => {
    reply(400, '{"errors":["hunter2 is too short","k3y is taken"]}')
    const body = { title: 'A', password: 'hunter2', items: [{ object_id: 'a', key: 'k3y' }] }
    const failure = await client
      .call(calls['things.createThing'], { body, answer: thing }, signal)
      .catch(String)
    await expect(
      client.call(calls['things.createThing'], { body, answer: thing }, signal),
    ).rejects.toMatchObject({ facts: { message: '… is too short; … is taken' } })
    expect(failure).not.toContain('hunter2')
  })
})

describe('pace', () => {
  test('a refusal without a time holds the whole connection, longer each time', async () => {
    const clock = new TestClock(1_000_000)
    client = createIconikClient({ access: access(), fetch, clock })
    reply(429, '')
    for (const wait of [2_000, 4_000, 8_000]) {
      const before = clock.now()
      const failure = await read().catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'remote.rateLimited' })
      const { retryAt } = (failure as { facts: { retryAt: number } }).facts
      expect(retryAt - clock.now()).toBe(wait)
      expect(clock.now() - before).toBe(wait === 2_000 ? 0 : wait / 2)
    }
    await expect(read()).rejects.toMatchObject({ code: 'remote.rateLimited', facts: { isSent: false } })
    expect(requests).toHaveLength(3)
  })

  test('no more than 45 a second, and less when the service says how little is left', async () => {
    const clock = new TestClock(1_000_000)
    client = createIconikClient({ access: access(), fetch, clock })
    reply(200, '{"id":"x"}')
    await Promise.all(Array.from({ length: 90 }, () => read()))
    expect(clock.ticks()).toBeGreaterThanOrEqual(1_000)
    expect(clock.ticks()).toBeLessThan(1_100)
    await clock.wait(10_000)
    reply(200, '{"id":"x"}', { 'RateLimit-Remaining': '0' })
    await read()
    const before = clock.ticks()
    await read()
    expect(clock.ticks() - before).toBeGreaterThanOrEqual(22)
  })
})

test('what a row does not take does not compile', () => {
  const read = calls['things.readThing']
  const create = calls['things.createThing']
  const remove = calls['things.deleteThing']
  const [path, answer] = [{ kind: 'assets', thing_id: 'a' } as const, thing]
  const misuse = () => [
    // @ts-expect-error a placeholder is missing
    client.call(read, { path: { kind: 'assets' }, answer }, signal),
    // @ts-expect-error the path is missing
    client.call(read, { answer }, signal),
    // @ts-expect-error no such placeholder
    client.call(read, { path: { kind: 'assets', thing_id: '', x: '' }, answer }, signal),
    // @ts-expect-error no such choice
    client.call(read, { path: { kind: 'shares', thing_id: 'a' }, answer }, signal),
    // @ts-expect-error no such query field
    client.call(read, { path, query: { pages: 1 }, answer }, signal),
    // @ts-expect-error a query field of another kind
    client.call(read, { path, query: { page: '1' }, answer }, signal),
    // @ts-expect-error a read has no body
    client.call(read, { path, body: {}, answer }, signal),
    // @ts-expect-error nothing to read the data with
    client.call(read, { path }, signal),
    // @ts-expect-error a needed body field is missing
    client.call(create, { body: {}, answer }, signal),
    // @ts-expect-error the body is missing
    client.call(create, { answer }, signal),
    // @ts-expect-error no such body field
    client.call(create, { body: { title: '', titel: '' }, answer }, signal),
    // @ts-expect-error no such field further in
    client.call(create, { body: { title: '', items: [{ id: '' }] }, answer }, signal),
    // @ts-expect-error null where none may be
    client.call(create, { body: { title: null }, answer }, signal),
    // @ts-expect-error no such header
    client.call(create, { body: { title: '' }, headers: { X: '' }, answer }, signal),
    // @ts-expect-error an empty answer is not read
    client.call(remove, { path: { thing_id: '' }, answer }, signal),
    // @ts-expect-error no such call
    calls['things.nothing'],
  ]
  expect(misuse).toBeTypeOf('function')
})
