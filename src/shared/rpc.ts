import { z } from 'zod'
import type { Reply } from './contract.ts'
import { AppError, failureSchema, fromFailure, toFailure } from './errors.ts'

/** Calls as data: a name, what goes in, what comes out. */
export type CallTable = Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>
export type EventTable = Readonly<Record<string, z.ZodType>>
export type Handlers<Calls extends CallTable> = {
  readonly [C in keyof Calls]: (input: z.output<Calls[C]['input']>) => Promise<z.output<Calls[C]['output']>>
}
export type Client<Calls extends CallTable> = {
  readonly [C in keyof Calls]: (input: z.input<Calls[C]['input']>) => Promise<z.output<Calls[C]['output']>>
}

/** One end of a pipe between two processes: a MessagePort, a parent port, a child's IPC channel. */
export interface Port {
  post(message: unknown): void
  /** One listener; called for every message that arrives. */
  listen(listener: (message: unknown) => void): void
}

/**
 * Runs one call: unknown names, wrong shapes and thrown errors all come back as a failed reply; never throws.
 * `report` is told what was thrown, whole, before it is reduced to a code.
 */
export async function answer<Calls extends CallTable>(
  calls: Calls,
  handlers: Handlers<Calls>,
  name: unknown,
  input: unknown,
  report: (error: unknown, name: string) => void,
): Promise<Reply<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(calls, name)) {
    return { ok: false, failure: toFailure(new AppError('request.unknown')) }
  }
  const call = calls[name as keyof Calls]
  const handler = handlers[name as keyof Calls]
  if (call === undefined || handler === undefined)
    return { ok: false, failure: toFailure(new AppError('request.unknown')) }
  const parsed = call.input.safeParse(input)
  if (!parsed.success)
    return { ok: false, failure: toFailure(new AppError('request.invalid', { call: name })) }
  try {
    const value = await handler(parsed.data as never)
    return { ok: true, value: call.output.parse(value) }
  } catch (error) {
    report(error, name)
    return { ok: false, failure: toFailure(error) }
  }
}

// A pipe that speaks JSON leaves undefined values out.
const requestSchema = z.object({ id: z.number().int(), call: z.string(), input: z.unknown().optional() })
const replySchema = z.object({
  id: z.number().int(),
  reply: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: z.unknown().optional() }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]),
})
const eventSchema = z.object({ event: z.string(), payload: z.unknown() })

/** Answers the calls that arrive at `port`. Returns `tell`, which sends an event to the other side. */
export function serve<Calls extends CallTable, Events extends EventTable>(
  port: Port,
  calls: Calls,
  handlers: Handlers<Calls>,
  report: (error: unknown, name: string) => void,
): <E extends keyof Events & string>(event: E, payload: z.input<Events[E]>) => void {
  port.listen((message) => {
    const request = requestSchema.safeParse(message)
    if (!request.success) return
    void answer(calls, handlers, request.data.call, request.data.input, report).then((reply) => {
      port.post({ id: request.data.id, reply })
    })
  })
  return (event, payload) => port.post({ event, payload })
}

export interface Connected<Calls extends CallTable> {
  readonly call: Client<Calls>
  /** Ends every open call with `transfer.hostStopped`: the other side is gone. */
  close(): void
}

/** The other end of `serve`: typed calls, and `onEvent` for each event, parsed. */
export function connect<Calls extends CallTable, Events extends EventTable>(
  port: Port,
  calls: Calls,
  events: Events,
  onEvent: (
    event: { [E in keyof Events]: { readonly name: E; readonly payload: z.output<Events[E]> } }[keyof Events],
  ) => void,
): Connected<Calls> {
  let lastId = 0
  let isClosed = false
  const open = new Map<
    number,
    { resolve(value: unknown): void; reject(error: unknown): void; output: z.ZodType }
  >()
  port.listen((message) => {
    const reply = replySchema.safeParse(message)
    if (reply.success) {
      const waiting = open.get(reply.data.id)
      open.delete(reply.data.id)
      if (waiting === undefined) return
      if (!reply.data.reply.ok) waiting.reject(fromFailure(reply.data.reply.failure))
      else {
        const value = waiting.output.safeParse(reply.data.reply.value)
        if (value.success) waiting.resolve(value.data)
        else waiting.reject(new AppError('internal.bug', {}, value.error))
      }
      return
    }
    const event = eventSchema.safeParse(message)
    if (!event.success) return
    const schema = events[event.data.event]
    const payload = schema?.safeParse(event.data.payload)
    if (payload?.success) onEvent({ name: event.data.event, payload: payload.data } as never)
  })
  const client: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const [name, call] of Object.entries(calls)) {
    client[name] = (input) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new AppError('transfer.hostStopped'))
          return
        }
        lastId += 1
        open.set(lastId, { resolve, reject, output: call.output })
        port.post({ id: lastId, call: name, input })
      })
  }
  return {
    call: client as Client<Calls>,
    close() {
      isClosed = true
      for (const waiting of open.values()) waiting.reject(new AppError('transfer.hostStopped'))
      open.clear()
    },
  }
}
