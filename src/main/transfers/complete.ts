import type { TransferRow } from '../store/transferRow.ts'
import { hex, plainEtag, wholeCrc32 } from './checksum.ts'
import { partRange } from './partPlan.ts'
import { isOurs, startOver, stored } from './restart.ts'
import { Halt, isKind } from './retry.ts'
import { planned, type Run, write } from './run.ts'
import type { FailureKind } from './storeFailure.ts'

/** After these the store may have assembled the object all the same: it is asked before anything is repeated. */
const unclear: readonly FailureKind[] = [
  'network',
  'idleClose',
  'server',
  'throttle',
  'lostUpload',
  'exists',
  'badPlan',
]
const mostTries = 8

/** Has the store assemble the parts. A lost answer is settled by looking at the object and its token, never by starting over. */
export async function complete(run: Run, row: TransferRow): Promise<TransferRow> {
  const { lane, tools, signal } = run
  const { key, checkKind, partCount } = planned(row)
  const { uploadId } = row
  const find = () => lane.attempt((s) => lane.store.head(key, s), signal)
  const look = async () => isOurs(run, row, await find())
  // Begun by an earlier run, as far as can be told: it may have worked.
  if (tools.trusted.has(run.id) === false && (await look())) return await stored(run, 'resumed')
  if (uploadId === null) return await startOver(run, row, 'noUploadId')
  const parts = tools.store.parts(run.id)
  if (parts.length !== partCount)
    return await write(run, () =>
      tools.store.apply(run.id, { kind: 'advance', to: 'uploading' }, { objectState: 'none' }),
    )
  const whole = checkKind === 'crc32Full' ? wholeCrc32(parts) : undefined
  for (let attempt = 1; ; attempt += 1) {
    try {
      await lane.attempt(
        (s) =>
          lane.store.completeUpload(
            {
              key,
              uploadId,
              bytes: row.size,
              kind: checkKind,
              whole,
              parts: parts.map(({ n, etag, checkKind: kind, checkValue }) => ({
                number: n,
                etag,
                checksum: { kind, value: checkValue },
              })),
            },
            s,
          ),
        signal,
        unclear,
      )
      return await write(run, () => {
        if (whole !== undefined) tools.store.setSourceHash(row.sourceId, whole.kind, whole.value)
        return tools.store.apply(
          run.id,
          { kind: 'advance', to: 'verifying' },
          { objectState: 'stored' },
          {
            kind: 'completed',
            facts: { parts: partCount, ...(whole === undefined ? {} : { [whole.kind]: hex(whole.value) }) },
          },
        )
      })
    } catch (error) {
      if (!isKind(error, ...unclear)) throw error
      const found = await find()
      if (await isOurs(run, row, found)) return await stored(run, 'resumed')
      if (error.kind === 'exists' && found?.token !== undefined)
        throw new Halt({ outcome: 'fail', code: 'storage.conflict', facts: { name: row.name } }, error)
      if (error.kind === 'badPlan') return await mendParts(run, row, uploadId)
      const isAlive = await lane
        .attempt((s) => lane.store.listParts(key, uploadId, s), signal, ['lostUpload'])
        .then(
          () => true,
          (second: unknown) => {
            if (isKind(second, 'lostUpload')) return false
            throw second
          },
        )
      if (!isAlive) {
        // Between the two looks the store may have finished.
        if (await look()) return await stored(run, 'resumed')
        return await startOver(run, row, 'lost')
      }
      if (attempt >= mostTries)
        throw new Halt({ outcome: 'wait', reason: 'backoff', code: 'remote.unavailable' }, error)
      await tools.clock.wait(Math.min(30_000, 500 * 2 ** attempt) * tools.random(), signal)
    }
  }
}

/** The store does not have the parts we think it has: rows that it does not confirm are dropped, and their parts sent again. */
async function mendParts(run: Run, row: TransferRow, uploadId: string): Promise<TransferRow> {
  const { lane, tools } = run
  const { key, partSize } = planned(row)
  if (row.restarts >= 2)
    throw new Halt({ outcome: 'fail', code: 'upload.badPlan', facts: { name: row.name } })
  const listed = new Map(
    (await lane.attempt((s) => lane.store.listParts(key, uploadId, s), run.signal)).map((part) => [
      part.number,
      part,
    ]),
  )
  const wrong = tools.store.parts(run.id).filter(({ n, etag }) => {
    const found = listed.get(n)
    return (
      found === undefined ||
      plainEtag(found.etag) !== plainEtag(etag) ||
      found.bytes !== partRange(row.size, partSize, n).bytes
    )
  })
  return await write(run, () => {
    tools.store.dropParts(run.id, wrong.length > 0 ? wrong.map((part) => part.n) : 'all')
    return tools.store.apply(
      run.id,
      { kind: 'advance', to: 'uploading' },
      { objectState: 'none', restarts: row.restarts + 1 },
      { kind: 'restarted', facts: { reason: 'badPlan', parts: wrong.length } },
    )
  })
}
