import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFrameCode } from './frameCode.ts'

/**
 * The code in every frame of a file, in the order ffmpeg decodes them. Only the bottom eighth of each picture becomes
 * pixels: the code is there.
 */
export async function decodedCodes(
  file: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<ReturnType<typeof readFrameCode>[]> {
  // Even: half of the rows carry colour.
  const top = Math.floor((height * 7) / 16) * 2
  const stripBytes = width * (height - top) * 4
  const child = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', file, '-map', '0:v', '-vsync', 'passthrough'],
      ...['-vf', `crop=${width}:${height - top}:0:${top}`, '-f', 'rawvideo', '-pix_fmt', 'rgba', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  const codes: ReturnType<typeof readFrameCode>[] = []
  let pending = Buffer.alloc(0)
  for await (const chunk of child.stdout) {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= stripBytes) {
      codes.push(readFrameCode(pending, width, height - top, { x: 0, y: -top, width, height }))
      pending = pending.subarray(stripBytes)
    }
  }
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
  return codes
}
