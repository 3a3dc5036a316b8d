import { describe, expect, test } from 'vitest'
import { assetOf } from './mapping.ts'
import { assetSchema } from './wire.ts'

const transferId = '01J9ZKQ0N8RAVY2S3XW4E5T6M7'
const asset = (more: object) =>
  assetOf(
    assetSchema.parse({
      ...{ id: 'a', file_name: 'A001', file_type: 'mov' },
      link_download: `https://store.example/bucket/rushes/station/${transferId}/A001.MOV?signature=secret`,
      ...more,
    }),
  )

describe('a Candidio asset', () => {
  test('is called as its file is, ending and all', () => {
    expect(asset({}).name).toBe('A001.MOV')
    expect(asset({ file_name: 'A001.MOV' }).name).toBe('A001.MOV')
    expect(asset({ link_download: null }).name).toBe('A001.mov')
    expect(asset({ link_download: 'https://store.example/other.mxf' }).name).toBe('A001.mov')
  })

  test('names the transfer it was sent by, and nothing else that may stand in a link', () => {
    expect(asset({}).transferId).toBe(transferId)
    expect(
      asset({ link_download: 'https://store.example/bucket/folder/A001.MOV' }).transferId,
    ).toBeUndefined()
    expect(JSON.stringify(asset({}))).not.toContain('secret')
  })
})
