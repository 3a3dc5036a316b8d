/** A write that answers nothing is proven by what is read later: each kind, and that it is missed when it is not there. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { calls } from '../../src/main/connectors/iconik/calls/index.ts'
import type { RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import { seeded } from '../fakes/seeded.ts'
import { exchangeOf } from '../spec/exchanges.ts'
import { readVendor, specsFolder } from '../spec/operations.ts'
import { createProofs, provenCalls } from '../spec/proofs.ts'
import { checkRecordings } from '../spec/recorded.ts'
import { uuidOf } from '../spec/sample.ts'
import { createSchemas } from '../spec/schemas.ts'
import { createStrictCheck, type Exchange } from '../spec/strictCheck.ts'

const random = seeded(71)
const [one, other, third] = [uuidOf(random), uuidOf(random), uuidOf(random)]

const exchange = (method: string, path: string, more: Partial<Exchange> = {}): Exchange => ({
  ...{ method, path: `/API/${path}/`, query: {}, headers: {}, status: 200 },
  ...{ responseType: 'application/json', ...more },
})
const read = (path: string, response: unknown): Exchange => exchange('GET', path, { response })
const list = (path: string, ...objects: readonly unknown[]): Exchange => read(path, { objects, pages: 1 })
const gone = (path: string): Exchange => exchange('GET', path, { status: 404, response: { errors: [] } })
const write = (method: string, path: string, request?: unknown): Exchange =>
  exchange(method, path, { status: 204, request })

const asset = `assets/v1/assets/${one}`
const collection = `assets/v1/collections/${one}`
const segments = `${asset}/segments`
const shares = `${asset}/shares`
const playlist = `assets/v1/playlists/${one}`
const votes = `${asset}/approvals`
const versions = (...ids: readonly string[]) => ({
  versions: ids.map((id, index) => ({ id, version_number: index + 1 })),
})

interface Case {
  readonly write: Exchange
  readonly shown: readonly Exchange[]
  /** Reads of the same thing that show it undone. */
  readonly missed: readonly Exchange[]
}

const bin = (kind: string) => `assets/v1/delete_queue/${kind}`
function bins(kind: 'assets' | 'collections', name: string): Readonly<Record<string, Case>> {
  const thing = `assets/v1/${kind}/${one}`
  const body = { ids: [one] }
  return {
    [`assets.trash${name}`]: {
      write: write('POST', bin(kind), body),
      shown: [read(thing, { status: 'DELETED' }), list(bin(kind), { id: one })],
      missed: [read(thing, { status: 'ACTIVE' }), list(bin(kind), { id: other }), gone(thing)],
    },
    [`assets.untrash${name}`]: {
      write: write('DELETE', bin(kind), body),
      shown: [read(thing, { status: 'ACTIVE' }), list(bin(kind), { id: other })],
      missed: [read(thing, { status: 'DELETED' }), list(bin(kind), { id: one })],
    },
    [`assets.purge${name}`]: {
      write: write('POST', `${bin(kind)}/purge`, body),
      shown: [gone(thing), list(bin(kind))],
      missed: [
        read(thing, { status: 'DELETED' }),
        list(bin(kind), { id: one }),
        read(bin(kind), { objects: [{ id: other }], pages: 2 }),
      ],
    },
  }
}

