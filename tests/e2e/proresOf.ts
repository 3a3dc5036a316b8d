import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The first four seconds of a sample clip as the master a grade would hand out: nothing a browser plays. */
export const proresOf = (clip: string, to: string): Promise<void> =>
  ffmpeg([
    ...['-t', '4', '-i', clip, '-c:v', 'prores', '-profile:v', '3', '-pix_fmt', 'yuv422p10le'],
    ...['-vendor', 'apl0', '-c:a', 'pcm_s16le', ...master, to],
  ])

/** The same pictures again and again, copied. */
export const manyTimes = (clip: string, to: string, times: number): Promise<void> =>
  ffmpeg(['-stream_loop', String(times - 1), '-i', clip, '-c', 'copy', ...master, to])

const master = ['-map', '0:v', '-map', '0:a', '-timecode', '01:00:00:00']

async function ffmpeg(args: readonly string[]): Promise<void> {
  const child = spawn('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
}
