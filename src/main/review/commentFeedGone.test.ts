import { expect, test } from 'vitest'
import { createHandTimers } from '../../../tests/fakes/handTimers.ts'
import { openClipBench } from '../../../tests/fakes/libraryBench.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { createCommentMerge } from '../store/commentMerge.ts'
import { createCommentFeed } from './commentFeed.ts'

test('of what the service no longer has it tells, once; of what cannot be read now it does not', async () => {
  const { bench, versionId } = await openClipBench()
  const gone: string[] = []
  let code: ErrorCode = 'remote.unavailable'
  let reports = 0
  const feed = createCommentFeed({
    refs: bench.refs,
    service: {
      ...bench.service,
      with: () => Promise.reject(new AppError(code)),
    },
    canRead: () => true,
    merge: createCommentMerge(bench.database.db),
    changed: () => undefined,
    gone: (id) => gone.push(id),
    isVisible: () => true,
    report: () => {
      reports += 1
    },
    now: () => bench.time,
    later: createHandTimers().later,
  })
  const look = async () => {
    const before = reports
    bench.time += 60_000
    feed.look(versionId)
    await expect.poll(() => reports).toBe(before + 1)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await look()
  expect(gone).toEqual([])
  code = 'remote.notFound'
  await look()
  await look()
  expect(gone).toEqual([versionId])
  feed.stop()
  bench.close()
})
