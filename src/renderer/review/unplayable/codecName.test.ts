import { expect, test } from 'vitest'
import type { MediaInfo } from '../../../shared/place.ts'
import { codecName } from './codecName.ts'

const info: MediaInfo = {
  ...{ kind: 'video', container: 'MXF', videoCodec: null, audioCodec: 'PCM', width: 1920, height: 1080 },
  ...{ rate: null, isVariableRate: false, frames: null, startFrame: 0, isDropFrame: false },
}

test.each([
  ['ProRes', '422 HQ', 'ProRes 422 HQ (Apple)'],
  ['ProRes', undefined, 'ProRes (Apple)'],
  ['VC-3', 'DNxHR HQ', 'DNxHR HQ (Avid)'],
  ['VC-3', 'RI', 'DNxHD (Avid)'],
  ['HEVC', 'Main 10', 'HEVC (H.265)'],
  ['AVC', 'High 4:2:2', 'H.264 High 4:2:2'],
  ['MPEG Video', 'Main', 'MPEG-2'],
  ['MPEG Video', 'XDCAM HD422', 'MPEG-2 (XDCAM HD422)'],
  ['Lagarith', undefined, 'Lagarith'],
])('%s %s is %s', (videoCodec, videoProfile, name) => {
  expect(codecName({ ...info, videoCodec, ...(videoProfile && { videoProfile }) })).toBe(name)
})

test('sound is named by its own codec, and nothing by nothing', () => {
  expect(codecName({ ...info, kind: 'audio' })).toBe('PCM')
  expect(codecName(info)).toBeNull()
})
