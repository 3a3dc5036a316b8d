/** Set-ups that meet, and set-ups that were killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheEntry } from '../../scripts/setup/cacheEntry.mjs'
import { run } from '../../scripts/setup/command.mjs'
import { takeLock } from '../../scripts/setup/lock.mjs'
import { isAlive, markOf } from '../../scripts/setup/processes.mjs'

let folder = ''
const started: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-setup-'))
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A process in a group of its own that does nothing until it is ended. */
async function sleeper(): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--eval', 'setInterval(() => {}, 1000); process.stdout.write("up")'],
    {
      detached: true,
    },
  )
  started.push(child)
  await once(child.stdout, 'data')
  if (child.pid === undefined) throw new Error('no process')
  return child.pid
}

/** A process that is gone, with the mark it had. */
async function goneProcess() {
  const pid = await sleeper()
  const mark = markOf(pid)
  const child = started.find((one) => one.pid === pid)
  child?.kill('SIGKILL')
  if (child) await once(child, 'exit')
  return mark
}

test('a second set-up waits for the first', async () => {
  const first = await takeLock(folder)
  let isTaken = false
  const second = takeLock(folder).then((lock) => {
    isTaken = true
    return lock
  })
  // A lock that is free is taken within one turn.
  await new Promise((resolve) => setImmediate(resolve))
  expect(isTaken).toBe(false)
  first.release()
  ;(await second).release()
  expect(existsSync(join(folder, 'setup.lock'))).toBe(false)
})

test('the lock of a killed set-up is taken over and the install it left running is stopped', async () => {
  const child = markOf(await sleeper())
  const facts = { owner: await goneProcess(), child }
  writeFileSync(join(folder, 'setup.lock'), JSON.stringify(facts))
  const lock = await takeLock(folder)
  expect(isAlive(child)).toBe(false)
  lock.release()
})

test('a later process with the number of a dead one is not taken for it', async () => {
  const pid = await sleeper()
  expect(isAlive(markOf(pid))).toBe(true)
  if (process.platform === 'linux') expect(isAlive({ pid, startedAt: '1' })).toBe(false)
})

test('an entry of the cache is whole or absent', async () => {
  const failing = cacheEntry(folder, 'thing', async (target: string) => {
    writeFileSync(join(target, 'half'), '')
    throw new Error('interrupted')
  })
  await expect(failing).rejects.toThrow('interrupted')
  expect(readdirSync(folder)).toEqual([])
})

test('two set-ups that make the same entry both end with a whole one', async () => {
  const make = async (target: string) => writeFileSync(join(target, 'whole'), '')
  const both = await Promise.all([cacheEntry(folder, 'thing', make), cacheEntry(folder, 'thing', make)])
  expect(both).toEqual([join(folder, 'thing'), join(folder, 'thing')])
  expect(readdirSync(folder)).toEqual(['thing'])
})

test('what a killed set-up left in the cache is removed, what a living one makes is left alone', async () => {
  const gone = await goneProcess()
  const alive = markOf(process.pid)
  mkdirSync(join(folder, `.making-${gone.pid}-${gone.startedAt}-abc`, 'half'), { recursive: true })
  mkdirSync(join(folder, `.making-${alive.pid}-${alive.startedAt}-abc`))
  await cacheEntry(folder, 'thing', async (target: string) => writeFileSync(join(target, 'whole'), ''))
  expect(readdirSync(folder).sort()).toEqual([`.making-${alive.pid}-${alive.startedAt}-abc`, 'thing'])
})

test('a command that takes too long is ended with everything it started', async () => {
  const script = `const child = require('node:child_process').spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
process.stdout.write(String(child.pid)); setInterval(() => {}, 1000)`
  // Long enough for the two of them to have started on a busy machine.
  const outcome = await run(process.execPath, ['--eval', script], { timeoutMs: 3_000 })
  expect(outcome.timedOut).toBe(true)
  expect(outcome.stdout).toMatch(/^[1-9]\d*$/)
  await expect.poll(() => isAlive(markOf(Number(outcome.stdout)))).toBe(false)
})
