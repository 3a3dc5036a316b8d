import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, listAt, makeAsset, textAt } from '../fakes/iconikBench.ts'
import { IconikClient } from '../fakes/iconikClient.ts'
import { sendRaw } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

let folder: string
let studio: StudioProcess
let iconik: IconikClient
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-frame-'))
  studio = await startStudio({ recordExchanges: join(folder, 'exchanges.jsonl') })
  iconik = new IconikClient(studio)
})
afterAll(async () => {
  expect(studio.problems).toEqual([])
  await studio.dispose()
  await rm(folder, { recursive: true })
})

const me = 'users/v1/users/current/'
const exchanges = () =>
  readFileSync(join(folder, 'exchanges.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('a token is only good together with its application', async () => {
  const { appId, token, limitedToken } = studio.iconik
  expect(await iconik.ask('GET', me)).toMatchObject({ status: 200, body: { email: studio.iconik.email } })
  const limited = await iconik.limited().ask('GET', me)
  expect(limited).toMatchObject({ status: 200, body: { email: studio.iconik.limitedEmail } })
  for (const client of [iconik.nobody(), iconik.as(appId, 'x'), iconik.as(limitedToken, token)]) {
    const answer = await client.ask('GET', me)
    expect(answer).toMatchObject({ status: 401, body: { errors: ['Token is invalid'] } })
  }
})

describe('a request', () => {
  const headers = () => ({ 'app-id': studio.iconik.appId, 'auth-token': studio.iconik.token })

  test('of a web page, or for another host, is refused', async () => {
    const path = `/API/${me}`
    const foreign = { ...headers(), host: `127.0.0.1:${studio.port}`, origin: 'https://example.com' }
    expect((await sendRaw(studio.port, { path, headers: foreign })).status).toBe(403)
    const host = { ...headers(), host: 'app.iconik.io' }
    expect((await sendRaw(studio.port, { path, headers: host })).status).toBe(403)
  })

  test('with a body must call it JSON, and must not be too deep, too large, or doubled', async () => {
    const login = 'auth/v1/auth/simple/login/'
    const plain = await sendRaw(studio.port, {
      ...{ method: 'POST', path: `/API/${login}`, body: '{"email":"a@b.example","password":"x"}' },
      headers: { host: `127.0.0.1:${studio.port}`, 'content-type': 'text/plain' },
    })
    expect(plain.status).toBe(400)
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`
    for (const [body, status] of [
      ['{', 400],
      [deep, 400],
      [`"${'x'.repeat(17 * 2 ** 20)}"`, 413],
    ] as const) {
      const answer = await sendRaw(studio.port, {
        ...{ method: 'POST', path: '/API/assets/v1/assets/', body },
        headers: { ...headers(), host: `127.0.0.1:${studio.port}`, 'content-type': 'application/json' },
      })
      expect(answer.status).toBe(status)
    }
    expect((await iconik.ask('GET', 'assets/v1/assets/?page=1&page=2')).status).toBe(400)
    expect((await iconik.ask('GET', me, { a: 1 })).status).toBe(400)
    for (const path of ['assets/v1/assets/%zz/', 'assets/v1/assets/..%2f..%2f/', 'assets/v1//', 'x', '%']) {
      expect((await iconik.ask('GET', path)).status).toBe(404)
    }
  })

  test('leaves a line in the log with its name and what it made', async () => {
    const id = await makeAsset(iconik, 'Logged')
    const line = studio.log().find((one) => one.id === id)
    expect(line).toMatchObject({
      api: 'iconik',
      operation: 'assets.createAsset',
      method: 'POST',
      status: 201,
    })
  })
})

describe('faults', () => {
  test('are met by the call they name', async () => {
    await studio.fault({
      operation: 'users.readCurrentUser',
      kind: 'status',
      status: 429,
      retryAfterSeconds: 3,
    })
    const slow = await iconik.ask('GET', me)
    expect(slow).toMatchObject({ status: 429, body: { errors: ['Too many requests'] } })
    expect(slow.headers).toMatchObject({ 'retry-after': '3', 'ratelimit-remaining': '0' })
    expect((await iconik.ask('GET', me)).status).toBe(200)
    await studio.fault({ operation: 'users.readCurrentUser', kind: 'cut' })
    await expect(iconik.ask('GET', me)).rejects.toThrow()
  })

  test('can lose the answer to what was done', async () => {
    await studio.fault({ operation: 'assets.createAsset', kind: 'loseReply' })
    await expect(iconik.ask('POST', 'assets/v1/assets/', { title: 'Made all the same' })).rejects.toThrow()
    const list = await iconik.ask('GET', 'assets/v1/assets/?per_page=1')
    expect(list.body).toMatchObject({ objects: [{ title: 'Made all the same' }] })
    const id = textAt(list, 'objects', 0, 'id')
    expect(studio.log().find((one) => one.id === id)).toMatchObject({ status: 0, code: 'FaultLostReply' })
  })
})

test('exchanges are recorded without their tokens', async () => {
  const made = await iconik.ask('POST', 'assets/v1/assets/?apply_default_acls=false', { title: 'Recorded' })
  const found = exchanges().find((one) => at(one, 'response', 'id') === textAt(made, 'id'))
  expect(found).toMatchObject({
    ...{ operation: 'assets.createAsset', method: 'POST', path: '/API/assets/v1/assets/', status: 201 },
    query: { apply_default_acls: 'false' },
    headers: { 'app-id': 'present', 'auth-token': 'present', 'content-type': 'application/json' },
    request: { title: 'Recorded' },
    response: { title: 'Recorded' },
  })
  expect(readFileSync(join(folder, 'exchanges.jsonl'), 'utf8')).not.toContain(studio.iconik.token)
})

test('a token has a budget of 1000 requests in 20 seconds, another token its own', async () => {
  const second = await iconik.ask('POST', 'auth/v1/auth/token/')
  const client = iconik.as(studio.iconik.appId, textAt(second, 'token'))
  const path = 'auth/v1/auth/token/'
  const statuses = new Map<number, number>()
  let left = 1000
  for (let round = 0; round < 11; round++) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.ask('GET', path)))
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    const budgets = answers.map(({ headers }) => Number(headers['ratelimit-remaining']))
    expect(Math.max(...budgets)).toBeLessThanOrEqual(left)
    left = Math.min(...budgets)
  }
  expect([...statuses]).toEqual([
    [200, 1000],
    [429, 100],
  ])
  const refused = await client.ask('GET', path)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(20)
  expect((await iconik.ask('GET', path)).status).toBe(200)
})

test('people, tokens and data outlive a kill', async () => {
  const id = await makeAsset(iconik, 'Kept')
  await studio.kill()
  studio = await studio.restart()
  const list = await iconik.ask('GET', 'assets/v1/assets/?per_page=1')
  expect(listAt(list, 'objects')).toMatchObject([{ id, title: 'Kept' }])
  expect((await iconik.limited().ask('GET', me)).body).toMatchObject({ first_name: 'Sam' })
})
