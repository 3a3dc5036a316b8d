import type { MediaBytes } from '../mediaInfo.ts'
import { ByteWindow, OutOfReach, type ReadBudget } from '../times/byteWindow.ts'
import type { TrackFacts } from './fileTrack.ts'
import { matroskaTracks } from './matroskaTracks.ts'
import { movieTracks } from './movieTracks.ts'

/** Tracks are described in a few places of a file: of one that is nothing like it, no more is read. */
export const trackBudget: ReadBudget = { reads: 40, bytes: 24 * 2 ** 20, window: 2 ** 16 }

/**
 * The caption tracks inside of a media file, from its headers alone; none of a file that is neither MP4, QuickTime,
 * Matroska nor WebM, or that is broken. Errors of reading pass through.
 */
export async function readCaptionTracks(bytes: MediaBytes): Promise<TrackFacts[]> {
  const window = new ByteWindow(bytes, trackBudget)
  try {
    return (await movieTracks(window)) ?? (await matroskaTracks(window)) ?? []
  } catch (error) {
    // Too far to go, or numbers that lead outside of the file.
    if (error instanceof OutOfReach || error instanceof RangeError) return []
    throw error
  }
}
