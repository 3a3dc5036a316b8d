import nodeProcess from 'node:process'
import type { UtilityProcess } from 'electron'
import { utilityProcess } from 'electron'
import type { CallTable, Connected, EventTable, Port } from '../shared/rpc.ts'
import { connect } from '../shared/rpc.ts'

export interface SupervisedOptions<Calls extends CallTable, Events extends EventTable> {
  /** Shown in the system's process list. */
  readonly name: string
  readonly script: string
  readonly args: readonly string[]
  readonly calls: Calls
  readonly events: Events
  readonly onEvent: Parameters<typeof connect<Calls, Events>>[3]
  /** After every start, also after a crash. */
  readonly onUp: () => void
  /** It ended unasked and will be started again. */
  readonly onDown?: () => void
  readonly report: (text: string) => void
}

export interface SupervisedProcess<Calls extends CallTable> {
  /** Fails with `transfer.hostStopped` while the process is down. */
  readonly call: Connected<Calls>['call']
  pid(): number | undefined
  /** Ends it for good; it gets `grace` milliseconds to go by itself. */
  stop(grace: number): Promise<void>
}

const firstRestartDelay = 250
const longestRestartDelay = 30_000
/** One that is asked to end and does not would keep the app from quitting. */
const hardGrace = 2_000

/** A utility process with typed calls that is started again when it ends unasked, later each time it ends at once. */
export function startSupervised<Calls extends CallTable, Events extends EventTable>(
  options: SupervisedOptions<Calls, Events>,
): SupervisedProcess<Calls> {
  let child: UtilityProcess | undefined
  let connected: Connected<Calls> | undefined
  let isStopping = false
  let restart: NodeJS.Timeout | undefined
  let delay = firstRestartDelay

  const start = () => {
    const started = Date.now()
    const process = utilityProcess.fork(options.script, [...options.args], {
      serviceName: options.name,
      // Nobody reads what it would print: a full pipe would stop it in the middle of its work.
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = process
    const port: Port = {
      post: (message) => process.postMessage(message),
      listen: (listener) => process.on('message', listener),
    }
    connected = connect(port, options.calls, options.events, options.onEvent)
    process.stderr?.on('data', (text: Buffer) =>
      options.report(`${options.name}: ${text.toString('utf8').trim()}`),
    )
    // Without a listener this event would be thrown here, and the exit that follows it is handled below.
    process.on('error', (type, location) => options.report(`${options.name}: ${type} at ${location}`))
    process.once('exit', (code) => {
      connected?.close()
      child = undefined
      if (isStopping) return
      if (Date.now() - started > longestRestartDelay) delay = firstRestartDelay
      options.report(`${options.name} ended with ${code}; starting it again in ${delay} ms`)
      restart = setTimeout(start, delay)
      delay = Math.min(delay * 2, longestRestartDelay)
      options.onDown?.()
    })
    process.once('spawn', options.onUp)
  }
  start()

  const call = new Proxy({} as Connected<Calls>['call'], {
    get: (_target, name) => (connected?.call as Record<string | symbol, unknown> | undefined)?.[name],
  })
  return {
    call,
    pid: () => child?.pid,
    async stop(grace) {
      isStopping = true
      clearTimeout(restart)
      const process = child
      if (process === undefined) return
      const gone = new Promise<void>((resolve) => process.once('exit', () => resolve()))
      const asking = setTimeout(() => process.kill(), grace)
      const insisting = setTimeout(() => killHard(process.pid), grace + hardGrace)
      await gone
      clearTimeout(asking)
      clearTimeout(insisting)
    },
  }
}

function killHard(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    nodeProcess.kill(pid, 'SIGKILL')
  } catch {
    // It went in the meantime; its exit is on the way.
  }
}
