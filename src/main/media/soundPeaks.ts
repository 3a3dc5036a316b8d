/** Stretches along the clip; as many as the widest screen has pixels. */
export const peakStretches = 4096
/** Samples a second that are asked of ffmpeg: enough for pixels. */
export const peakRate = 8000

export interface SoundPeaks {
  /** Signed 16-bit samples of one channel, little endian, cut anywhere. */
  add(bytes: Uint8Array): void
  /** Lowest and highest of each stretch, -1..1, as the page's waveform reads them: little-endian floats. */
  bytes(): Buffer
}

/**
 * Loudest and quietest along a sound that comes in pieces.
 * @param seconds how long it will be; what comes after it counts to the last stretch
 */
export function createSoundPeaks(seconds: number): SoundPeaks {
  const peaks = new Float32Array(peakStretches * 2)
  const all = Math.max(1, Math.round(seconds * peakRate))
  let at = 0
  let half: number | undefined
  const sample = (low: number, high: number) => {
    const unsigned = low | (high << 8)
    const value = (unsigned > 32_767 ? unsigned - 65_536 : unsigned) / 32_768
    const stretch = Math.min(peakStretches - 1, Math.floor((at * peakStretches) / all)) * 2
    if (value < (peaks[stretch] ?? 0)) peaks[stretch] = value
    if (value > (peaks[stretch + 1] ?? 0)) peaks[stretch + 1] = value
    at += 1
  }
  return {
    add(bytes) {
      for (const byte of bytes) {
        if (half === undefined) half = byte
        else {
          sample(half, byte)
          half = undefined
        }
      }
    },
    bytes() {
      const made = Buffer.alloc(peaks.length * 4)
      for (const [index, value] of peaks.entries()) made.writeFloatLE(value, index * 4)
      return made
    },
  }
}
