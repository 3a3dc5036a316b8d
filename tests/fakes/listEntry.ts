import { frameRates } from '../../src/shared/frameRate.ts'
import { connectionIdSchema, entryIdSchema } from '../../src/shared/ids.ts'
import type { Entry } from '../../src/shared/playlist.ts'

/** An entry of a list: ten frames of a clip at 25 a second that stands for no asset. */
export const listEntry = (number: number, more: Partial<Entry> = {}): Entry => ({
  id: entryIdSchema.parse(`01J0000000000000000000000${number}`),
  connectionId: connectionIdSchema.parse('01J00000000000000000000000'),
  assetId: null,
  placeId: null,
  versionId: null,
  versionNumber: 1,
  versionCount: 1,
  isPinned: false,
  range: null,
  span: null,
  problem: null,
  name: `clip ${number}`,
  kind: 'video',
  isReady: true,
  thumbnailKey: null,
  review: 'none',
  commentCount: 0,
  frames: 10,
  rate: frameRates['25'],
  isVariableRate: false,
  ...more,
})
