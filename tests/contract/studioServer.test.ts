import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendRaw } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

let studio: StudioProcess
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(async () => {
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

const authorization = () => ({ authorization: `Bearer ${studio.token}` })
const workspaces = (headers: Record<string, string>) => ({
  path: '/v1/workspaces',
  headers: { ...authorization(), ...headers },
})

describe('a request for', () => {
  test.each(['127.0.0.1', 'localhost'])('%s is served', async (host) => {
    const answer = await sendRaw(studio.port, workspaces({ host: `${host}:${studio.port}` }))
    expect(answer.status).toBe(200)
  })

  test.each([
    'example.com',
    'localhost',
    '127.0.0.1:1',
    'studio.example.com:80',
    '127.0.0.1.nip.io',
    '[::1]:80',
  ])('host %s is refused, on the API and the store', async (host) => {
    expect((await sendRaw(studio.port, workspaces({ host }))).status).toBe(403)
    expect((await sendRaw(studio.port, { path: '/upload.candidio.com', headers: { host } })).status).toBe(403)
  })
})

describe('a web page', () => {
  test.each(['https://example.com', 'null', 'http://localhost:1', 'https://127.0.0.1', 'file://'])(
    'of %s is refused, and nothing lets it read an answer',
    async (origin) => {
      const answer = await sendRaw(studio.port, workspaces({ origin }))
      expect(answer.status).toBe(403)
      const names = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))
      expect(names).toEqual([])
      const preflight = { ...workspaces({ origin }), method: 'OPTIONS' }
      expect((await sendRaw(studio.port, preflight)).status).toBe(403)
    },
  )

  test('of the service may register, and nothing else', async () => {
    const origin = 'https://api.candidio.com'
    const headers = { origin, 'content-type': 'application/json' }
    const register = { method: 'POST', path: '/v1/register', headers, body: '{"data":{}}' }
    expect((await sendRaw(studio.port, register)).status).toBe(422)
    expect((await sendRaw(studio.port, workspaces({ origin }))).status).toBe(403)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'cannot post %j to a public path',
    async (type) => {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type }
      const answer = await sendRaw(studio.port, {
        method: 'POST',
        path: '/v1/register',
        headers,
        body: '{"data":{"email":"a@b.c"}}',
      })
      expect(answer.status).toBe(406)
    },
  )
})

test('nobody listens on another address', async () => {
  const outcome = await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.2', port: studio.port })
    socket.once('connect', () => resolve('connected'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    socket.unref()
  })
  expect(outcome).toBe('ECONNREFUSED')
})

test('a studio keeps its folder to itself, and its data and port over a restart', async () => {
  const first = await startStudio()
  try {
    const { workspaceId } = await first.seed('Kept', 3)
    const same = startStudio({ folder: first.folder })
    await expect(same).rejects.toThrow('did not start')
    await first.kill()
    const again = await first.restart()
    expect([again.port, again.token]).toEqual([first.port, first.token])
    const answer = await sendRaw(again.port, {
      path: `/v1/workspaces/${workspaceId}/productions`,
      headers: { authorization: `Bearer ${again.token}` },
    })
    expect(JSON.parse(answer.text).data[0].title).toBe('Kept')
    await again.stop()
  } finally {
    await first.dispose()
  }
}, 30_000)

test('each start has keys of its own', async () => {
  const other = await startStudio()
  expect(other.token).toMatch(/^[A-Za-z0-9]{40}$/)
  expect(new Set([other.token, other.adminToken, studio.token, studio.adminToken]).size).toBe(4)
  expect(other.storage.secretAccessKey).not.toBe(studio.storage.secretAccessKey)
  await other.dispose()
})

describe('faults', () => {
  test('are met once by the operation they name', async () => {
    const ask = () => sendRaw(studio.port, workspaces({}))
    await studio.fault({ operation: 'workspaces.list', kind: 'status', status: 429, retryAfterSeconds: 7 })
    const refused = await ask()
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '7'])
    expect((await ask()).status).toBe(200)
    await studio.fault({ operation: 'workspaces.list', kind: 'cut' })
    await expect(ask()).rejects.toThrow()
    expect((await ask()).status).toBe(200)
  })

  test('can lose the answer to what was done', async () => {
    await studio.fault({ operation: 'workspaces.create', kind: 'loseReply' })
    const create = sendRaw(studio.port, {
      ...workspaces({ 'content-type': 'application/json' }),
      method: 'POST',
      body: JSON.stringify({ data: { is_business: false, name: 'Made all the same' } }),
    })
    await expect(create).rejects.toThrow()
    const listed = JSON.parse((await sendRaw(studio.port, workspaces({}))).text)
    expect(listed.data.map((entry: { workspace_name: string }) => entry.workspace_name)).toContain(
      'Made all the same',
    )
    const logged = studio.log().find(({ operation }) => operation === 'workspaces.create')
    expect(logged).toMatchObject({ status: 0, code: 'FaultLostReply', id: expect.stringMatching(/^wrk_/) })
  })
})
