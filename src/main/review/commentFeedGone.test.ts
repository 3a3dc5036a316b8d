import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdsAll } from '../../../tests/fakes/commentsHold.ts'
import { createHandTimers } from '../../../tests/fakes/handTimers.ts'
import { type LibraryBench, openClipBench } from '../../../tests/fakes/libraryBench.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import { createCommentMerge } from '../store/commentMerge.ts'
import { createCommentReadings } from '../store/commentReadings.ts'
import type { CommentFeed } from './commentFeed.ts'
import { createCommentFeed } from './commentFeed.ts'

describe('a version whose service says that it is gone', () => {
  let bench: LibraryBench
  let versionId: VersionId
  let feed: CommentFeed
  /** What the service answers with; null: with a list. */
  let code: ErrorCode | null
  let told: VersionId[]
  let tell: () => Promise<void>
  let reported: unknown[]
  let asked: number
  let changes: number

  beforeEach(async () => {
    ;({ bench, versionId } = await openClipBench())
    code = 'remote.notFound'
    told = []
    tell = async () => undefined
    reported = []
    asked = 0
    changes = 0
    const never = () => Promise.reject(new Error('nothing is written'))
    bench.remote.can = {
      comments: {
        holds: holdsAll,
        async list() {
          asked += 1
          if (code !== null) throw new AppError(code)
          return []
        },
        create: never,
        change: never,
        remove: never,
      },
    }
    feed = createCommentFeed({
      refs: bench.refs,
      service: bench.service,
      canRead: () => true,
      merge: createCommentMerge(bench.database.db),
      readings: createCommentReadings(bench.database.db),
      changed: () => {
        changes += 1
      },
      gone(id) {
        told.push(id)
        return tell()
      },
      isVisible: () => true,
      report: (error) => reported.push(error),
      now: () => bench.time,
      later: createHandTimers().later,
    })
  })
  afterEach(() => {
    feed.stop()
    bench.close()
  })

  /** Looks, and waits until the answer is taken in. */
  const look = async () => {
    const before = asked
    bench.time += 60_000
    feed.look(versionId)
    await expect.poll(() => asked).toBe(before + 1)
    await new Promise((resolve) => setImmediate(resolve))
  }

  test('is told of once; of what cannot be read now nothing is told', async () => {
    code = 'remote.unavailable'
    await look()
    expect(told).toEqual([])
    code = 'remote.notFound'
    const before = changes
    await look()
    await look()
    expect(told).toEqual([versionId])
    expect(changes, 'nobody reads a list anew that is gone').toBe(before)
  })

  test('is told of again when telling failed, and not before that is known', async () => {
    let fail: (why: AppError) => void = () => undefined
    tell = () =>
      new Promise((_, reject) => {
        fail = reject
      })
    await look()
    await look()
    expect(told).toEqual([versionId])
    const why = new AppError('remote.rateLimited')
    fail(why)
    await expect.poll(() => reported).toContain(why)
    tell = async () => undefined
    await look()
    await look()
    expect(told).toEqual([versionId, versionId])
  })

  test('is told of again when the service has had it in between', async () => {
    await look()
    code = null
    await look()
    expect(told).toEqual([versionId])
    code = 'remote.notFound'
    await look()
    await look()
    expect(told).toEqual([versionId, versionId])
  })
})
