import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import { connectionIdSchema } from '../../shared/ids.ts'
import type { Comment, CommentDraft } from '../../shared/review.ts'
import type { RemoteAsset, RemotePlace } from '../connectors/connector.ts'
import type { CommentPower } from '../connectors/powers.ts'
import { createAssetStore } from '../store/assetStore.ts'
import { createCommentStore } from '../store/commentStore.ts'
import { createConnectionStore } from '../store/connectionStore.ts'
import type { OpenDatabase } from '../store/database.ts'
import { openDatabase } from '../store/database.ts'
import { libraryMigrations } from '../store/libraryMigrations.ts'
import { createOutboxStore } from '../store/outboxStore.ts'
import { createPlaceStore } from '../store/placeStore.ts'
import { createCommentService } from './comments.ts'
import { createOutbox } from './outbox.ts'

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

/** A service that holds comments in memory and does what the script says before and after it acts. */
function fakeService() {
  const held = new Map<string, { text: string; parent: string | null }>()
  const log: string[] = []
  let before: (kind: string) => void = () => undefined
  let withMany = false
  let after: (kind: string) => void = () => undefined
  const power: CommentPower = {
    holds: {
      ranges: true,
      drawings: true,
      replies: true,
      resolved: true,
      internal: true,
      colours: true,
      kinds: true,
    },
    list: () => Promise.resolve([]),
    async create(_ref, comment, parent) {
      before('create')
      // As real services with an external key do: a repeat finds what is there.
      const remoteId = `remote-${comment.id}`
      log.push(`create ${comment.text}`)
      held.set(remoteId, { text: comment.text, parent })
      after('create')
      return { remoteId }
    },
    async change(_ref, comment) {
      before('change')
      log.push(`change ${comment.text}`)
      held.set(comment.remoteId ?? '', { text: comment.text, parent: null })
      after('change')
    },
    async remove(_ref, remoteId) {
      before('remove')
      log.push('remove')
      held.delete(remoteId)
      after('remove')
    },
  }
  const many: NonNullable<CommentPower['many']> = {
    async change(_ref, comments) {
      before('changeMany')
      log.push(`changeMany ${comments.map((comment) => comment.text).join()}`)
      after('changeMany')
    },
    async remove(_ref, remoteIds) {
      before('removeMany')
      log.push(`removeMany ${remoteIds.length}`)
      for (const remoteId of remoteIds) held.delete(remoteId)
      after('removeMany')
    },
  }
  return {
    get power(): CommentPower {
      return withMany ? { ...power, many } : power
    },
    canMany: () => {
      withMany = true
    },
    held,
    log,
    onBefore: (run: typeof before) => {
      before = run
    },
    onAfter: (run: typeof after) => {
      after = run
    },
  }
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

  const open = () => {
    const { db } = database
    const comments = createCommentStore(db)
    const outboxStore = createOutboxStore(db)
    const assets = createAssetStore(db)
    const powerOf = () => (hasPower ? service.power : undefined)
    const outbox = createOutbox({
      outbox: outboxStore,
      comments,
      powerOf,
      refOf: () => (isKnown ? { remoteId: 'ver_1', assetRemoteId: 'ast_1', place: {} } : undefined),
      changed: () => undefined,
      now: () => time,
      random: () => 0.5,
      later(milliseconds, run) {
        timers.push({ run, at: time + milliseconds })
        return () => undefined
      },
      report: () => undefined,
    })
    const commentService = createCommentService({
      database: db,
      comments,
      outbox: outboxStore,
      assets,
      now: () => time,
      holdsComments: () => hasPower,
      myName: () => 'Runa',
      changed: () => undefined,
      wake: () => undefined,
    })
    const waiting = () => db.prepare('SELECT count(*) FROM outbox').pluck().get()
    return { outbox, comments: commentService, waiting }
  }
  const draft = (text: string, more: Partial<CommentDraft> = {}): CommentDraft => ({
    versionId,
    parentId: null,
    span: { startFrame: 10, endFrame: 12, rate: { numerator: 24, denominator: 1 } },
    text,
    isInternal: false,
    colour: null,
    drawing: [],
    kind: 'comment',
    track: null,
    ...more,
  })

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

  describe('of many at once', () => {
    const three = async (opened: ReturnType<typeof open>) => {
      const made = ['One', 'Two', 'Three'].map((text) => opened.comments.create(draft(text)).id)
      await opened.outbox.wake(connectionId)
      service.log.length = 0
      return made
    }
    const states = ({ comments }: ReturnType<typeof open>) =>
      comments.list(versionId).map((comment) => comment.pending?.state ?? 'sent')

    test('one act goes out as one call', async () => {
      service.canMany()
      const opened = open()
      const ids = await three(opened)
      const changed = opened.comments.changeMany(ids, { isResolved: true, colour: 'red' })
      expect(changed.map((comment) => [comment.isResolved, comment.colour, comment.pending?.state])).toEqual(
        ids.map(() => [true, 'red', 'queued']),
      )
      await opened.outbox.wake(connectionId)
      expect([service.log, states(opened), opened.waiting()]).toEqual([
        ['changeMany One,Two,Three'],
        ['sent', 'sent', 'sent'],
        0,
      ])
      opened.comments.removeMany(ids)
      expect(opened.comments.list(versionId)).toEqual([])
      await opened.outbox.wake(connectionId)
      expect([service.log[1], service.held.size, opened.waiting()]).toEqual(['removeMany 3', 0, 0])
    })

    test('a service without such a call is asked one by one', async () => {
      const opened = open()
      const ids = await three(opened)
      opened.comments.changeMany(ids, { isResolved: true })
      await opened.outbox.wake(connectionId)
      expect(service.log).toEqual(['change One', 'change Two', 'change Three'])
    })

    test('what the service has not heard of yet goes out as new, the others together', async () => {
      service.canMany()
      const opened = open()
      const ids = await three(opened)
      const unsent = opened.comments.create(draft('Four')).id
      opened.comments.changeMany([...ids, unsent], { isInternal: true })
      await opened.outbox.wake(connectionId)
      expect(service.log).toEqual(['create Four', 'changeMany One,Two,Three'])
    })

    test('without a network all of them wait, and go out together afterwards', async () => {
      service.canMany()
      const opened = open()
      const ids = await three(opened)
      service.onBefore(() => {
        throw new AppError('network.offline')
      })
      opened.comments.changeMany(ids, { isResolved: true })
      await opened.outbox.wake(connectionId)
      expect(states(opened)).toEqual(['queued', 'queued', 'queued'])
      service.onBefore(() => undefined)
      time += 120_000
      await opened.outbox.wake(connectionId)
      expect(service.log).toEqual(['changeMany One,Two,Three'])
    })

    test('where one of them is at fault, it alone is refused', async () => {
      service.canMany()
      const opened = open()
      const ids = await three(opened)
      let left = 1
      service.onBefore((kind) => {
        if (kind === 'changeMany') throw new AppError('remote.refused')
        if (kind === 'change' && left-- === 0) throw new AppError('remote.notFound')
      })
      opened.comments.changeMany(ids, { isResolved: true })
      await opened.outbox.wake(connectionId)
      expect(states(opened)).toEqual(['sent', 'failed', 'sent'])
    })

    test('signed out, nobody asks one by one; they go out together after the sign-in', async () => {
      service.canMany()
      const opened = open()
      const ids = await three(opened)
      let asked = 0
      service.onBefore(() => {
        asked += 1
        throw new AppError('auth.expired')
      })
      opened.comments.changeMany(ids, { isResolved: true })
      await opened.outbox.wake(connectionId)
      expect([asked, states(opened)]).toEqual([1, ['failed', 'failed', 'failed']])
      service.onBefore(() => undefined)
      await opened.outbox.signedIn(connectionId)
      expect(service.log).toEqual(['changeMany One,Two,Three'])
    })

    test('an act is of one version and of comments that are there, or nothing happens', async () => {
      const opened = open()
      const ids = await three(opened)
      const gone = '01J0000000000000000000ZZZZ' as (typeof ids)[number]
      expect(() => opened.comments.changeMany([...ids, gone], { isResolved: true })).toThrow('thing.notFound')
      expect(() => opened.comments.removeMany([...ids, gone])).toThrow('thing.notFound')
      expect(opened.comments.list(versionId).map((comment) => comment.isResolved)).toEqual([
        false,
        false,
        false,
      ])
    })

    test('answers of a comment that goes may be among those that were chosen', async () => {
      const opened = open()
      const root = opened.comments.create(draft('Root'))
      const answer = opened.comments.create(draft('Answer', { parentId: root.id, span: null }))
      opened.comments.removeMany([root.id, answer.id])
      expect([opened.comments.list(versionId), opened.waiting()]).toEqual([[], 0])
    })
  })
})
