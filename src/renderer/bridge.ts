import type { Bridge, CallName, EventName, Input, Output, Payload } from '../shared/contract.ts'
import { fromFailure } from '../shared/errors.ts'
import type { GrantId } from '../shared/ids.ts'

declare global {
  interface Window {
    readonly rushes: Bridge<File>
  }
}

type Arguments<C extends CallName> = Input<C> extends void ? [] : [input: Input<C>]

/** One call to main. Rejects with an `AppError` that carries the code and facts of the reply. */
export async function ask<C extends CallName>(name: C, ...[input]: Arguments<C>): Promise<Output<C>> {
  const reply = await window.rushes.call(name, input as Input<C>)
  if (!reply.ok) throw fromFailure(reply.failure)
  return reply.value
}

/** Listens to one of main's events until the returned function is called. */
export function subscribe<E extends EventName>(name: E, listener: (payload: Payload<E>) => void): () => void {
  return window.rushes.on(name, listener)
}

/** Hands a dropped or pasted file to main; only its id comes back. Rejects like `ask`. */
export async function grant(file: File): Promise<GrantId> {
  const reply = await window.rushes.grant(file)
  if (!reply.ok) throw fromFailure(reply.failure)
  return reply.value
}
