/** Clips with caption tracks inside, made by ffmpeg from coded clips and words. */
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface InnerTrack {
  /** ffmpeg's name of the codec; `copy` for pictures, which stand in `file`. */
  readonly codec: 'mov_text' | 'srt' | 'ass' | 'webvtt' | 'copy'
  /** SubRip; or ASS, which begins with `[`. */
  readonly words?: string
  readonly file?: string
  readonly language?: string
  readonly title?: string
  /** As `-disposition` takes it: `default+forced`. */
  readonly disposition?: string
}

export interface CaptionedClip {
  readonly name: string
  readonly tracks: readonly InnerTrack[]
  /** Picture and words both begin so late. */
  readonly startSeconds?: number
  /** Silence that begins at once. */
  readonly soundSeconds?: number
}

function ffmpeg(args: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`ffmpeg ended with ${status}: ${stderr}`)
}

/** Writes the clip beside `picture`, whose frames it shows, copied; resolves with its path. */
export async function captionedClip(picture: string, clip: CaptionedClip): Promise<string> {
  const folder = dirname(picture)
  const to = join(folder, clip.name)
  const late = ['-itsoffset', String(clip.startSeconds ?? 0)]
  const inputs = [...late, '-i', picture]
  const outputs = ['-map', '0:v:0', '-c:v', 'copy']
  if (clip.soundSeconds !== undefined) {
    inputs.unshift('-f', 'lavfi', '-i', `anullsrc=d=${clip.soundSeconds}:r=48000:cl=mono`)
    outputs.splice(0, outputs.length, '-map', '0:a', '-map', '1:v:0', '-c:v', 'copy', '-c:a', 'aac')
  }
  const before = clip.soundSeconds === undefined ? 1 : 2
  for (const [index, track] of clip.tracks.entries()) {
    const { words = '', language, title, disposition = '0' } = track
    const file = track.file ?? join(folder, `${clip.name}.${index}.${words.startsWith('[') ? 'ass' : 'srt'}`)
    if (track.file === undefined) await writeFile(file, words)
    inputs.push(...late, '-i', file)
    outputs.push('-map', `${before + index}:s:0`, `-c:s:${index}`, track.codec)
    if (language !== undefined) outputs.push(`-metadata:s:s:${index}`, `language=${language}`)
    const name = /\.(?:mp4|mov)$/.test(clip.name) ? 'handler_name' : 'title'
    if (title !== undefined) outputs.push(`-metadata:s:s:${index}`, `${name}=${title}`)
    outputs.push(`-disposition:s:${index}`, disposition)
  }
  ffmpeg([...inputs, ...outputs, to])
  return to
}

/** PGS, as on discs: one picture that is taken away again, without any dots in it. */
export function emptyPictures(): Buffer {
  const segment = (ms: number, type: number, body: readonly number[]) => {
    const header = Buffer.alloc(13)
    header.write('PG', 'latin1')
    header.writeUInt32BE(ms * 90, 2)
    header.writeUInt8(type, 10)
    header.writeUInt16BE(body.length, 11)
    return Buffer.concat([header, Buffer.from(body)])
  }
  const composition = (number: number) => [2, 128, 1, 104, 0x10, 0, number, 0x80, 0, 0, 0]
  return Buffer.concat(
    [1000, 2000].flatMap((ms, index) => [segment(ms, 0x16, composition(index)), segment(ms, 0x80, [])]),
  )
}

/** Times in milliseconds. */
export const subRip = (
  lines: readonly (readonly [startMs: number, endMs: number, text: string])[],
): string => {
  const time = (ms: number) => `${new Date(ms).toISOString().slice(11, 23).replace('.', ',')}`
  return lines
    .map(([start, end, text], index) => `${index + 1}\n${time(start)} --> ${time(end)}\n${text}\n`)
    .join('\n')
}
