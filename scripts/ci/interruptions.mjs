/** Kills a set-up where it hurts: by the id of its process, without a word of warning. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say } from '../setup/say.mjs'
import { stepEnvironment } from './steps.mjs'

const patienceMs = 10 * 60_000

/**
 * @param {string} clone
 * @param {Record<string, string>} env
 * @param {() => boolean} isInTheMiddle
 * @returns {Promise<boolean>} whether the moment came before the set-up ended
 */
async function killWhen(clone, env, isInTheMiddle) {
  const child = spawn(process.execPath, ['scripts/setup.mjs'], {
    cwd: clone,
    env: stepEnvironment(env),
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  const giveUpAt = Date.now() + patienceMs
  let hasCome = false
  while (!hasCome && child.exitCode === null && Date.now() < giveUpAt) {
    await wait(5)
    hasCome = isInTheMiddle()
  }
  child.kill('SIGKILL')
  await gone
  say(hasCome ? '  killed' : '  it ended before it could be killed')
  return hasCome
}

/** @param {string} folder */
function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : []
}

/**
 * Some packages are there, not all. npm itself is left running, as a killed terminal leaves it.
 * @param {string} clone
 * @param {Record<string, string>} env
 */
export async function killDuringInstall(clone, env) {
  const modules = join(clone, 'node_modules')
  const isHalf = await killWhen(
    clone,
    env,
    () => existsSync(join(modules, 'react')) && namesIn(modules).length > 100,
  )
  return isHalf && !existsSync(join(modules, '.rushes-installed'))
}

/**
 * The program is there, the last files are not.
 * @param {string} clone
 * @param {Record<string, string>} env
 */
export async function killDuringUnpack(clone, env) {
  const cache = env['RUSHES_CACHE'] ?? ''
  const isHalf = await killWhen(clone, env, () =>
    namesIn(cache).some((name) => name.startsWith('.making-') && existsSync(join(cache, name, 'electron'))),
  )
  return isHalf && namesIn(cache).every((name) => name.startsWith('.making-'))
}