const cases: Readonly<Record<string, Case>> = {
  ...bins('assets', 'Assets'),
  ...bins('collections', 'Collections'),
  'assets.deleteUpload': {
    write: write('DELETE', `${asset}/uploads`),
    shown: [gone(asset), read(asset, { status: 'DELETED' })],
    missed: [read(asset, { status: 'ACTIVE' }), gone(`assets/v1/assets/${other}`)],
  },
  'assets.setApprovals': {
    write: write('POST', 'assets/v1/approvals/bulk', { object_ids: [one], status: 'APPROVED' }),
    shown: [
      list(votes, { status: 'APPROVED' }),
      list(`${asset}/versions/${other}/approvals`, { status: 'APPROVED' }),
    ],
    missed: [
      list(votes, { status: 'NOT_APPROVED' }),
      list(votes),
      list(`assets/v1/assets/${other}/approvals`, { status: 'APPROVED' }),
    ],
  },
  'assets.clearApprovals': {
    write: write('POST', 'assets/v1/approvals/bulk_remove', { object_ids: [one] }),
    shown: [list(votes)],
    missed: [list(votes, { status: 'APPROVED' })],
  },
  'assets.removeUserVote': {
    write: write('DELETE', `${votes}/user/${other}`),
    shown: [list(votes, { user: third })],
    missed: [list(votes, { user: third }, { user: other })],
  },
  'assets.removeExternalVote': {
    write: write('DELETE', `${votes}/external/${encodeURIComponent('guest@a.invalid')}`),
    shown: [list(votes, { user: third })],
    missed: [list(votes, { external: 'Guest@a.invalid' })],
  },
  'assets.deleteSegment': {
    write: write('DELETE', `${segments}/${other}`),
    shown: [list(segments, { id: third }), gone(`${segments}/${other}`)],
    missed: [
      list(segments, { id: other }),
      // Of a version that it never belonged to.
      { ...list(segments), query: { version_id: third } },
      { ...list(segments), query: { segment_type: 'QC' } },
    ],
  },
  'assets.deleteSegments': {
    write: write('DELETE', `${segments}/bulk`, { segment_ids: [other, third] }),
    shown: [list(segments)],
    missed: [list(segments, { id: third })],
  },
  'assets.replaceSegments': {
    write: write('PUT', `${segments}/bulk`, {
      objects: [{ id: other, segment_type: 'QC', segment_checked: true }],
    }),
    shown: [
      list(segments, { id: other, segment_type: 'QC', segment_checked: true }),
      read(`${segments}/${other}`, { segment_type: 'QC', segment_checked: true }),
    ],
    missed: [list(segments, { id: other, segment_type: 'QC', segment_checked: false }), list(segments)],
  },
  'assets.enableCustomOrder': {
    write: write('POST', `${collection}/contents/ordering/custom`, {}),
    shown: [read(collection, { custom_order_status: 'ENABLED' })],
    missed: [read(collection, { custom_order_status: 'DISABLED' })],
  },
  'assets.disableCustomOrder': {
    write: write('DELETE', `${collection}/contents/ordering/custom`),
    shown: [read(collection, { custom_order_status: 'DISABLED' })],
    missed: [read(collection, { custom_order_status: 'ENABLED' })],
  },
  'assets.moveCollectionEntry': {
    write: write('PUT', `${collection}/contents/assets/${other}`, { before_object_id: third }),
    shown: [list(`${collection}/contents`, { id: other }, { id: third })],
    missed: [list(`${collection}/contents`, { id: third }, { id: other })],
  },
  'assets.promoteVersion': {
    write: write('PUT', `${asset}/versions/${other}/promote`),
    shown: [
      read(asset, versions(third, other)),
      list(`${collection}/contents`, { id: one, ...versions(third, other) }),
    ],
    missed: [read(asset, versions(other, third))],
  },
  'assets.deleteVersion': {
    write: write('DELETE', `${asset}/versions/${other}`),
    shown: [read(asset, versions(third)), read(asset, { versions: [{ id: other, status: 'DELETED' }] })],
    missed: [read(asset, versions(other, third))],
  },
  'assets.deleteRelation': {
    write: write('DELETE', `${asset}/relations/derived/${other}`),
    shown: [list(`${asset}/relations`), list(`assets/v1/assets/${other}/relations`, { id: third })],
    missed: [list(`${asset}/relations`, { id: other })],
  },
  'assets.deleteShare': {
    write: write('DELETE', `${shares}/${other}`),
    shown: [list(shares, { id: third }), gone(`${shares}/${other}`)],
    missed: [list(shares, { id: other }), read(`${shares}/${other}`, { id: other })],
  },
  'assets.deleteShares': {
    write: write('DELETE', 'assets/v1/shares/bulk', { share_ids: [other, third] }),
    shown: [list(shares)],
    missed: [list(shares, { id: third })],
  },
  'assets.deletePlaylist': {
    write: write('DELETE', playlist),
    shown: [gone(playlist), list('assets/v1/playlists', { id: other })],
    missed: [
      read(playlist, { id: one, playlist_items: [] }),
      list('assets/v1/playlists', { id: one }),
      read('assets/v1/playlists', { objects: [{ id: other }], pages: 2 }),
      gone(`assets/v1/playlists/${other}`),
    ],
  },
  'assets.deletePlaylistItem': {
    write: write('DELETE', `${playlist}/items/${other}`),
    shown: [read(playlist, { playlist_items: [{ id: third }] }), read(playlist, {}), gone(playlist)],
    missed: [
      read(playlist, { playlist_items: [{ id: third }, { id: other }] }),
      read(`assets/v1/playlists/${third}`, { playlist_items: [] }),
    ],
  },
  'assets.removeShareUser': {
    write: write('DELETE', `${shares}/${other}/users/${third}`),
    shown: [list(`${shares}/${other}/users`)],
    missed: [list(`${shares}/${other}/users`, { id: third }), list(`${shares}/${third}/users`)],
  },
  'users-notifications.markNotificationsRead': {
    write: write('PUT', 'users-notifications/v1/notifications/all/read'),
    shown: [list('users-notifications/v1/notifications', { status: 'READ' })],
    missed: [list('users-notifications/v1/notifications', { status: 'READ' }, { status: 'SENT' })],
  },
  'auth.revokeTokenById': {
    write: write('DELETE', `auth/v1/auth/token/${one}`),
    shown: [list('auth/v1/auth/tokens', { id: other }), gone(`auth/v1/auth/token/${one}`)],
    missed: [list('auth/v1/auth/tokens', { id: one }), read(`auth/v1/auth/token/${one}`, undefined)],
  },
  'auth.requestCode': {
    write: write('POST', 'auth/v1/auth/otp/generate', {}),
    shown: [exchange('POST', 'auth/v1/auth/multidomain/login', { status: 201, request: { otp: '123456' } })],
    missed: [
      exchange('POST', 'auth/v1/auth/multidomain/login', { status: 401, request: { otp: '123456' } }),
      exchange('POST', 'auth/v1/auth/simple/login', { request: { password: 'p' } }),
    ],
  },
  'files.cleanMultipart': {
    write: write('POST', `files/v1/assets/${one}/files/${other}/multipart/cleanup`, {}),
    shown: [
      exchange('GET', `files/v1/assets/${one}/files/${other}/multipart_url/s3`),
      gone(`files/v1/assets/${one}/files/${other}`),
    ],
    missed: [read(`files/v1/assets/${one}/files/${other}`, { status: 'OPEN' })],
  },
}

