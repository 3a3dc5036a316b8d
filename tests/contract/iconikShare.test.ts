import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { RemoteShare, VersionRef } from '../../src/main/connectors/powers.ts'
import type { RemotePlace } from '../../src/main/connectors/remote.ts'
import type { ShareDraft, ShareRights } from '../../src/shared/share.ts'
import { written } from '../fakes/writtenComment.ts'
import { allPlaces, codeOf, none } from './asking.ts'
import {
  addAsset,
  type IconikStation,
  type MadeAsset,
  openIconik,
  placeAt,
  powerOf,
} from './iconikStation.ts'

let station: IconikStation
let place: RemotePlace
beforeAll(async () => {
  station = await openIconik({ hasSamples: false })
  await station.api.ask('POST', 'assets/v1/collections/', { title: 'For the client' })
  await station.api.ask('POST', 'assets/v1/collections/', { title: 'Not for the client' })
  place = await placeAt(station.me, 'For the client')
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const rights: ShareRights = {
  comment: true,
  approve: false,
  download: false,
  downloadProxy: false,
  upload: false,
  seeVersions: false,
  seeTranscriptions: false,
  mention: false,
}
const inAWeek = () => Date.now() + 7 * 24 * 3_600_000
const draft = (fields: Partial<Omit<ShareDraft, 'targets'>> = {}): Omit<ShareDraft, 'targets'> => ({
  kind: 'link',
  emails: [],
  title: 'First look',
  message: '',
  expiresAt: inAWeek(),
  hasWatermark: false,
  isApproval: false,
  rights,
  ...fields,
})
const assetTarget = ({ id }: MadeAsset) => ({ kind: 'asset', remoteId: id }) as const
const shares = () => powerOf(station.me, 'shares')

async function openLink(
  share: RemoteShare,
  more: { password?: string; email?: string } = {},
): Promise<Connector> {
  const link = await shares().link(share.key, none())
  return station.signIn({ kind: 'share', link, appId: station.studio.iconik.appId, ...more })
}

describe('sharing', () => {
  test('by a link that can be read again, with all its options', async () => {
    const one = await addAsset(station, place, 'By link')
    const options = draft({ password: 'open sesame', hasWatermark: true, isApproval: true })
    const made = await shares().create([assetTarget(one)], options, none())
    expect(made).toMatchObject({
      target: assetTarget(one),
      title: 'First look',
      kind: 'link',
      hasPassword: true,
      hasWatermark: true,
      isApproval: true,
      hasLink: true,
      rights,
      guests: [],
    })
    expect(Math.abs((made.expiresAt ?? 0) - options.expiresAt)).toBeLessThan(1000)
    expect(await shares().link(made.key, none())).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*share/)
    const [listed] = await shares().list(assetTarget(one), none())
    expect(listed).toMatchObject({ key: made.key, createdBy: 'Robin Producer', rights })
    expect(JSON.stringify(listed)).not.toContain('http')
    expect((await shares().list(null, none())).map(({ key }) => key)).toContain(made.key)
  })

  test('with people, who each have a link of their own that is never told again', async () => {
    const target = { kind: 'place', remoteId: place.remoteId } as const
    const people = draft({
      kind: 'people',
      emails: ['a@example.com', 'b@example.com'],
      message: 'Have a look',
    })
    const made = await shares().create([target], people, none())
    expect(made).toMatchObject({ kind: 'people', target, hasLink: false })
    expect(made.guests.map(({ email, opens, lastOpenedAt }) => [email, opens, lastOpenedAt])).toEqual([
      ['a@example.com', 0, null],
      ['b@example.com', 0, null],
    ])
    expect(await codeOf(shares().link(made.key, none()))).toBe('thing.notFound')
    const invited = await shares().invite(made.key, 'c@example.com', none())
    expect(invited.guests).toHaveLength(3)
    const gone = invited.guests.find(({ email }) => email === 'a@example.com')?.key ?? ''
    const revoked = await shares().revoke(made.key, gone, none())
    expect(revoked.guests.map(({ email }) => email).sort()).toEqual(['b@example.com', 'c@example.com'])
    expect((await shares().revoke(made.key, gone, none())).guests).toHaveLength(2)
  })

  test('of several assets at once', async () => {
    const several = [
      await addAsset(station, place, 'One of two'),
      await addAsset(station, place, 'Two of two'),
    ]
    const made = await shares().create(several.map(assetTarget), draft({ title: 'Both' }), none())
    expect(made).toMatchObject({ title: 'Both', kind: 'link', hasLink: true })
    const guest = await openLink(made)
    const [root] = await allPlaces(guest, null)
    if (root === undefined) throw new Error('nothing was shared')
    const names = (await guest.assets(root, undefined, none())).items.map(({ name }) => name)
    expect(names.sort()).toEqual(['One of two', 'Two of two'])
  })

  test('ends for all that are named, also for one that ended before', async () => {
    const one = await addAsset(station, place, 'Ended')
    const first = await shares().create([assetTarget(one)], draft(), none())
    const second = await shares().create([assetTarget(one)], draft(), none())
    await shares().remove([first.key], none())
    await shares().remove([first.key, second.key], none())
    expect(await shares().list(assetTarget(one), none())).toEqual([])
  })

  test('of something that is gone, or is no one thing, is listed and can be ended', async () => {
    const [gone, first, second] = [
      await addAsset(station, place, 'Gone'),
      await addAsset(station, place, 'First of two'),
      await addAsset(station, place, 'Second of two'),
    ]
    const lost = await shares().create([assetTarget(gone)], draft({ title: 'Lost' }), none())
    const both = await shares().create(
      [assetTarget(first), assetTarget(second)],
      draft({ title: 'Pair' }),
      none(),
    )
    const trash = powerOf(station.me, 'trash')
    await trash.remove([{ remoteId: gone.id, place: place.remote }], none())
    const titled = async (title: string) =>
      (await shares().list(null, none())).filter((share) => share.title === title)
    expect(await titled('Lost')).toHaveLength(1)
    expect(await titled('Pair')).toHaveLength(1)
    await shares().remove([lost.key, both.key], none())
    expect([await titled('Lost'), await titled('Pair')]).toEqual([[], []])
    await trash.restore([gone.id], none())
  })

  test('without the role is refused', async () => {
    expect(station.limited.can.shares).toBeUndefined()
  })
})

describe('a guest', () => {
  test('needs the password, which is told from a wrong one; a link that ended is gone', async () => {
    const one = await addAsset(station, place, 'Locked')
    const made = await shares().create([assetTarget(one)], draft({ password: 'open sesame' }), none())
    expect(await codeOf(openLink(made))).toBe('auth.passwordNeeded')
    expect(await codeOf(openLink(made, { password: 'wrong' }))).toBe('auth.passwordNeeded')
    const guest = await openLink(made, { password: 'open sesame' })
    expect(await guest.account(none())).toMatchObject({ isShare: true })
    const link = await shares().link(made.key, none())
    await shares().remove([made.key], none())
    const { appId } = station.studio.iconik
    const late = station.signIn({ kind: 'share', link, appId, password: 'open sesame' })
    expect(await codeOf(late)).toBe('remote.notFound')
    expect(['auth.expired', 'remote.notFound']).toContain(await codeOf(guest.account(none())))
  })

  test('sees what was shared and nothing else', async () => {
    const other = await placeAt(station.me, 'Not for the client')
    const hidden = await addAsset(station, other, 'Secret')
    await addAsset(station, place, 'Shown')
    const target = { kind: 'place', remoteId: place.remoteId } as const
    const guest = await openLink(await shares().create([target], draft(), none()))
    const roots = await allPlaces(guest, null)
    expect(roots.map(({ name, takesUploads }) => [name, takesUploads])).toEqual([['For the client', false]])
    const names = (await guest.assets(roots[0] ?? place, undefined, none())).items.map(({ name }) => name)
    expect(names).toContain('Shown')
    expect(names).not.toContain('Secret')
    expect(await codeOf(guest.assets(other, undefined, none()))).toBe('auth.forbidden')
    expect(await codeOf(guest.asset({ remoteId: hidden.id, place: other.remote }, none()))).toBe(
      'auth.forbidden',
    )
    const power = powerOf(guest, 'comments')
    expect(await codeOf(power.list(hidden.version, none()))).toBe('auth.forbidden')
  })

  test('has the powers that the share gives, and none of the domain’s own', async () => {
    const one = await addAsset(station, place, 'Powers')
    const powersOf = async (given: Partial<ShareRights>) => {
      const made = await shares().create(
        [assetTarget(one)],
        draft({ rights: { ...rights, ...given } }),
        none(),
      )
      return Object.keys((await openLink(made)).can).sort()
    }
    expect(await powersOf({})).toEqual(['comments', 'proxies'])
    expect(await powersOf({ comment: false })).toEqual(['proxies'])
    expect(await powersOf({ approve: true })).toEqual(['approvals', 'comments', 'proxies'])
    expect(await powersOf({ download: true, upload: false })).toEqual(['comments', 'proxies'])
    expect(await powersOf({ mention: true })).toEqual(['comments', 'people', 'proxies'])
  })

  test('finds people to mention where the share says so, and they hear of it', async () => {
    const one = await addAsset(station, place, 'Mentions')
    const given = { ...rights, mention: true }
    const guest = await openLink(
      await shares().create([assetTarget(one)], draft({ rights: given }), none()),
      { email: 'client@example.com' },
    )
    const found = await powerOf(guest, 'people').find('okaf', none())
    expect(found).toMatchObject({ people: [{ name: 'Sam Okafor' }], groups: [] })
    const text = 'Look, @Sam Okafor'
    await powerOf(guest, 'comments').create(one.version, written(text), null, none())
    const theirs = await powerOf(station.limited, 'inbox').list(none())
    expect(theirs).toMatchObject([{ kind: 'mention', text, assetRemoteId: one.id }])
  })

  test('votes under their own address', async () => {
    const one = await addAsset(station, place, 'Voted')
    const made = await shares().create(
      [assetTarget(one)],
      draft({ rights: { ...rights, approve: true } }),
      none(),
    )
    const guest = await openLink(made, { email: 'client@example.com' })
    await powerOf(guest, 'approvals').vote(one.version, 'approved', none())
    const read = await powerOf(station.me, 'approvals').read(one.version, none())
    expect(read).toMatchObject({ state: 'approved' })
    expect(read.approvers).toMatchObject([{ name: 'client@example.com', vote: 'approved', key: null }])
    const theirs = await powerOf(guest, 'approvals').read(one.version, none())
    expect(theirs.approvers).toMatchObject([{ isMe: true, vote: 'approved' }])
  })
})

describe('what is internal', () => {
  async function isInternalAt(
    { assetRemoteId, remoteId }: VersionRef,
    id: string,
  ): Promise<boolean | undefined> {
    const path = `assets/v1/assets/${assetRemoteId}/segments/?version_id=${remoteId}&per_page=100`
    const { body } = await station.api.ask('GET', path)
    return (body as { objects: { id: string; is_internal?: boolean }[] }).objects.find((one) => one.id === id)
      ?.is_internal
  }

  test('is neither asked for nor shown in a share session, whatever the service sends', async () => {
    const one = await addAsset(station, place, 'Two audiences')
    const mine = powerOf(station.me, 'comments')
    const hidden = await mine.create(one.version, written('Between us', { isInternal: true }), null, none())
    const reply = await mine.create(one.version, written('Yes'), hidden.remoteId, none())
    const open = await mine.create(one.version, written('For everybody'), null, none())
    expect(await mine.list(one.version, none())).toHaveLength(3)

    const made = await shares().create([assetTarget(one)], draft(), none())
    const guest = await openLink(made, { email: 'client@example.com' })
    const theirs = powerOf(guest, 'comments')
    expect(theirs.holds.internal).toBe(false)
    const shown = await theirs.list(one.version, none())
    expect(shown.map(({ text, isInternal }) => [text, isInternal])).toEqual([['For everybody', false]])

    // The guest answers, edits and ticks; none of it touches what is internal, or becomes it.
    const answer = await theirs.create(one.version, written('Thank you'), open.remoteId, none())
    const [, own] = await theirs.list(one.version, none())
    expect(own).toMatchObject({ text: 'Thank you', author: { name: 'client@example.com', isMe: true } })
    if (own === undefined) return
    await theirs.change(one.version, { ...own, text: 'Thank you all', isInternal: true }, none())
    const first = shown[0]
    if (first !== undefined) await theirs.change(one.version, { ...first, isResolved: true }, none())
    expect(await isInternalAt(one.version, answer.remoteId)).toBe(false)
    expect(await isInternalAt(one.version, hidden.remoteId)).toBe(true)
    expect(await isInternalAt(one.version, reply.remoteId)).toBe(true)
    expect(await codeOf(theirs.create(one.version, written('What?'), hidden.remoteId, none()))).toBe(
      'remote.notFound',
    )

    const ours = await mine.list(one.version, none())
    expect(ours.find(({ remoteId }) => remoteId === answer.remoteId)).toMatchObject({
      text: 'Thank you all',
      author: { name: 'client@example.com', isMe: false },
      isInternal: false,
    })
    expect(ours.find(({ remoteId }) => remoteId === open.remoteId)).toMatchObject({ isResolved: true })
  })

  test('no request of a guest speaks of it', async () => {
    const bodies: string[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      bodies.push(`${String(input)} ${typeof init?.body === 'string' ? init.body : ''}`)
      return globalThis.fetch(input, init)
    }
    const { systemClock } = await import('../../src/main/transfers/clock.ts')
    const { iconikProvider } = await import('../../src/main/connectors/iconik/provider.ts')
    const one = await addAsset(station, place, 'Overheard')
    const made = await shares().create([assetTarget(one)], draft(), none())
    const { address, appId } = station.studio.iconik
    const link = await shares().link(made.key, none())
    const parts = { fetch, clock: systemClock }
    const signIn = { kind: 'share', link, appId } as const
    const record = await iconikProvider.record(
      { provider: 'iconik', name: 'Guest', address, signIn },
      parts,
      none(),
    )
    const guest = iconikProvider.connector(record, parts)
    await guest.account(none())
    const power = powerOf(guest, 'comments')
    const sent = written('Hello', { isInternal: true })
    const { remoteId } = await power.create(one.version, sent, null, none())
    const [listed] = await power.list(one.version, none())
    if (listed === undefined) throw new Error('the guest does not see their own comment')
    expect(listed.author.isMe).toBe(true)
    await power.change(one.version, { ...listed, isInternal: true, text: 'Hello again' }, none())
    await power.remove(one.version, remoteId, none())
    expect(bodies.length).toBeGreaterThan(5)
    for (const body of bodies) expect(body).not.toContain('is_internal')
  })
})
