import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draftFor, fakeService, openOutboxBench } from '../../../tests/fakes/outboxBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import { connectionIdSchema } from '../../shared/ids.ts'
import type { Comment, CommentDraft } from '../../shared/review.ts'
import type { RemoteAsset, RemotePlace } from '../connectors/connector.ts'
import { createAssetStore } from '../store/assetStore.ts'
import { createCommentStore } from '../store/commentStore.ts'
import { createConnectionStore } from '../store/connectionStore.ts'
import type { OpenDatabase } from '../store/database.ts'
import { openDatabase } from '../store/database.ts'
import { libraryMigrations } from '../store/libraryMigrations.ts'
import { createPlaceStore } from '../store/placeStore.ts'

const connectionId: ConnectionId = connectionIdSchema.parse('01J00000000000000000000000')
const production: RemotePlace = {
  remoteId: 'prd_1',
  kind: 'production',
  name: 'Day 3',
  status: null,
  hasChildren: false,
  takesUploads: true,
  remote: { productionId: 'prd_1' },
}
const clip: RemoteAsset = {
  remoteId: 'ast_1',
  name: 'A012_C003.mov',
  kind: 'video',
  mediaType: 'video/quicktime',
  bytes: 10,
  createdAt: 1,
  isReady: true,
  thumbnailKey: null,
  versions: [{ remoteId: 'ver_1', number: 1, createdAt: 1, author: null, review: 'none' }],
  extra: { shot_type: 'broll' },
}