const isProven = (call: string, given: Exchange, later: readonly Exchange[]): boolean => {
  const proofs = createProofs()
  const claims = proofs.claims(call, given)
  return claims?.every(({ isShownBy }) => later.some(isShownBy)) ?? false
}

test('there is a case for every proof', () => {
  expect(Object.keys(cases).toSorted()).toEqual([...provenCalls()].toSorted())
})

test.each(Object.entries(cases))(
  '%s is shown by a read that holds its effect, and by no other',
  (call, given) => {
    const { shown, missed } = given
    for (const later of shown) expect(isProven(call, given.write, [later]), JSON.stringify(later)).toBe(true)
    expect(isProven(call, given.write, []), 'nothing was read').toBe(false)
    expect(isProven(call, given.write, missed), 'only what shows it undone was read').toBe(false)
  },
)

test('a version that was to be gone for good is not proven gone by its mark', () => {
  const given = write('DELETE', `${asset}/versions/${other}`)
  const forGood = { ...given, query: { hard_delete: 'true' } }
  expect(
    isProven('assets.deleteVersion', forGood, [
      read(asset, { versions: [{ id: other, status: 'DELETED' }] }),
    ]),
  ).toBe(false)
  expect(isProven('assets.deleteVersion', forGood, [read(asset, versions(third))])).toBe(true)
})

test('a comment is missing from the list of the version it was on', () => {
  const proofs = createProofs()
  proofs.learn(list(segments, { id: other, version_id: third }))
  const [claim] = proofs.claims('assets.deleteSegment', write('DELETE', `${segments}/${other}`)) ?? []
  expect(claim?.isShownBy({ ...list(segments), query: { version_id: one } })).toBe(false)
  expect(claim?.isShownBy({ ...list(segments), query: { version_id: third } })).toBe(true)
})

const folder = specsFolder('iconik')
describe.skipIf(folder === undefined)('with the vendor’s files', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'rushes-proofs-'))
  afterAll(() => rmSync(scratch, { recursive: true }))

  test('every write that the app sends and that is answered with nothing has a proof', () => {
    const connector = new URL('../../src/main/connectors/iconik/', import.meta.url)
    const sent = new Set(
      readdirSync(connector)
        .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
        .flatMap((name) => [
          ...readFileSync(new URL(name, connector), 'utf8').matchAll(/calls\['([\w.-]+)'\]/g),
        ])
        .map(([, name = '']) => name),
    )
    const vendor = readVendor(folder ?? '')
    const schemas = createSchemas(vendor)
    const strict = createStrictCheck(vendor, calls)
    const blind = Object.values<RemoteCall>(calls).filter((row) => {
      const operation = vendor.operations.find(
        (each) => each.service === row.service && each.method === row.method && each.path === row.path,
      )
      if (!sent.has(row.name) || row.method === 'GET' || operation === undefined) return false
      return strict.check(exchangeOf(schemas, operation, random, 'all')).kind === 'noSchema'
    })
    expect(blind.length).toBeGreaterThan(20)
    expect(blind.map(({ name }) => name).filter((name) => !provenCalls().includes(name))).toEqual([])
  })

  test('a recording without the read names the write and its line', async () => {
    const file = join(scratch, 'exchanges.jsonl')
    const given = cases['assets.deleteShares']
    const lines = [given?.write, ...(given?.missed ?? [])]
    const check = async (later: readonly (Exchange | undefined)[]) => {
      writeFileSync(file, [...lines, ...later].map((line) => `${JSON.stringify(line)}\n`).join(''))
      return (await checkRecordings(folder ?? '', [file])).blind
    }
    expect(await check([])).toEqual({ all: 1, unproven: [`assets.deleteShares (${file}, line 1)`] })
    expect(await check(given?.shown ?? [])).toEqual({ all: 1, unproven: [] })
    const unknown = write('DELETE', `assets/v1/assets/${one}`)
    expect((await check([...(given?.shown ?? []), unknown])).unproven).toHaveLength(1)
  })
})
