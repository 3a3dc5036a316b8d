import type { UploadFacts } from '../../transfers/uploadFile.ts'
import type { UploadStep, UploadTarget } from '../../transfers/uploadTarget.ts'
import type { CandidioClient } from './client.ts'
import { type Asset, candidioPlaceSchema, readDate } from './wire.ts'

const lookUpPages = 10
const pageSize = 100
/** How far the service's clock may be from ours before an asset made after our intent looks older than it. */
const clockSlack = 5 * 60_000

/**
 * Candidio's upload half: bytes go straight to the S3 bucket, then the asset is told of. The API has no idempotency key
 * and no filter by object key, so a lost answer is settled by our unique key in the links of the newest assets.
 */
export function createCandidioTarget(client: CandidioClient): UploadTarget {
  return { transport: 's3', before: [], after: [registerAsset(client)] }
}

function registerAsset(client: CandidioClient): UploadStep {
  return {
    name: 'registerAsset',
    async lookUp(facts, _done, intendedAt, signal) {
      const place = candidioPlaceSchema.parse(facts.remote)
      const since = intendedAt - clockSlack
      let twin: string | undefined
      for (let page = 1; page <= lookUpPages; page += 1) {
        const { data, meta } = await client.assets(
          place,
          { page, limit: pageSize, sort: 'created_at', direction: 'desc' },
          signal,
        )
        const own = data.find((asset) => keyIsIn(asset.link_download, facts.objectKey))
        if (own !== undefined) return own.id
        twin ??= data.find((asset) => isTwin(asset, facts, since))?.id
        const isOld = data.every((asset) => (readDate(asset.created_at) ?? since) < since)
        if (data.length === 0 || isOld || page >= meta.pagination.total_pages) break
      }
      return twin
    },
    async act(facts, _done, signal) {
      const place = candidioPlaceSchema.parse(facts.remote)
      const asset = await client.createAsset(
        place,
        {
          bucket: facts.bucket,
          object_key: facts.objectKey,
          file_name: facts.name,
          file_type: endingOf(facts.name),
          size: facts.bytes,
          mimetype: facts.mediaType,
          ...(place.productionId === null ? { is_stock: true } : {}),
        },
        signal,
      )
      return asset.id
    },
  }
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** The path of a download link, whatever its host and signature, holds the object's key. */
function keyIsIn(link: string | null | undefined, objectKey: string): boolean {
  const path = pathOf(link)
  return path?.endsWith(`/${objectKey}`) ?? false
}

function pathOf(link: string | null | undefined): string | undefined {
  if (link === null || link === undefined) return undefined
  try {
    return decodeURIComponent(new URL(link).pathname)
  } catch {
    return undefined
  }
}

/**
 * Only where the link cannot be read: same name and size, made after our intent, and not already another transfer's.
 * Cards hold twins of name and size.
 */
function isTwin(asset: Asset, facts: UploadFacts, since: number): boolean {
  if (pathOf(asset.link_download) !== undefined || asset.size !== facts.bytes) return false
  // The ending goes out in lower case: cameras write A001.MOV, the service keeps A001 and mov.
  const names = [asset.file_name, `${asset.file_name}.${asset.file_type ?? ''}`]
  if (!names.some((name) => name.toLowerCase() === facts.name.toLowerCase())) return false
  const createdAt = readDate(asset.created_at)
  return createdAt !== null && createdAt >= since && !facts.isClaimed(asset.id)
}
