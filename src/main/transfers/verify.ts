import type { TransferEvent } from '../../shared/transfer.ts'
import type { TransferChange } from '../store/transferChange.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { Note } from '../store/transferStore.ts'
import { hex, multipartEtag, plainEtag, wholeCrc32 } from './checksum.ts'
import type { StoredObject } from './objectStore.ts'
import { isOurs, startOver } from './restart.ts'
import { Halt } from './retry.ts'
import { planned, type Run, write } from './run.ts'
import { intend } from './steps.ts'

/** Looks at the finished object: ours by its token, whole by its size, and intact by whatever checksum the store gives. */
export async function verify(run: Run, row: TransferRow): Promise<TransferRow> {
  const { lane, signal } = run
  const { key } = planned(row)
  const found = await lane.attempt((s) => lane.store.head(key, s), signal)
  if (found === undefined) return await startOver(run, row, 'missing')
  if (found.token !== undefined && found.token !== row.writeToken)
    // Somebody else's, although the key carries our ids. It is not ours to remove.
    throw new Halt({ outcome: 'fail', code: 'storage.conflict', facts: { name: row.name } })
  const proof = (await isOurs(run, row, found)) ? await proofOf(run, found) : undefined
  if (proof === undefined) {
    if (found.token === row.writeToken) await lane.attempt((s) => lane.store.deleteObject(key, s), signal)
    return await startOver(run, row, 'mismatch')
  }
  return await write(run, () => verified(run, found.bytes, { before: [], change: {}, notes: [], proof }))
}

/** Steps and facts that are written together with the proof. */
interface Together {
  readonly before: readonly TransferEvent[]
  readonly change: TransferChange
  readonly notes: readonly Note[]
  /** The checksum that was compared, by its name; none where size and token were all there is. */
  readonly proof?: Readonly<Record<string, string>>
}

/** The object is proven; the intent of the first step at the back end goes to disk with that. Part of the caller's write. */
export function verified(
  run: Run,
  bytes: number,
  { before, change, notes, proof = {} }: Together = { before: [], change: {}, notes: [] },
): TransferRow {
  const { store } = run.tools
  intend(run, run.lane.target.after[0])
  return store.applyAll(
    run.id,
    [...before, { kind: 'advance', to: 'registering' }],
    { ...change, objectState: 'verified' },
    [...notes, { kind: 'verified', facts: { bytes, ...proof } }],
  )
}

/** The checksum that agrees; none where the store tells nothing to compare; undefined: the object is not intact. */
async function proofOf(run: Run, found: StoredObject): Promise<Record<string, string> | undefined> {
  const parts = run.tools.store.parts(run.id)
  if (parts.length === 0) return {}
  const whole = wholeCrc32(parts)
  if (whole !== undefined && found.crc32 !== undefined) {
    return Buffer.compare(found.crc32, whole.value) === 0 ? { [whole.kind]: hex(whole.value) } : undefined
  }
  const { etagIsMd5 } = await run.lane.abilities(run.signal)
  const md5s = parts.map((part) =>
    part.checkKind === 'md5' ? part.checkValue : Buffer.from(plainEtag(part.etag), 'hex'),
  )
  const isComparable = etagIsMd5 && found.etag.includes('-') && md5s.every((md5) => md5.byteLength === 16)
  if (!isComparable) return {}
  const etag = multipartEtag(md5s)
  return plainEtag(found.etag) === etag ? { etag } : undefined
}
