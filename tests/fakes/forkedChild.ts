import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Port } from '../../src/shared/rpc.ts'

/** A process of the project under plain Node, and the pipe to it. */
export interface ForkedChild {
  readonly child: ChildProcess
  readonly port: Port
  /** Resolves when it is gone. */
  readonly exited: Promise<unknown>
  /** The end of what it wrote to its error stream. */
  errorText(): string
}

export function forkChild(
  entry: string,
  args: readonly string[],
  nodeArguments: readonly string[] = [],
): ForkedChild {
  const child = fork(entry, args, {
    serialization: 'advanced',
    execArgv: [...nodeArguments],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  let errorText = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorText = (errorText + text).slice(-8000)
  })
  const port: Port = {
    // A child that died is told of by `exit`, not by this write.
    post: (message) => void child.send(message as object, () => undefined),
    listen: (listener) => void child.on('message', listener),
  }
  return { child, port, exited, errorText: () => errorText }
}
