import { describe, expect, test } from 'vitest'
import type { VersionId } from '../../src/shared/ids.ts'
import { refusalOf } from '../fakes/libraryBench.ts'
import { draftFor } from '../fakes/outboxBench.ts'
import { desksOfFile } from './iconikDesk.ts'

const desks = desksOfFile()

/** Said of the version as a whole. */
const draft = (versionId: VersionId, text: string) => draftFor(versionId, text, { span: null })

describe('a review', () => {
  test('comments go out, come back unchanged, and others see them', async () => {
    const place = await desks.production('Review', 'Clip')
    const { versionId } = desks.assetIn(place, 'Clip')
    const root = desks.desk.comments.create({
      ...draft(versionId, 'Darken the strap'),
      span: { startFrame: 24, endFrame: 48, rate: { numerator: 25, denominator: 1 } },
      kind: 'qc',
      track: 'Picture',
    })
    desks.desk.comments.create({ ...draft(versionId, 'Done'), parentId: root.id })
    await desks.desk.outbox.wake(desks.desk.connection.id)
    desks.desk.feed.look(versionId)
    const mine = () => desks.desk.comments.list(versionId)
    await expect.poll(() => mine().every((comment) => comment.author.remoteId !== null)).toBe(true)
    expect(mine()).toMatchObject([
      { id: root.id, text: 'Darken the strap', kind: 'qc', track: 'Picture', pending: null },
      { parentId: root.id, text: 'Done', pending: null },
    ])
    expect(mine()[0]?.span).toMatchObject({ startFrame: 24, endFrame: 48 })

    const clip = desks.desk.refs.version(versionId).ref
    const theirs = await desks.other.whereabouts.version(
      desks.other.connection.id,
      clip.assetRemoteId,
      clip.remoteId,
    )
    desks.other.feed.look(theirs.versionId)
    await expect
      .poll(() => desks.other.comments.list(theirs.versionId))
      .toMatchObject([
        { text: 'Darken the strap', kind: 'qc', author: { isMe: false }, pending: null },
        { text: 'Done', author: { isMe: false } },
      ])

    const ids = mine().map((comment) => comment.id)
    desks.desk.comments.changeMany(ids, { isResolved: true })
    await desks.desk.outbox.wake(desks.desk.connection.id)
    expect(mine().map((comment) => [comment.isResolved, comment.pending])).toEqual([
      [true, null],
      [true, null],
    ])
    const asked = { versionId, format: 'csv' as const, kinds: [], timing: null, firstNumber: 1 }
    expect(await desks.desk.exportComments({ ...asked, audience: 'team' })).toEqual({ isSaved: true })
    expect(desks.desk.saved[0]?.[0]).toBe('Clip.csv')
    expect(desks.desk.saved[0]?.[1]).toContain('Darken the strap')
    const secret = desks.desk.comments.create({ ...draft(versionId, 'Between us'), isInternal: true })
    await desks.desk.outbox.wake(desks.desk.connection.id)
    ids.push(secret.id)
    for (const audience of ['team', 'clients'] as const)
      await desks.desk.exportComments({ ...asked, audience })
    const [, forTeam, forClients] = desks.desk.saved.map(([, text]) => text)
    expect(forTeam).toContain('Between us')
    expect(forClients).toContain('Darken the strap')
    expect(forClients).not.toContain('Between us')
    desks.desk.comments.removeMany(ids)
    await desks.desk.outbox.wake(desks.desk.connection.id)
    expect(mine()).toEqual([])
  })

  test('a version is approved, and its card says so', async () => {
    const place = await desks.production('Approval', 'Final')
    const { id, versionId } = desks.assetIn(place, 'Final')
    const { people } = await desks.desk.service.with(desks.desk.connection.id, 'people', (power, signal) =>
      power.find('', signal),
    )
    const asked = people.map((person) => person.key).slice(0, 3)
    const requested = await desks.desk.approvals.request({
      versionId,
      people: asked,
      groups: [],
      emails: [],
      minimum: 1,
    })
    expect(requested).toMatchObject({ versionId, state: 'requested' })
    expect(requested.approvers.length).toBeGreaterThan(0)
    expect(desks.desk.assets.get(id)?.review).toBe('inReview')
    const voted = await desks.desk.approvals.vote({ versionId, vote: 'approved', note: 'Lovely' })
    expect(voted.approvers.find((one) => one.isMe)?.vote ?? voted.state).toBe('approved')
    await desks.desk.outbox.wake(desks.desk.connection.id)
    expect(desks.desk.comments.list(versionId)).toMatchObject([{ text: 'Lovely', span: null, pending: null }])
    await desks.desk.approvals.vote({ versionId, vote: null, note: '' })
    await desks.desk.approvals.withdraw(versionId)
    expect((await desks.desk.approvals.get(versionId)).state).toBe('none')
  })

  test('where an older version stands is unknown to another account until it looks', async () => {
    const place = await desks.production('Older', 'Cut')
    const { versionId } = desks.assetIn(place, 'Cut')
    const { ref } = desks.desk.refs.version(versionId)
    await desks.desk.approvals.vote({ versionId, vote: 'needsChanges', note: '' })
    await desks.station.api.ask('POST', `assets/v1/assets/${ref.assetRemoteId}/versions/`, {})
    const other = desks.other
    const { assetId } = await other.whereabouts.version(other.connection.id, ref.assetRemoteId, ref.remoteId)
    const stand = () => other.assets.versions(assetId).map(({ number, review }) => [number, review])
    expect(stand()).toContainEqual([1, 'unknown'])
    await other.approvals.readUnknown(assetId)
    expect(stand()).toContainEqual([1, 'needsChanges'])
  })

  test('whoever is asked finds it in the inbox, and comes to the clip', async () => {
    const place = await desks.production('Inbox', 'Wanted')
    const { versionId } = desks.assetIn(place, 'Wanted')
    const limited = (
      await desks.desk.service.with(desks.desk.connection.id, 'people', (power, signal) =>
        power.find('', signal),
      )
    ).people.find((person) => person.email === desks.station.studio.iconik.limitedEmail)
    if (limited === undefined) throw new Error('the second account was not found')
    await desks.desk.approvals.request({
      versionId,
      people: [limited.key],
      groups: [],
      emails: [],
      minimum: 1,
    })
    const wanted = () =>
      desks.other.inbox.list().items.find((item) => item.kind === 'approvalRequest' && !item.isRead)
    await expect
      .poll(
        async () => {
          await desks.other.inbox.wake()
          return wanted()
        },
        { timeout: 10_000 },
      )
      .toBeDefined()
    const key = wanted()?.key ?? ''
    const { assetId } = await desks.other.inbox.open({ connectionId: desks.other.connection.id, key })
    expect(desks.other.assets.get(assetId)?.name).toBe('Wanted')
    const { items } = await desks.other.inbox.markRead({
      connectionId: desks.other.connection.id,
      keys: [key],
    })
    expect(items.find((item) => item.key === key)?.isRead).toBe(true)
  })

  test('a share is made, its link copied, listed and removed', async () => {
    const place = await desks.production('Sharing', 'For you', 'And you')
    const rights = {
      comment: true,
      approve: true,
      download: false,
      downloadProxy: false,
      upload: false,
      seeVersions: true,
      seeTranscriptions: false,
      mention: false,
    }
    const target = { assetId: desks.assetIn(place, 'For you').id }
    const share = await desks.desk.shares.create({
      targets: [target],
      kind: 'link',
      emails: [],
      title: 'Day 1',
      message: '',
      password: 'only for you',
      expiresAt: Date.now() + 86_400_000,
      hasWatermark: true,
      isApproval: false,
      rights,
    })
    expect(share).toMatchObject({ target, title: 'Day 1', hasPassword: true, hasLink: true })
    await desks.desk.shares.copyLink(desks.desk.connection.id, share.key)
    expect(desks.desk.copied[0]).toMatch(/^https?:\/\//)
    expect(JSON.stringify(share)).not.toContain(desks.desk.copied[0])
    const keys = async () =>
      (await desks.desk.shares.list(desks.desk.connection.id, target)).map((one) => one.key)
    expect(await keys()).toEqual([share.key])
    expect((await desks.desk.shares.list(desks.desk.connection.id, null)).map((one) => one.key)).toContain(
      share.key,
    )
    await desks.desk.shares.remove(desks.desk.connection.id, [share.key])
    expect(await keys()).toEqual([])
  })

  test('metadata is shown by view, checked here and kept by the service', async () => {
    const place = await desks.production('Metadata', 'Slated')
    const { id } = desks.assetIn(place, 'Slated')
    const { views } = await desks.desk.metadata.get(id)
    const view = views.find(({ fields }) =>
      fields.some(({ kind, isReadOnly }) => kind === 'text' && !isReadOnly),
    )
    const field = view?.fields.find(({ kind, isReadOnly }) => kind === 'text' && !isReadOnly)
    if (view === undefined || field === undefined) throw new Error('the samples have no text field')
    const required = Object.fromEntries(
      view.fields
        .filter(({ isRequired, isReadOnly }) => isRequired && !isReadOnly)
        .map(({ name, kind, choices }) => [
          name,
          [kind === 'choice' ? (choices[0]?.value ?? '') : kind === 'date' ? '2026-07-01' : 'x'],
        ]),
    )
    const values = { ...required, [field.name]: ['Night'] }
    expect((await desks.desk.metadata.save({ assetId: id, viewKey: view.key, values }))[field.name]).toEqual([
      'Night',
    ])
    expect((await desks.desk.metadata.get(id)).values[field.name]).toEqual(['Night'])
    expect(
      await refusalOf(() =>
        desks.desk.metadata.save({
          assetId: id,
          viewKey: view.key,
          values: { ...values, [field.name]: [1] },
        }),
      ),
    ).toBe(`request.invalid ${field.name}`)
    expect(await desks.desk.metadata.wanted(place.id)).toEqual(expect.any(Array))
  })
})
