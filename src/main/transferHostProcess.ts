import type { connect } from '../shared/rpc.ts'
import type { SupervisedProcess } from './supervisedProcess.ts'
import { startSupervised } from './supervisedProcess.ts'
import type { ConnectionAccess, HostCalls, HostEvents } from './transfers/hostContract.ts'
import { hostCalls, hostEvents } from './transfers/hostContract.ts'

export interface TransferHostOptions {
  readonly script: string
  readonly folder: string
  readonly installationId: string
  readonly access: () => ConnectionAccess[]
  readonly uploadLimit: () => number
  readonly onEvent: Parameters<typeof connect<HostCalls, HostEvents>>[3]
  /** It ended unasked; until it is up again nothing moves. */
  readonly onDown: () => void
  readonly report: (text: string) => void
}

/** The process that owns the queue. It is given keys at every start and whenever they change, and keeps them in memory only. */
export interface TransferHostProcess {
  readonly call: SupervisedProcess<HostCalls>['call']
  /** Sends the connections and limits as they are now. */
  configure(): void
  pid(): number | undefined
  stop(): Promise<void>
}

/** Time to cut requests, write a backup and close the database; correctness never depends on it. */
const stopGrace = 6000

export function startTransferHost(options: TransferHostOptions): TransferHostProcess {
  const configure = () => {
    const { installationId } = options
    process.call
      .configure({ installationId, connections: options.access(), uploadLimit: options.uploadLimit() })
      .catch((error: unknown) =>
        options.report(`the transfer host did not take its settings: ${String(error)}`),
      )
  }
  const process = startSupervised({
    name: 'Rushes transfers',
    script: options.script,
    args: [options.folder],
    calls: hostCalls,
    events: hostEvents,
    onEvent: options.onEvent,
    onUp: () => configure(),
    onDown: options.onDown,
    report: options.report,
  })
  return {
    call: process.call,
    configure,
    pid: process.pid,
    async stop() {
      const asked = process.call
        .stop()
        .catch((error: unknown) =>
          options.report(`the transfer host did not stop by itself: ${String(error)}`),
        )
      // The grace runs from here: a host that hangs never answers.
      await process.stop(stopGrace)
      await asked
    },
  }
}
