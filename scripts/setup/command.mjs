/** Runs one program to its end, within a time, and leaves nothing of it behind. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @typedef {object} CommandOptions
 * @property {number} timeoutMs the whole process group is killed after it; infinite for what a person ends
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] replaces the environment
 * @property {'inherit' | 'capture' | 'stderr'} [output] `stderr`: everything goes to our stderr
 * @property {string} [input] written to its stdin
 * @property {{ uid: number, gid: number }} [as] the user to become (root only)
 * @property {boolean} [endsItsHelpers] asked to stop, it must find them alive: Electron, which has things to put away
 * @property {(pid: number) => void} [onStart]
 */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string, timedOut: boolean }} Outcome */

/** Between the word and the deed when a program takes too long. */
const graceMs = 5_000

/** @type {Map<number, { endsItsHelpers: boolean }>} */
const running = new Map()
let isListening = false

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch (error) {
    // Already gone is what we want.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/** Somebody pressed Ctrl+C, or the system asked us to stop. */
export class Interrupted extends Error {}

let isInterrupted = false

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (isInterrupted || running.size === 0) process.exit(130)
  isInterrupted = true
  for (const [pid, { endsItsHelpers }] of running) {
    if (endsItsHelpers) process.kill(pid, signal)
    else signalGroup(pid, signal)
  }
  // What does not stop by itself is stopped; until then commands end, and their callers clean up.
  setTimeout(() => {
    for (const pid of running.keys()) signalGroup(pid, 'SIGKILL')
    process.exit(130)
  }, graceMs).unref()
}

function forwardSignals() {
  if (isListening) return
  isListening = true
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop)
}

/**
 * Never rejects for a bad exit code: the caller reads the outcome. Rejects when the program cannot be started,
 * and with `Interrupted` when we were asked to stop meanwhile.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<Outcome>}
 */
export function run(program, args, options) {
  forwardSignals()
  const output = options.output ?? 'capture'
  const sink = output === 'inherit' ? 'inherit' : output === 'stderr' ? process.stderr : 'pipe'
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      // A group of its own, so that a timeout reaches grandchildren as well.
      detached: process.platform !== 'win32',
      stdio: [options.input === undefined ? 'ignore' : 'pipe', sink, output === 'inherit' ? 'inherit' : sink],
      ...(options.as ?? {}),
    })
    let stdout = ''
    let stderr = ''
    let timedOut = false
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    const { pid } = child
    if (pid !== undefined) {
      running.set(pid, { endsItsHelpers: options.endsItsHelpers ?? false })
      options.onStart?.(pid)
    }
    const isBounded = Number.isFinite(options.timeoutMs)
    /** @type {NodeJS.Timeout | undefined} */
    let timer
    const kill = () => {
      if (pid !== undefined) signalGroup(pid, 'SIGKILL')
    }
    // First a word, so that it can end what it started in groups of their own.
    const onTimeout = () => {
      timedOut = true
      if (pid !== undefined) signalGroup(pid, 'SIGTERM')
      timer = setTimeout(kill, graceMs)
    }
    if (isBounded) timer = setTimeout(onTimeout, options.timeoutMs)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (pid !== undefined) running.delete(pid)
      if (isInterrupted) reject(new Interrupted('Interrupted.'))
      else resolve({ code, signal, stdout, stderr, timedOut })
    })
    if (options.input !== undefined) child.stdin?.end(options.input)
  })
}

/** The program and first arguments that run npm, without a shell. */
export function npmCommand() {
  const beside = dirname(process.execPath)
  const found = [
    process.env['npm_execpath']?.endsWith('npm-cli.js') ? process.env['npm_execpath'] : '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => path && existsSync(path))
  return found ? { program: process.execPath, args: [found] } : { program: 'npm', args: [] }
}

/** @param {Outcome} outcome @param {number} [lines] the end of what it said, for an error message */
export function lastLines(outcome, lines = 12) {
  return `${outcome.stdout}\n${outcome.stderr}`.trim().split('\n').slice(-lines).join('\n')
}
