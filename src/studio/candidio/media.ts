/** What the studio knows of files by their ending: the media type, and whether a browser plays or shows them. */
interface FileKind {
  readonly mimetype: string
  /** Which preview it can be: shown as it is, as nothing here transcodes. */
  readonly preview?: 'mp4' | 'webm' | 'image'
}

const kinds: Readonly<Record<string, FileKind>> = {
  mp4: { mimetype: 'video/mp4', preview: 'mp4' },
  m4v: { mimetype: 'video/mp4', preview: 'mp4' },
  webm: { mimetype: 'video/webm', preview: 'webm' },
  mov: { mimetype: 'video/quicktime' },
  mxf: { mimetype: 'application/mxf' },
  avi: { mimetype: 'video/x-msvideo' },
  mkv: { mimetype: 'video/x-matroska' },
  m4a: { mimetype: 'audio/mp4', preview: 'mp4' },
  mp3: { mimetype: 'audio/mpeg', preview: 'mp4' },
  wav: { mimetype: 'audio/wav', preview: 'mp4' },
  aif: { mimetype: 'audio/aiff' },
  aiff: { mimetype: 'audio/aiff' },
  flac: { mimetype: 'audio/flac' },
  jpg: { mimetype: 'image/jpeg', preview: 'image' },
  jpeg: { mimetype: 'image/jpeg', preview: 'image' },
  png: { mimetype: 'image/png', preview: 'image' },
  gif: { mimetype: 'image/gif', preview: 'image' },
  webp: { mimetype: 'image/webp', preview: 'image' },
  tif: { mimetype: 'image/tiff' },
  tiff: { mimetype: 'image/tiff' },
  pdf: { mimetype: 'application/pdf' },
}

const kindOf = (fileType: string): FileKind | undefined => {
  const name = fileType.toLowerCase()
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

/** The type by the ending where that is known, as the service corrects `image/mp4`; otherwise what the client says. */
export const mimetypeOf = (fileType: string, claimed: string): string => kindOf(fileType)?.mimetype ?? claimed

export const previewOf = (fileType: string): FileKind['preview'] => kindOf(fileType)?.preview

/** The condition that asset rows of a kind meet: by media type, then by ending. */
export function assetTypeSql(type: string): string | undefined {
  const endings = (family: string) =>
    Object.entries(kinds)
      .filter(([, kind]) => kind.mimetype.startsWith(`${family}/`))
      .map(([ending]) => `'${ending}'`)
      .join(', ')
  const is = (family: string) =>
    `mimetype LIKE '${family}/%' OR (mimetype NOT LIKE 'audio/%' AND mimetype NOT LIKE 'image/%'
      AND mimetype NOT LIKE 'video/%' AND lower(file_type) IN (${endings(family)}))`
  switch (type) {
    case 'audio':
    case 'image':
    case 'video':
      return is(type)
    case 'other':
      return `NOT (${is('audio')}) AND NOT (${is('image')}) AND NOT (${is('video')})`
    default:
      return undefined
  }
}

/** Where the app puts the picture of an object. */
export const thumbnailKey = (objectKey: string): string => `${objectKey}.thumb.jpg`
