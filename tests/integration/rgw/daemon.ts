import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

const run = promisify(execFile)
const stopMs = 15_000
const commandMs = 60_000

/** A server that this process started and alone stops. */
export interface Daemon {
  readonly name: string
  /** Fails if the process has ended, with what it said. */
  checkAlive(): void
  /** Asks it to end, and ends it if it does not; returns when it is gone. */
  stop(): Promise<void>
}

export function startDaemon(program: string, args: readonly string[]): Daemon {
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let hasEnded = false
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
    })
  const ended = once(child, 'exit')
    .catch((error: Error) => {
      said += error.message
    })
    .then(() => {
      hasEnded = true
    })
  const endNow = () => void child.kill('SIGKILL')
  process.once('exit', endNow)
  return {
    name: program,
    checkAlive() {
      if (hasEnded) throw new Error(`${program} has ended:\n${said}`)
    },
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(endNow, stopMs)
      await ended
      clearTimeout(late)
      process.off('exit', endNow)
    },
  }
}

/** Runs a program to its end and returns what it said. */
export async function ask(program: string, ...args: string[]): Promise<string> {
  return (await run(program, args, { timeout: commandMs })).stdout
}

/** Repeats a question until it is answered with yes; fails if a daemon ends or the time is over. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  daemons: readonly Daemon[],
  withinMs = 60_000,
): Promise<void> {
  const end = Date.now() + withinMs
  let last: unknown
  for (;;) {
    for (const daemon of daemons) daemon.checkAlive()
    try {
      if (await isSo()) return
    } catch (error) {
      last = error
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Ports that nobody listened on a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports: number[] = []
  for (const server of servers) {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    ports.push(address.port)
  }
  for (const server of servers) await once(server.close(), 'close')
  return ports
}
