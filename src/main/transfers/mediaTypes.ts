/** Media types by file ending: what this field uses. Anything else travels as plain bytes. */
const types: Readonly<Record<string, string>> = {
  mov: 'video/quicktime',
  qt: 'video/quicktime',
  mp4: 'video/mp4',
  m4v: 'video/x-m4v',
  mxf: 'application/mxf',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  mts: 'video/mp2t',
  m2ts: 'video/mp2t',
  ts: 'video/mp2t',
  '3gp': 'video/3gpp',
  wmv: 'video/x-ms-wmv',
  flv: 'video/x-flv',
  ogv: 'video/ogg',
  wav: 'audio/wav',
  bwf: 'audio/wav',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  exr: 'image/x-exr',
  dpx: 'image/x-dpx',
  cin: 'image/x-cineon',
  psd: 'image/vnd.adobe.photoshop',
  dng: 'image/x-adobe-dng',
  svg: 'image/svg+xml',
  ari: 'image/x-arriraw',
  arx: 'image/x-arriraw',
  r3d: 'video/x-red-r3d',
  braw: 'video/x-braw',
  crm: 'video/x-canon-crm',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ttml: 'application/ttml+xml',
  ass: 'text/x-ssa',
  edl: 'text/plain',
  txt: 'text/plain',
  csv: 'text/csv',
  xml: 'application/xml',
  fcpxml: 'application/xml',
  ale: 'text/plain',
  mhl: 'application/xml',
  json: 'application/json',
  otio: 'application/json',
  cube: 'text/plain',
  pdf: 'application/pdf',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  blend: 'application/x-blender',
  aaf: 'application/octet-stream',
}

export function mediaTypeOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return (dot < 0 ? undefined : types[name.slice(dot + 1).toLowerCase()]) ?? 'application/octet-stream'
}

const playableVideo = new Set(['video/mp4', 'video/x-m4v', 'video/quicktime', 'video/webm', 'video/ogg'])
const shownImages = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'])

/** Whether a window may be able to take a picture of such a file. */
export function pictureKindOf(mediaType: string): 'video' | 'image' | undefined {
  if (playableVideo.has(mediaType)) return 'video'
  return shownImages.has(mediaType) ? 'image' : undefined
}
