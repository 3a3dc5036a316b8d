import { AppError } from '../../shared/errors.ts'

export const MiB = 2 ** 20
export const GiB = 2 ** 30

/** One piece of a file: `number` counts from 1, `start` from the file's first byte. */
export interface PartRange {
  readonly number: number
  readonly start: number
  readonly bytes: number
}

/** What a store accepts. S3's own limits; no known store allows more. */
export interface PartLimits {
  readonly maxParts: number
  readonly minPart: number
  readonly maxPart: number
  readonly maxObject: number
}
export const s3Limits: PartLimits = {
  maxParts: 10_000,
  minPart: 5 * MiB,
  maxPart: 5 * GiB,
  maxObject: 10_000 * 5 * GiB,
}

/** Files up to this size go up in one request. */
export const smallFileBytes = 16 * MiB

const slow = 0.5 * MiB
const fast = 100 * MiB

/** Part size for a measured speed (bytes a second; undefined while unknown): less to lose on a slow line, fewer requests on a fast one. */
export function preferredPartSize(bytesPerSecond: number | undefined): number {
  if (bytesPerSecond === undefined) return 16 * MiB
  if (bytesPerSecond < slow) return 8 * MiB
  return bytesPerSecond > fast ? 32 * MiB : 16 * MiB
}

/**
 * The part size for a file: the preferred one, or as much larger as the number of parts demands, in whole MiB.
 * Fails with `storage.tooLarge`. Chosen once and stored with the upload id: a resume must cut where the first run did.
 */
export function choosePartSize(bytes: number, preferred: number, limits: PartLimits = s3Limits): number {
  const needed = Math.ceil(bytes / limits.maxParts)
  const size = Math.ceil(Math.max(preferred, needed, limits.minPart) / MiB) * MiB
  if (bytes > limits.maxObject || size > limits.maxPart)
    throw new AppError('storage.tooLarge', { bytes, most: limits.maxObject })
  return size
}

export function partCountOf(bytes: number, partSize: number): number {
  return Math.max(1, Math.ceil(bytes / partSize))
}

/** The range of one part. All parts are equal but the last; an empty file is one empty part. */
export function partRange(bytes: number, partSize: number, number: number): PartRange {
  const start = (number - 1) * partSize
  return { number, start, bytes: Math.max(0, Math.min(partSize, bytes - start)) }
}

/** All ranges of a file, in order. */
export function planParts(bytes: number, partSize: number): PartRange[] {
  return Array.from({ length: partCountOf(bytes, partSize) }, (_, index) =>
    partRange(bytes, partSize, index + 1),
  )
}