describe('the outbox', () => {
  let folder: string
  let database: OpenDatabase
  let versionId: VersionId
  let service: ReturnType<typeof fakeService>
  let hasPower: boolean
  let isKnown: boolean
  let time: number
  let timers: { run: () => void; at: number }[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rushes-outbox-'))
    database = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
    createConnectionStore(database.db).add(
      {
        id: connectionId,
        provider: 'candidio',
        name: 'Test',
        host: 'localhost',
        isStudio: false,
        settings: {},
      },
      1,
    )
    const places = createPlaceStore(database.db)
    places.replaceChildren(connectionId, null, [production], 1)
    const [place] = places.children(connectionId, null)
    if (place === undefined) throw new Error('the place was not stored')
    const assets = createAssetStore(database.db)
    assets.putPage(connectionId, place.id, [clip], 1)
    const [asset] = assets.page(place.id, 0, 1, 'newest', {})
    if (asset === undefined) throw new Error('the asset was not stored')
    versionId = asset.latestVersionId
    service = fakeService()
    hasPower = true
    isKnown = true
    time = 1000
    timers = []
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  const open = () =>
    openOutboxBench({
      db: database.db,
      power: () => (hasPower ? service.power : undefined),
      ref: () => (isKnown ? { remoteId: 'ver_1', assetRemoteId: 'ast_1', place: {} } : undefined),
      now: () => time,
      later(milliseconds, run) {
        timers.push({ run, at: time + milliseconds })
        return () => undefined
      },
    })
  const draft = (text: string, more: Partial<CommentDraft> = {}) => draftFor(versionId, text, more)

  test('a comment shows at once as waiting, and is confirmed when the service has it', async () => {
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('Darken the strap'))
    expect(made.pending).toEqual({ kind: 'create', state: 'queued', failure: null })
    await outbox.wake(connectionId)
    expect(
      comments.list(versionId).map((comment) => [comment.text, comment.pending, comment.remoteId]),
    ).toEqual([['Darken the strap', null, `remote-${made.id}`]])
    expect(waiting()).toBe(0)
  })

  test('writes go out in order, and a reply knows its parent at the service', async () => {
    const { outbox, comments } = open()
    const first = comments.create(draft('One'))
    comments.create(draft('Two', { parentId: first.id, span: null }))
    comments.change({ id: first.id, text: 'One, better' })
    await outbox.wake(connectionId)
    expect(service.log).toEqual(['create One, better', 'create Two'])
    expect([...service.held.values()].map((entry) => entry.parent)).toEqual([null, `remote-${first.id}`])
  })

  test('words changed while they were on their way are sent again', async () => {
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('Draft'))
    let isFirst = true
    service.onAfter(() => {
      if (isFirst) comments.change({ id: made.id, text: 'Final' })
      isFirst = false
    })
    await outbox.wake(connectionId)
    expect(service.held.get(`remote-${made.id}`)?.text).toBe('Final')
    expect(waiting()).toBe(0)
  })

  test('without a network it waits and goes on by itself; nothing is lost by a restart in between', async () => {
    const first = open()
    first.comments.create(draft('Offline'))
    service.onBefore(() => {
      throw new AppError('network.offline')
    })
    await first.outbox.wake(connectionId)
    expect(first.comments.list(versionId)[0]?.pending).toEqual({
      kind: 'create',
      state: 'queued',
      failure: { code: 'network.offline', facts: {} },
    })
    expect(timers).toHaveLength(1)
    first.outbox.stop()

    const second = open()
    service.onBefore(() => undefined)
    time += 120_000
    await second.outbox.wake(connectionId)
    expect(second.comments.list(versionId)[0]?.pending).toBeNull()
    expect(service.held.size).toBe(1)
  })

  test('a reply lost on the way does not double the comment', async () => {
    const { outbox, comments } = open()
    comments.create(draft('Once'))
    let isFirst = true
    service.onAfter(() => {
      if (isFirst) {
        isFirst = false
        throw new AppError('network.offline')
      }
    })
    await outbox.wake(connectionId)
    time += 120_000
    await outbox.wake(connectionId)
    expect(service.held.size).toBe(1)
    expect(comments.list(versionId)).toHaveLength(1)
    expect(comments.list(versionId)[0]?.pending).toBeNull()
  })

  test('a refusal stays with its comment, lets the others pass and can be mended', async () => {
    const { outbox, comments } = open()
    const refused = comments.create(draft('Refused'))
    comments.create(draft('Fine'))
    service.onBefore(() => {
      if (
        service.log.length === 0 &&
        !comments.list(versionId).some((comment) => comment.text === 'Mended')
      ) {
        service.log.push('refused')
        throw new AppError('remote.refused')
      }
    })
    await outbox.wake(connectionId)
    expect(comments.list(versionId).map((comment) => comment.pending?.state ?? 'sent')).toEqual([
      'failed',
      'sent',
    ])
    comments.change({ id: refused.id, text: 'Mended' })
    await outbox.wake(connectionId)
    expect(comments.list(versionId).map((comment) => comment.pending?.state ?? 'sent')).toEqual([
      'sent',
      'sent',
    ])
  })

  test('what was refused for want of a sign-in goes out after it; other refusals stay', async () => {
    const { outbox, comments } = open()
    comments.create(draft('Signed out'))
    comments.create(draft('Refused'))
    let codes: ('auth.expired' | 'remote.refused')[] = ['auth.expired', 'remote.refused']
    service.onBefore(() => {
      const code = codes.shift()
      if (code !== undefined) throw new AppError(code)
    })
    await outbox.wake(connectionId)
    codes = []
    await outbox.signedIn(connectionId)
    expect(comments.list(versionId).map((comment) => comment.pending?.failure?.code ?? 'sent')).toEqual([
      'sent',
      'remote.refused',
    ])
  })

  test('a write for a version that is not listed any more is shown as refused, not as sent', async () => {
    const { outbox, comments, waiting } = open()
    comments.create(draft('Whereto'))
    isKnown = false
    await outbox.wake(connectionId)
    expect(comments.list(versionId)[0]?.pending?.failure?.code).toBe('remote.notFound')
    expect(waiting()).toBe(1)
  })

  test('a run that the database stops is not the last one', async () => {
    const { outbox, comments } = open()
    comments.create(draft('Later'))
    const { db } = database
    db.exec('ALTER TABLE outbox RENAME TO away')
    await outbox.wake(connectionId)
    db.exec('ALTER TABLE away RENAME TO outbox')
    await outbox.wake(connectionId)
    expect(comments.list(versionId)[0]?.pending).toBeNull()
  })

  test('a comment removed before it was sent never reaches the service; one that was there is taken off it', async () => {
    const { outbox, comments, waiting } = open()
    comments.remove(comments.create(draft('Never mind')).id)
    await outbox.wake(connectionId)
    expect(service.log).toEqual([])
    const sent = comments.create(draft('There'))
    await outbox.wake(connectionId)
    comments.remove(sent.id)
    expect(comments.list(versionId)).toEqual([])
    await outbox.wake(connectionId)
    expect(service.held.size).toBe(0)
    expect(waiting()).toBe(0)
  })

  test('where the back end holds no comments they stay here, and say so', async () => {
    hasPower = false
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('Local'))
    expect([made.isLocalOnly, made.pending, waiting()]).toEqual([true, null, 0])
    comments.change({ id: made.id, isResolved: true })
    await outbox.wake(connectionId)
    expect(comments.list(versionId)[0]?.isResolved).toBe(true)
    comments.remove(made.id)
    expect(comments.list(versionId)).toEqual([])
  })

  test("the service's own time survives every change but one of the frames", () => {
    const { comments } = open()
    const made = comments.create(draft('Timed'))
    const remoteTime = { start: '417', end: '500' }
    const stored = createCommentStore(database.db)
    stored.put({ ...made, span: { ...(made.span as NonNullable<Comment['span']>), remoteTime } })
    const { span } = comments.change({ id: made.id, text: 'Timed, reworded', span: draft('').span })
    expect(span?.remoteTime).toEqual(remoteTime)
    const moved = comments.change({
      id: made.id,
      span: { startFrame: 11, endFrame: 12, rate: { numerator: 24, denominator: 1 } },
    })
    expect(moved.span?.remoteTime).toBeUndefined()
  })

  test('a removal that has not gone out is taken back with the answers and the last words', async () => {
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('One'))
    comments.create(draft('Answer', { parentId: made.id, span: null }))
    const other = comments.create(draft('Answer, removed by itself', { parentId: made.id, span: null }))
    await outbox.wake(connectionId)
    comments.change({ id: made.id, text: 'One, better' })
    comments.remove(other.id)
    comments.remove(made.id)
    expect(comments.list(versionId)).toEqual([])
    expect(comments.takeBack([made.id])).toEqual([made.id])
    expect(comments.list(versionId).map(({ text }) => text)).toEqual(['One, better', 'Answer'])
    await outbox.wake(connectionId)
    expect(service.held.get(`remote-${made.id}`)?.text).toBe('One, better')
    expect([...service.held.keys()]).not.toContain(`remote-${other.id}`)
    expect(waiting()).toBe(0)
  })

  test('a removal that may have arrived is not taken back', async () => {
    const { outbox, comments } = open()
    const made = comments.create(draft('One'))
    await outbox.wake(connectionId)
    service.onAfter(() => {
      throw new AppError('network.offline')
    })
    comments.remove(made.id)
    await outbox.wake(connectionId)
    expect(comments.takeBack([made.id])).toEqual([])
    service.onAfter(() => undefined)
    time += 120_000
    await outbox.wake(connectionId)
    expect(comments.takeBack([made.id])).toEqual([])
    expect(service.held.size).toBe(0)
  })

  test('an empty comment and one for a version that is gone are refused', () => {
    const { comments } = open()
    const codeOf = (run: () => unknown) => {
      try {
        run()
        return 'none'
      } catch (error) {
        return error instanceof AppError ? error.code : 'bug'
      }
    }
    expect(codeOf(() => comments.create(draft('')))).toBe('request.invalid')
    const gone = { ...draft('x'), versionId: '01J0000000000000000000ZZZZ' as VersionId }
    expect(codeOf(() => comments.create(gone))).toBe('thing.notFound')
  })
})
