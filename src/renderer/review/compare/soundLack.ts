import type { Loaded, Media } from '../assetStore.ts'
import type { SoundLack } from './compareStore.ts'

/** Why a medium cannot be heard; null where it can, or is still being opened. */
export function soundLack({ value, failure }: Loaded<Pick<Media, 'info'>>): SoundLack | null {
  if (value === null) return failure === null ? null : 'missing'
  return value.info.audioCodec === null ? 'silent' : null
}
