import { bundleForNode } from '../../scripts/bundleForNode.mjs'
import {
  type HostCalls,
  type HostEvents,
  hostCalls,
  hostEvents,
} from '../../src/main/transfers/hostContract.ts'
import { type Client, connect } from '../../src/shared/rpc.ts'
import { forkChild } from './forkedChild.ts'

/** What the host told, in order. */
export type HostEvent = Parameters<Parameters<typeof connect<HostCalls, HostEvents>>[3]>[0]

export interface TransferHostProcess {
  readonly call: Client<HostCalls>
  readonly events: readonly HostEvent[]
  readonly pid: number
  errorText(): string
  /** SIGKILL; returns when the process is gone. */
  kill(): Promise<void>
  /** Stops in order; returns when the process is gone. */
  stop(): Promise<void>
}

let bundled: Promise<string> | undefined

/** The transfer host as one file for Node, made once per process from the sources. */
function bundleHost(): Promise<string> {
  bundled ??= bundleForNode({ transferHost: 'src/main/transferHost.ts' }).then((fileOf) =>
    fileOf('transferHost'),
  )
  return bundled
}

/** Starts a transfer host on `transfers.db` in a folder. Whoever starts it kills or stops it. */
export async function startTransferHost(
  folder: string,
  onEvent: (event: HostEvent) => void = () => undefined,
): Promise<TransferHostProcess> {
  const entry = await bundleHost()
  const { child, port, exited, errorText } = forkChild(entry, [folder])
  const events: HostEvent[] = []
  const host = connect<HostCalls, HostEvents>(port, hostCalls, hostEvents, (event) => {
    events.push(event)
    onEvent(event)
  })
  void exited.then(() => host.close())
  return {
    call: host.call,
    events,
    pid: child.pid ?? 0,
    errorText,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      await host.call.stop()
      await exited
    },
  }
}
