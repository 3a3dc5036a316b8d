import { describe, expect, test } from 'vitest'
import type { ApprovalRequest } from '../../src/shared/approval.ts'
import { codeOf, none } from './asking.ts'
import { collectionOfFile } from './iconikCollection.ts'
import { powerOf } from './iconikStation.ts'

const life = collectionOfFile('Life')

async function userId(email: string): Promise<string> {
  const { people } = await powerOf(life.station.me, 'people').find(email.split('@')[0] ?? '', none())
  const found = people.find((person) => person.email === email)
  if (found === undefined) throw new Error(`nobody has ${email}`)
  return found.key
}
const request = (fields: Partial<ApprovalRequest>): ApprovalRequest => ({
  versionId: '01J00000000000000000000000' as ApprovalRequest['versionId'],
  people: [],
  groups: [],
  emails: [],
  minimum: 1,
  ...fields,
})

describe('people', () => {
  test('are found by parts of their names, with the groups', async () => {
    const people = powerOf(life.station.me, 'people')
    const found = await people.find('okaf', none())
    expect(found.people.map(({ name, email }) => [name, email])).toEqual([
      ['Sam Okafor', life.station.studio.iconik.limitedEmail],
    ])
    expect((await people.find('', none())).people.length).toBeGreaterThan(2)
    expect((await people.find('Edit', none())).groups.map(({ name }) => name)).toEqual(['Editors'])
    expect(await people.find('nobody of that name', none())).toEqual({ people: [], groups: [] })
  })
})

describe('approvals', () => {
  test('are asked for, given, changed and taken back, by people and by guests’ addresses', async () => {
    const approvals = powerOf(life.station.me, 'approvals')
    const theirs = powerOf(life.station.limited, 'approvals')
    const { version } = await life.made('To approve')
    expect(await approvals.read(version, none())).toEqual({
      state: 'none',
      minimum: 1,
      requestedBy: null,
      requestedAt: null,
      approvers: [],
    })
    const reviewer = await userId(life.station.studio.iconik.limitedEmail)
    await approvals.request(version, request({ people: [reviewer], emails: ['client@example.com'] }), none())
    const asked = await approvals.read(version, none())
    expect(asked).toMatchObject({ state: 'requested', minimum: 1, requestedBy: 'Robin Producer' })
    expect(asked.approvers.map(({ name, vote, isMe }) => [name, vote, isMe])).toEqual([
      ['Sam Okafor', null, false],
      ['client@example.com', null, false],
    ])
    expect((await theirs.read(version, none())).approvers[0]).toMatchObject({ isMe: true, vote: null })

    await theirs.vote(version, 'needsChanges', none())
    expect(await approvals.read(version, none())).toMatchObject({ state: 'needsChanges' })
    await theirs.vote(version, 'approved', none())
    const approved = await approvals.read(version, none())
    expect(approved.state).toBe('approved')
    expect(approved.approvers[0]).toMatchObject({ name: 'Sam Okafor', vote: 'approved' })
    expect(approved.approvers[0]?.votedAt).toBeGreaterThan(Date.now() - 60_000)

    await approvals.vote(version, 'needsChanges', none())
    expect((await approvals.read(version, none())).state).toBe('mixed')
    await approvals.vote(version, null, none())
    await approvals.vote(version, null, none())
    expect((await approvals.read(version, none())).state).toBe('approved')
  })

  test('asking again replaces who was asked; withdrawing twice is withdrawing once', async () => {
    const approvals = powerOf(life.station.me, 'approvals')
    const { version } = await life.made('Asked twice')
    const reviewer = await userId(life.station.studio.iconik.limitedEmail)
    const editor = await userId(life.station.studio.iconik.mfaEmail)
    await approvals.request(version, request({ people: [reviewer] }), none())
    await approvals.request(version, request({ people: [editor, reviewer], minimum: 2 }), none())
    const asked = await approvals.read(version, none())
    expect(asked.minimum).toBe(2)
    expect(asked.approvers.map(({ key }) => key).sort()).toEqual([editor, reviewer].sort())
    await approvals.withdraw(version, none())
    await approvals.withdraw(version, none())
    expect((await approvals.read(version, none())).state).toBe('none')
  })

  test('show in lists as the state of review, and are set for many at once', async () => {
    const approvals = powerOf(life.station.me, 'approvals')
    const first = await life.made('Bulk 1')
    const second = await life.made('Bulk 2')
    await approvals.bulk([first.id, second.id], 'approved', none())
    for (const { version } of [first, second])
      expect((await approvals.read(version, none())).state).toBe('approved')
    const asset = await life.station.me.asset(life.refOf(first), none())
    expect(asset.versions[0].review).toBe('approved')
    await approvals.bulk([first.id, second.id], null, none())
    expect((await approvals.read(first.version, none())).state).toBe('none')
  })

  test('of many are given one by one where the account may not give them at once', async () => {
    const [first, second] = [await life.made('Each 1'), await life.made('Each 2')]
    const theirs = powerOf(life.station.limited, 'approvals')
    await theirs.bulk([first.id, second.id], 'needsChanges', none())
    for (const { version } of [first, second])
      expect((await theirs.read(version, none())).approvers).toMatchObject([
        { isMe: true, vote: 'needsChanges' },
      ])
    expect(await codeOf(theirs.bulk([first.id], null, none()))).toBe('auth.forbidden')
  })

  test('of an older version cannot be given: the service would take them for the newest', async () => {
    const approvals = powerOf(life.station.me, 'approvals')
    const { id, version } = await life.made('Two versions')
    await life.station.api.ask('POST', `assets/v1/assets/${id}/versions/`, {})
    expect(await codeOf(approvals.vote(version, 'approved', none()))).toBe('request.invalid')
    expect((await approvals.read(version, none())).state).toBe('none')
  })

  test('need the role', async () => {
    const { version } = await life.made('No role')
    const theirs = powerOf(life.station.limited, 'approvals')
    expect(await codeOf(theirs.request(version, request({ emails: ['a@example.com'] }), none()))).toBe(
      'auth.forbidden',
    )
  })
})

