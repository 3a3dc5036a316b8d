import type { MediaInfo } from '../../../shared/place.ts'

type Names = Readonly<Record<string, (profile: string | undefined) => string>>

const withProfile = (name: string) => (profile: string | undefined) =>
  profile === undefined ? name : `${name} ${profile}`

/** MediaInfo's names, as people who work with footage say them. */
const names: Names = {
  ProRes: (profile) => `${withProfile('ProRes')(profile)} (Apple)`,
  'VC-3': (profile) => `${profile?.startsWith('DNx') ? profile : 'DNxHD'} (Avid)`,
  HEVC: () => 'HEVC (H.265)',
  AVC: withProfile('H.264'),
  'MPEG Video': (profile) => (profile && /^(XD|IM|HD)/.test(profile) ? `MPEG-2 (${profile})` : 'MPEG-2'),
  'JPEG 2000': () => 'JPEG 2000',
  CineForm: () => 'CineForm (GoPro)',
}

/** What a medium is made of, in the words of the trade; null where the file does not say. */
export function codecName({ kind, videoCodec, videoProfile, audioCodec }: MediaInfo): string | null {
  const codec = kind === 'audio' ? audioCodec : videoCodec
  if (codec === null) return null
  return names[codec]?.(videoProfile) ?? codec
}
