import type { Port } from '../shared/rpc.ts'

/** What Electron gives a utility process in place of `process.send`. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

function utilityPort(): UtilityPort | undefined {
  const found: unknown = Reflect.get(process, 'parentPort')
  return typeof found === 'object' && found !== null ? (found as UtilityPort) : undefined
}

/**
 * The pipe to the process that started this one: Electron's for a utility process, Node's for a forked child.
 * `gone` is called once when the parent has let go of it. Undefined when there is no parent to talk to.
 */
export function parentPort(gone: () => void): Port | undefined {
  const utility = utilityPort()
  if (utility !== undefined) {
    // Electron ends a utility process together with its parent, so there is no event for it.
    return {
      post: (message) => utility.postMessage(message),
      listen: (listener) => utility.on('message', (event) => listener(event.data)),
    }
  }
  if (process.send === undefined) return undefined
  process.once('disconnect', gone)
  return {
    // A parent that died between question and answer is told of by `disconnect`, not by this write.
    post: (message) => process.send?.(message, undefined, undefined, () => undefined),
    listen: (listener) => process.on('message', listener),
  }
}
