import type { PartRow, TransferRow } from '../store/transferRow.ts'
import { hex, plainEtag, sameChecksum } from './checksum.ts'
import type { ListedPart } from './objectStore.ts'
import { partRange } from './partPlan.ts'
import { isKind } from './retry.ts'
import { planned, type Run, write } from './run.ts'
import { SourceFailure, type SourceFile } from './sourceFile.ts'

/**
 * Which parts need not be sent again: those the store lists with the planned size and the checksum or ETag we stored.
 * A listed part without a row (its answer was lost) is taken over if the file's own bytes prove it. Rows are brought in
 * line before anything is sent. `lost`: the store does not know the upload.
 */
export async function findStoredParts(
  run: Run,
  row: TransferRow,
  uploadId: string,
  file: SourceFile,
): Promise<ReadonlyMap<number, PartRow> | 'lost'> {
  const { lane, tools } = run
  const { key, partSize, partCount } = planned(row)
  const rows = new Map(tools.store.parts(run.id).map((part) => [part.n, part]))
  if (run.begun.uploadId === uploadId) return rows
  let listed: readonly ListedPart[]
  try {
    listed = await lane.attempt((signal) => lane.store.listParts(key, uploadId, signal), run.signal, [
      'lostUpload',
    ])
  } catch (error) {
    if (isKind(error, 'lostUpload')) return 'lost'
    throw error
  }
  const kept = new Map<number, PartRow>()
  const adopted: PartRow[] = []
  for (const part of listed) {
    const range = partRange(row.size, partSize, part.number)
    if (part.number < 1 || part.number > partCount || part.bytes !== range.bytes) continue
    const own = rows.get(part.number)
    if (own !== undefined) {
      if (agrees(part, own)) kept.set(part.number, own)
      continue
    }
    const proven = await prove(run, row, part, file)
    if (proven !== undefined) {
      kept.set(part.number, proven)
      adopted.push(proven)
    }
  }
  const dropped = [...rows.keys()].filter((number) => !kept.has(number))
  await write(run, () => {
    if (dropped.length > 0) tools.store.dropParts(run.id, dropped)
    for (const part of adopted) tools.store.partStored(run.id, uploadId, part)
    tools.store.change(
      run.id,
      {},
      { kind: 'partsFound', facts: { kept: kept.size, adopted: adopted.length, dropped: dropped.length } },
    )
  })
  return kept
}

function agrees(listed: ListedPart, own: PartRow): boolean {
  if (listed.bytes !== own.size || plainEtag(listed.etag) !== plainEtag(own.etag)) return false
  if (own.checkKind !== 'crc32' || listed.crc32 === undefined) return true
  return Buffer.compare(listed.crc32, own.checkValue) === 0
}

async function prove(
  run: Run,
  row: TransferRow,
  listed: ListedPart,
  file: SourceFile,
): Promise<PartRow | undefined> {
  const { partSize, checkKind } = planned(row)
  const { start, bytes } = partRange(row.size, partSize, listed.number)
  const kind = checkKind === 'md5' ? 'md5' : 'crc32'
  const checksum = await file.hash(kind, start, bytes, run.signal)
  const { etagIsMd5 } = await run.lane.abilities(run.signal)
  const isProven =
    kind === 'crc32'
      ? listed.crc32 !== undefined && Buffer.compare(listed.crc32, checksum.value) === 0
      : etagIsMd5 && plainEtag(listed.etag) === hex(checksum.value)
  if (!isProven) return undefined
  return { n: listed.number, size: bytes, checkKind: kind, checkValue: checksum.value, etag: listed.etag }
}

/** Compares the file with what was sent of it before this process began. Fails with `changed`: the parts are of another file. */
export async function recheckParts(
  row: TransferRow,
  file: SourceFile,
  parts: ReadonlyMap<number, PartRow>,
  signal: AbortSignal,
): Promise<void> {
  const { partSize } = planned(row)
  for (const part of parts.values()) {
    const { start, bytes } = partRange(row.size, partSize, part.n)
    const found = await file.hash(part.checkKind, start, bytes, signal)
    if (!sameChecksum(found, { kind: part.checkKind, value: part.checkValue }))
      throw new SourceFailure('changed')
  }
}
