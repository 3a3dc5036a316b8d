/** Clips made for a test, with the frame number written into the pixels of every frame. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ffmpegVersion, writeTestClip } from '../../scripts/samples/ffmpeg.mjs'
import { drawFrameCode } from './frameCode.ts'

export interface CodedClip {
  readonly name: string
  readonly rate: string
  readonly frames: number
  readonly codec?: 'h264' | 'vp9' | 'av1' | 'prores' | 'hevc' | 'mpeg2' | 'dnxhr'
  /** A tone that falls silent after half of it. */
  readonly soundSeconds?: number
  readonly timecode?: string
  /** No frame is as long as the next. */
  readonly isVariable?: boolean
  /** Nothing is shown before. */
  readonly startSeconds?: number
  /** Flags of the MP4 muxer. */
  readonly muxing?: readonly string[]
  readonly width?: number
  readonly height?: number
}

export const hasFfmpeg = (): boolean => ffmpegVersion() !== undefined

/** Grey pictures with a slow bar, so that a decoder has something to do, and the code of each frame. */
function* pictures(clip: CodedClip, clipId: number): Generator<Uint8Array> {
  const { width = 640, height = 360 } = clip
  for (let frame = 0; frame < clip.frames; frame += 1) {
    const rgb = new Uint8Array(width * height * 3).fill(70)
    const bar = (frame * 7) % width
    for (let y = 0; y < height / 2; y += 1) {
      const at = (y * width + bar) * 3
      rgb.fill(190, at, Math.min(at + 36, (y + 1) * width * 3))
    }
    drawFrameCode(rgb, width, height, frame, clipId)
    yield rgb
  }
}

/** Writes the clips into a folder of their own; resolves with their paths in the same order. */
export async function makeClips(clips: readonly CodedClip[]): Promise<{ folder: string; paths: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-clips-'))
  const paths: string[] = []
  for (const [index, clip] of clips.entries()) {
    const path = join(folder, clip.name)
    const { width = 640, height = 360, codec = 'h264', rate, timecode, isVariable = false } = clip
    const { soundSeconds, startSeconds = 0, muxing } = clip
    await writeTestClip(
      {
        width,
        height,
        codec,
        rate,
        timecode,
        isVariable,
        startSeconds,
        ...(soundSeconds && { soundSeconds }),
        ...(muxing && { muxing }),
      },
      path,
      pictures(clip, (index % 200) + 1),
    )
    paths.push(path)
  }
  return { folder, paths }
}