describe('the inbox', () => {
  test('tells of comments, mentions and requests, and what was read stays read', async () => {
    const { version, id } = await life.made('Talked about')
    const body = { segment_type: 'COMMENT', segment_text: 'Nice light', time_start_milliseconds: 40 }
    await life.station.api.limited().ask('POST', `assets/v1/assets/${id}/segments/`, body)
    const inbox = powerOf(life.station.me, 'inbox')
    const [item] = (await inbox.list(none())).filter(({ assetRemoteId }) => assetRemoteId === id)
    expect(item).toMatchObject({
      kind: 'comment',
      from: 'Sam Okafor',
      text: 'Nice light',
      isRead: false,
      versionRemoteId: version.remoteId,
    })
    await powerOf(life.station.me, 'approvals').request(
      version,
      request({ people: [await userId(life.station.studio.iconik.limitedEmail)] }),
      none(),
    )
    const theirs = powerOf(life.station.limited, 'inbox')
    expect((await theirs.list(none()))[0]).toMatchObject({
      kind: 'approvalRequest',
      assetRemoteId: id,
      isRead: false,
    })

    const all = await inbox.list(none())
    await inbox.markRead([all[0]?.key ?? ''], none())
    expect((await inbox.list(none()))[0]?.isRead).toBe(true)
    await inbox.markRead(
      all.map(({ key }) => key),
      none(),
    )
    const { appId, token } = life.station.studio.iconik
    const again = powerOf(await life.station.signIn({ kind: 'token', appId, token }), 'inbox')
    expect((await again.list(none())).every(({ isRead }) => isRead)).toBe(true)
  })
})
