import type { AssetKind } from '../../shared/place.ts'

const kindsByType: Readonly<Record<string, AssetKind>> = { video: 'video', audio: 'audio', image: 'image' }
const videoTypes = new Set(['mov', 'mp4', 'm4v', 'mxf', 'mkv', 'webm', 'avi', 'r3d', 'braw'])
const audioTypes = new Set(['wav', 'aif', 'aiff', 'mp3', 'm4a', 'flac'])
const imageTypes = new Set(['jpg', 'jpeg', 'png', 'tif', 'tiff', 'exr', 'dpx', 'webp', 'gif', 'ari'])

/** By media type, or its first half alone, else by a file's extension. */
export function kindOf(
  mediaType: string | null | undefined,
  extension: string | null | undefined,
): AssetKind {
  const byType = kindsByType[(mediaType ?? '').split('/')[0]?.toLowerCase() ?? '']
  if (byType !== undefined) return byType
  const type = (extension ?? '').toLowerCase()
  if (videoTypes.has(type)) return 'video'
  if (audioTypes.has(type)) return 'audio'
  return imageTypes.has(type) ? 'image' : 'other'
}
