import { expect, test } from 'vitest'
import type { UploadFacts } from '../../transfers/uploadFile.ts'
import type { CandidioClient } from './client.ts'
import { createCandidioTarget } from './upload.ts'
import { type Asset, assetSchema } from './wire.ts'

const now = Date.UTC(2026, 0, 2)
const facts: UploadFacts = {
  transferId: 't1',
  batchId: 'b1',
  folders: [],
  versionOf: null,
  metadata: null,
  modifiedAt: now,
  name: 'A001_C001.MOV',
  bytes: 4000,
  mediaType: 'video/quicktime',
  bucket: 'footage',
  objectKey: 'station/t1/A001_C001.MOV',
  remote: { workspaceId: 'w1', productionId: 'p1' },
  isClaimed: () => false,
}
const asset = (fields: Partial<Asset>) =>
  assetSchema.parse({
    id: 'a1',
    file_name: 'A001_C001',
    file_type: 'mov',
    size: 4000,
    created_at: new Date(now).toISOString(),
    ...fields,
  })

/** Looks for the asset of a lost answer among those a service lists. */
function lookUp(listed: Asset[], given: Partial<UploadFacts> = {}): Promise<string | undefined> {
  const pagination = { total: listed.length, per_page: 100, current_page: 1, total_pages: 1 }
  const client: Pick<CandidioClient, 'assets'> = {
    assets: async () => ({ data: listed, meta: { pagination } }),
  }
  const [step] = createCandidioTarget(client as CandidioClient).after
  if (step?.lookUp === undefined) throw new Error('nothing is registered')
  return step.lookUp({ ...facts, ...given }, new Map(), now, new AbortController().signal)
}

test('an asset is known by the object key in its link', async () => {
  const link = 'https://store.test/footage/station/t1/A001_C001.MOV?signature=x'
  expect(await lookUp([asset({ id: 'other' }), asset({ id: 'own', link_download: link })])).toBe('own')
})

test('without a link it is known by name and size, in whatever case its ending is kept', async () => {
  expect(await lookUp([asset({})])).toBe('a1')
  expect(await lookUp([asset({ file_name: 'A001_C001.mov' })])).toBe('a1')
  expect(await lookUp([asset({ size: 4001 })])).toBeUndefined()
  expect(await lookUp([asset({ file_name: 'A001_C002' })])).toBeUndefined()
})

test('what is already another transfer’s, or older than the intent, is left alone', async () => {
  expect(await lookUp([asset({})], { isClaimed: () => true })).toBeUndefined()
  expect(await lookUp([asset({ created_at: '2020-01-01T00:00:00.000Z' })])).toBeUndefined()
})
