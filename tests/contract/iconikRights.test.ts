/** What a connector says it lacks is what the service refuses; what it does not, the service takes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { VersionRef } from '../../src/main/connectors/powers.ts'
import type { RemotePlace } from '../../src/main/connectors/remote.ts'
import type { RightName } from '../../src/shared/connection.ts'
import { versionIdSchema } from '../../src/shared/ids.ts'
import type { ShareRights } from '../../src/shared/share.ts'
import { written } from '../fakes/writtenComment.ts'
import { codeOf, none } from './asking.ts'
import { addAsset, type IconikStation, openIconik, placeAt, powerOf } from './iconikStation.ts'

let station: IconikStation
let place: RemotePlace
beforeAll(async () => {
  station = await openIconik({ hasSamples: false })
  await station.api.ask('POST', 'assets/v1/collections/', { title: 'For the client' })
  place = await placeAt(station.me, 'For the client')
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const anyVersion = versionIdSchema.parse('01J00000000000000000000000')
const nothing: ShareRights = {
  ...{ comment: false, approve: false, download: false, downloadProxy: false, upload: false },
  ...{ seeVersions: false, seeTranscriptions: false, mention: false },
}

async function guestWith(rights: Partial<ShareRights>): Promise<{ guest: Connector; version: VersionRef }> {
  const asset = await addAsset(station, place, `Shared ${Object.keys(rights).join()}`)
  const shares = powerOf(station.me, 'shares')
  const made = await shares.create(
    [{ kind: 'asset', remoteId: asset.id }],
    {
      ...{ kind: 'link', emails: [], title: 'A look', message: '', hasWatermark: false, isApproval: false },
      expiresAt: Date.now() + 3_600_000,
      rights: { ...nothing, ...rights },
    },
    none(),
  )
  const link = await shares.link(made.key, none())
  const { appId } = station.studio.iconik
  const guest = await station.signIn({ kind: 'share', link, appId, email: 'guest@client.invalid' })
  return { guest, version: asset.version }
}

/** What each right lets somebody do, done. */
const uses = {
  comment: (of, version) => powerOf(of, 'comments').create(version, written('Seen'), null, none()),
  vote: (of, version) => powerOf(of, 'approvals').vote(version, 'approved', none()),
  takeBackVote: (of, version) => powerOf(of, 'approvals').vote(version, null, none()),
  askForApproval: (of, version) =>
    powerOf(of, 'approvals').request(
      version,
      { versionId: anyVersion, people: [], groups: [], emails: ['anna@client.invalid'], minimum: 1 },
      none(),
    ),
  withdrawRequest: (of, version) => powerOf(of, 'approvals').withdraw(version, none()),
} satisfies Partial<Record<RightName, (of: Connector, version: VersionRef) => Promise<unknown>>>

test('a guest who may vote may neither take it back nor ask others', async () => {
  const { guest, version } = await guestWith({ approve: true })
  expect(guest.lacks).toEqual(
    expect.arrayContaining(['comment', 'takeBackVote', 'askForApproval', 'withdrawRequest', 'clearVotes']),
  )
  expect(guest.lacks).not.toContain('vote')
  expect(guest.can.comments).toBeUndefined()
  await uses.vote(guest, version)
  for (const right of ['takeBackVote', 'askForApproval', 'withdrawRequest'] as const)
    expect(await codeOf(uses[right](guest, version)), right).toBe('auth.forbidden')
})

test('a guest who may comment lacks nothing of it, and has no votes', async () => {
  const { guest, version } = await guestWith({ comment: true })
  for (const right of ['comment', 'changeComments', 'removeComments'] as const)
    expect(guest.lacks, right).not.toContain(right)
  expect(guest.can.approvals).toBeUndefined()
  await uses.comment(guest, version)
})

test('a reviewer writes and votes, and changes nothing; a producer lacks nothing', async () => {
  expect(station.me.lacks).toEqual([])
  const { limited } = station
  expect(limited.lacks).toEqual(
    expect.arrayContaining(['changeComments', 'removeComments', 'askForApproval', 'changeMetadata']),
  )
  for (const right of ['comment', 'vote'] as const) expect(limited.lacks, right).not.toContain(right)
})
