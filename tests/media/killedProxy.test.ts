/** The app is killed while a proxy is being made: its ffmpeg ends by itself, and the next start takes the half away. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleForNode } from '../../scripts/bundleForNode.mjs'
import { forkChild } from '../fakes/forkedChild.ts'
import { aVersion, infoOf, proxyBench } from '../fakes/proxyBench.ts'
import { type CodedClip, hasFfmpeg, makeClips } from './codedClips.ts'

const withSound: CodedClip = {
  ...{ name: 'sound.mov', codec: 'prores', rate: '24000/1001', frames: 60, soundSeconds: 2.5 },
}
const silent: CodedClip = { name: 'silent.mov', codec: 'prores', rate: '24000/1001', frames: 60 }

let folder = ''
let paths: string[] = []
let entry = ''
beforeAll(async () => {
  if (!hasFfmpeg()) return
  ;({ folder, paths } = await makeClips([withSound, silent]))
  entry = (await bundleForNode({ proxyMaker: 'tests/fakes/proxyMaker.ts' }))('proxyMaker')
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program that has ended and only waits for somebody to ask how is no program any more. */
async function runs(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  const said = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return said !== '' && !/\) [ZX] /.test(said)
}

describe.skipIf(!hasFfmpeg())('when the app is killed while it makes a proxy', () => {
  test.each([
    [0, withSound.name],
    [1, silent.name],
  ])('nothing runs on and nothing stays (%i, %s)', async (index) => {
    const root = await mkdtemp(join(tmpdir(), 'rushes-proxies-'))
    const clip = paths[index] ?? ''
    const app = forkChild(entry, [root, clip, JSON.stringify(await infoOf(clip))])
    const pids: number[] = []
    app.child.on('message', (told: { pid: number }) => pids.push(told.pid))
    try {
      // The look at it, the picture, the proxy.
      await expect.poll(() => pids.length, { timeout: 10_000 }).toBe(3)
      const left = () => readdir(root, { recursive: true })
      await expect.poll(async () => (await left()).some((name) => name.endsWith('video'))).toBe(true)
      const [, , maker = 0] = pids
      expect(await runs(maker)).toBe(true)
      app.child.kill('SIGKILL')
      await app.exited
      const next = await proxyBench({ root })
      await next.proxies.start()
      await expect.poll(() => runs(maker), { timeout: 12_000 }).toBe(false)
      expect(await left()).toEqual([])
      expect(await next.proxies.bytes()).toBe(0)
      expect(await next.proxies.state(aVersion(1))).toEqual({ state: 'none' })
    } finally {
      app.child.kill('SIGKILL')
      for (const pid of pids) if (await runs(pid)) process.kill(pid, 'SIGKILL')
      await rm(root, { recursive: true, force: true })
    }
  })
})
