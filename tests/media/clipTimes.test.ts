/** What Rushes reads from a container's own table is what ffprobe reads from it, however it was written. */
import { spawnSync } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { readMediaInfo } from '../../src/main/media/mediaInfo.ts'
import { fileBudget } from '../../src/main/media/times/byteWindow.ts'
import { readClipTimes } from '../../src/main/media/times/clipTimes.ts'
import { frameStartSeconds } from '../../src/shared/frameTime.ts'
import { frameTableOf } from '../../src/shared/frameTimes.ts'
import { type CodedClip, hasFfmpeg, makeClips } from './codedClips.ts'

const wasm = createRequire(import.meta.url).resolve('mediainfo.js/MediaInfoModule.wasm')
const fragmented = ['-movflags', '+frag_keyframe+empty_moov+delay_moov+default_base_moof']
const small = { frames: 50, width: 320, height: 180 }

const clips: readonly CodedClip[] = [
  { ...small, name: 'even.mp4', rate: '24000/1001' },
  { ...small, name: 'noEdits.mp4', rate: '25/1', muxing: ['-use_editlist', '0'] },
  { ...small, name: 'negative.mp4', rate: '25/1', muxing: ['-movflags', '+negative_cts_offsets'] },
  { ...small, name: 'fragments.mp4', rate: '25/1', muxing: fragmented },
  { ...small, name: 'late.mp4', rate: '25/1', startSeconds: 0.7 },
  { ...small, name: 'lateFragments.mp4', rate: '25/1', startSeconds: 0.7, muxing: fragmented },
  { ...small, name: 'late.webm', rate: '25/1', startSeconds: 0.7, codec: 'vp9' },
  { ...small, name: 'varied.mp4', rate: '30/1', isVariable: true },
  { ...small, name: 'variedFragments.mp4', rate: '30/1', isVariable: true, muxing: fragmented },
  { ...small, name: 'varied.mov', rate: '24/1', isVariable: true },
  { ...small, name: 'varied.webm', rate: '25/1', isVariable: true, codec: 'vp9' },
  { ...small, name: 'varied.mkv', rate: '25/1', isVariable: true },
  { ...small, name: 'even.mkv', rate: '30000/1001' },
]

function startsByFfprobe(path: string): number[] {
  const probed = spawnSync(
    'ffprobe',
    ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path],
    { encoding: 'utf8' },
  )
  const times = probed.stdout.split('\n').map((line) => Number.parseFloat(line))
  return times.filter((time) => !Number.isNaN(time)).sort((a, b) => a - b)
}

async function readTimes(path: string) {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const bytes = {
      size,
      async read(offset: number, length: number) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
        return buffer.subarray(0, bytesRead)
      },
    }
    return await readClipTimes(bytes, await readMediaInfo(bytes, wasm), fileBudget)
  } finally {
    await handle.close()
  }
}

test.skipIf(!hasFfmpeg())(
  'every frame starts where ffprobe says, in every way of writing a file',
  async () => {
    const { folder, paths } = await makeClips(clips)
    try {
      for (const [index, path] of paths.entries()) {
        const { name, isVariable = false } = clips[index] ?? { name: path }
        const theirs = startsByFfprobe(path)
        const { info, times } = await readTimes(path)
        expect(theirs.length, name).toBe(small.frames)
        expect({ name, frames: info.frames, isVariableRate: info.isVariableRate }).toEqual({
          ...{ name, frames: theirs.length, isVariableRate: isVariable },
        })
        const { rate } = info
        if (rate === null) throw new Error(`${name} has no rate`)
        const table = times === null ? null : frameTableOf(times)
        for (const [frame, start] of theirs.entries()) {
          const ours = table === null ? frameStartSeconds(frame, rate) : table.startSeconds(frame)
          expect(Math.abs(ours - start), `${name}, frame ${frame}`).toBeLessThan(0.0011)
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  60_000,
)
