/** Lines for the person at the terminal. All on stderr, so that `--print` leaves stdout to the result alone. */
import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Interrupted } from './command.mjs'

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** @param {number} sinceMs a value of `performance.now()` */
export function secondsSince(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
}

/**
 * Says what begins, does it, says how long it took. A failure passes through untouched.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function timed(what, work) {
  say(`… ${what}`)
  const start = performance.now()
  const result = await work()
  say(`✓ ${what} (${secondsSince(start)})`)
  return result
}

/** A set-up problem the person can do something about: printed as it stands, without a stack. */
export class SetupProblem extends Error {}

/**
 * Runs a command's main function and turns its outcome into the exit code.
 * @param {() => Promise<number | undefined>} main resolves to the exit code; undefined is 0
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    const isPlain = error instanceof SetupProblem || error instanceof Interrupted
    say(isPlain ? `\n${error.message}` : String(error instanceof Error ? error.stack : error))
    process.exitCode = error instanceof Interrupted ? 130 : 1
  }
}

/** @param {string} moduleUrl @returns {boolean} whether Node was started with this file */
export function isStartedDirectly(moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && pathToFileURL(realpathSync(started)).href === moduleUrl
}
