import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { redact } from './redact.ts'

export type LogLevel = 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, text: string) => void

const largest = 2 * 2 ** 20

/** A log file for the owner alone, without secrets or paths; kept to two files of 2 MiB. */
export function createLog(file: string, now: () => number): Log {
  mkdirSync(dirname(file), { recursive: true })
  let size = sizeOf(file)
  return (level, text) => {
    const line = `${new Date(now()).toISOString()} ${level} ${redact(text).replace(/\n/g, '\n  ')}\n`
    try {
      if (size > largest) {
        renameSync(file, `${file}.1`)
        size = 0
      }
      appendFileSync(file, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    } catch {
      // A full disk must not stop the work that is being told about.
      size = sizeOf(file)
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** An error with its causes, as one text for the log. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? `${error.name}: ${error.message}`
  return error.cause === undefined ? own : `${own}\ncaused by ${describe(error.cause)}`
}
