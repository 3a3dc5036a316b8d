/** The steps of a CI run: a fresh clone, a command within its time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, run } from '../setup/command.mjs'
import { SetupProblem, say, secondsSince } from '../setup/say.mjs'

/**
 * @param {string} place a new folder; the clone lies in it beside its cache and results
 * @param {string} origin
 * @returns {Promise<string>} the clone
 */
export async function cloneInto(place, origin) {
  mkdirSync(place)
  const clone = join(place, 'rushes')
  // git refuses a repository that belongs to another user; the one we are started from may.
  const config = join(place, 'gitconfig')
  writeFileSync(config, `[safe]\n\tdirectory = ${join(origin, '.git')}\n`)
  const env = { ...process.env, GIT_CONFIG_GLOBAL: config }
  const args = ['clone', '--quiet', '--no-hardlinks', origin, clone]
  const outcome = await run('git', args, { env, timeoutMs: 120_000 })
  if (outcome.code !== 0) throw new SetupProblem(`The repository cannot be cloned.\n${lastLines(outcome)}`)
  return clone
}

/** @param {Record<string, string>} env @returns {Record<string, string | undefined>} what a command in a clone sees */
export function stepEnvironment(env) {
  // What the set-up of the outer checkout decided must not reach the clone.
  const outer = /^(RUSHES_|ELECTRON_(OVERRIDE|EXEC)|npm_(lifecycle|package|command|execpath)|INIT_CWD$)/
  const kept = Object.entries(process.env).filter(([name]) => !outer.test(name))
  return { ...Object.fromEntries(kept), CI: 'true', ...env }
}

/**
 * @param {string} name
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: Record<string, string>, timeoutMs: number, isQuiet?: boolean }} options
 */
export async function runStep(name, [program = '', ...args], { cwd, env, timeoutMs, isQuiet }) {
  say(`\n── ${name}`)
  const start = performance.now()
  const output = isQuiet ? 'capture' : 'stderr'
  const outcome = await run(program, args, { cwd, env: stepEnvironment(env), timeoutMs, output })
  const end = outcome.timedOut ? 'took too long and was stopped' : `exit code ${outcome.code}`
  say(`── ${name}: ${end} (${secondsSince(start)})`)
  return outcome
}
