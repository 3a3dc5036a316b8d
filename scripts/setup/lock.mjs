/** One set-up at a time per checkout, even when the one before was killed and left its npm running. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { signalGroup } from './command.mjs'
import { isAlive, markOf } from './processes.mjs'
import { SetupProblem, say } from './say.mjs'

/** @typedef {import('./processes.mjs').ProcessMark} ProcessMark */
/** @typedef {{ owner: ProcessMark, child?: ProcessMark }} LockFacts */
/** @typedef {{ noteChild(pid: number): void, release(): void }} Lock */

const patienceMs = 20 * 60_000

/** @param {string} file @returns {LockFacts | undefined} */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Absent, or its writer was killed between creating and filling it.
    return undefined
  }
}

/** @param {string} file @param {LockFacts | undefined} facts */
async function clearStale(file, facts) {
  if (facts?.child && isAlive(facts.child)) {
    say(`… An interrupted set-up left process ${facts.child.pid} at work; stopping it`)
    signalGroup(facts.child.pid, 'SIGTERM')
    for (let tries = 0; isAlive(facts.child); tries++) {
      if (tries === 50) signalGroup(facts.child.pid, 'SIGKILL')
      if (tries > 100)
        throw new SetupProblem(`Process ${facts.child.pid} does not stop. End it, then start again.`)
      await wait(100)
    }
  }
  rmSync(file, { force: true })
}

/**
 * Waits while another set-up works here; takes over from one that died.
 * @param {string} folder
 * @returns {Promise<Lock>}
 */
export async function takeLock(folder) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'setup.lock')
  /** @type {LockFacts} */
  const mine = { owner: markOf(process.pid) }
  const giveUpAt = Date.now() + patienceMs
  let told = false
  let unreadable = 0
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx' })
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const facts = readLock(file)
    unreadable = facts ? 0 : unreadable + 1
    // An empty lock file is given a moment to be filled before it counts as abandoned.
    if ((facts && !isAlive(facts.owner)) || unreadable > 10) {
      await clearStale(file, facts)
      continue
    }
    if (!told && facts) say(`… Another set-up is at work here (process ${facts.owner.pid}); waiting for it`)
    told ||= facts !== undefined
    if (Date.now() > giveUpAt) throw new SetupProblem('The other set-up did not finish within 20 minutes.')
    await wait(200)
  }
  return {
    noteChild(pid) {
      mine.child = markOf(pid)
      writeFileSync(`${file}.next`, JSON.stringify(mine))
      renameSync(`${file}.next`, file)
    },
    release() {
      rmSync(file, { force: true })
    },
  }
}
