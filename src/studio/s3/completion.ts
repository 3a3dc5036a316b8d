import { type ChecksumKind, type ChecksumType, joinChecksums } from './checksums.ts'
import { S3Error } from './s3Error.ts'
import type { PartRow, UploadRow } from './storeRows.ts'

export interface WriteCondition {
  readonly onlyIfAbsent: boolean
  /** The ETag that the object at the key must have. */
  readonly onlyIfEtag: string | undefined
}

export interface PartClaim {
  readonly number: number
  readonly etag: string
  readonly checksum: { readonly kind: ChecksumKind; readonly value: string } | undefined
}

export interface CompleteClaim {
  readonly parts: readonly PartClaim[]
  readonly checksum: { readonly kind: ChecksumKind; readonly value: string } | undefined
  readonly checksumType: ChecksumType | undefined
  readonly bytes: number | undefined
  readonly condition: WriteCondition
}

export const minPartBytes = 5 * 2 ** 20

/** ETags travel with and without quotes. */
export const bareEtag = (etag: string): string => etag.replace(/^"|"$/g, '')

/** The stored parts that the client names, in its order, each refused where it is not the one it means. */
export function chosenParts(
  claim: CompleteClaim,
  upload: UploadRow,
  stored: ReadonlyMap<number, PartRow>,
): PartRow[] {
  const needsChecksums = upload.checksum_kind !== null && upload.checksum_type === 'COMPOSITE'
  const isOrdered = claim.parts.every(({ number }, index) => number > (claim.parts[index - 1]?.number ?? 0))
  if (!isOrdered) {
    throw new S3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    )
  }
  const parts: PartRow[] = []
  for (const [index, { number, etag, checksum }] of claim.parts.entries()) {
    const part = stored.get(number)
    const isMeant = part !== undefined && part.etag === bareEtag(etag)
    const isSameChecksum =
      checksum === undefined || (checksum.kind === part?.checksum_kind && checksum.value === part.checksum)
    if (!isMeant || !isSameChecksum) {
      throw new S3Error(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { UploadId: upload.id, PartNumber: number, ETag: bareEtag(etag) },
      )
    }
    if (needsChecksums && checksum === undefined) {
      throw new S3Error(
        'InvalidRequest',
        `The upload was created using a ${upload.checksum_kind?.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      )
    }
    if (part.bytes < minPartBytes && index < claim.parts.length - 1) {
      throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        ETag: part.etag,
        MinSizeAllowed: minPartBytes,
        ProposedSize: part.bytes,
        PartNumber: number,
      })
    }
    parts.push(part)
  }
  return parts
}

/** The object's checksum, where every part has one of the same kind; checked against what the client claims. */
export function joinedChecksum(
  upload: UploadRow,
  parts: readonly PartRow[],
  claim: CompleteClaim,
): { kind: ChecksumKind; type: ChecksumType; value: string } | undefined {
  const kind = upload.checksum_kind ?? claim.checksum?.kind
  if (kind === undefined) return undefined
  const type = upload.checksum_type ?? claim.checksumType ?? 'FULL_OBJECT'
  if (claim.checksumType !== undefined && claim.checksumType !== type) {
    throw new S3Error(
      'InvalidRequest',
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    )
  }
  const sums = parts.map(({ checksum, checksum_kind, bytes }) =>
    checksum_kind === kind && checksum !== null ? { checksum, bytes } : undefined,
  )
  if (!sums.every((sum) => sum !== undefined)) {
    throw new S3Error('InvalidRequest', `A ${kind} checksum is not known for every part of the upload.`)
  }
  const value = joinChecksums(kind, type, sums)
  const accepted = [value, value.replace(/-\d+$/, '')]
  const { checksum } = claim
  if (checksum !== undefined && (checksum.kind !== kind || !accepted.includes(checksum.value))) {
    throw new S3Error('BadDigest', `The ${kind} you specified did not match the calculated checksum.`)
  }
  return { kind, type, value }
}
