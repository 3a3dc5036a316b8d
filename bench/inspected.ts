/**
 * Code run inside a process of the app through Node's own inspector, which SIGUSR1 opens in it: the app holds nothing
 * for it. Not on Windows, and not in a packaged app, where a fuse keeps the inspector shut.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

export interface Inspected {
  /** The value of an expression, which must be JSON. Fails with what it throws. */
  evaluate(expression: string): Promise<unknown>
  close(): void
}

/** Where Node listens after the signal. */
const place = 'http://127.0.0.1:9229'
const openMs = 5_000
const listSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1)
const replySchema = z.object({
  id: z.number(),
  result: z.object({
    result: z.object({ value: z.unknown().optional() }),
    exceptionDetails: z.unknown().optional(),
  }),
})

/** Fails when another process has the inspector's port. */
export async function inspect(pid: number): Promise<Inspected> {
  process.kill(pid, 'SIGUSR1')
  const socket = await upgraded(await debuggerUrl())
  const waiting = new Map<number, (text: string) => void>()
  let lastId = 0
  readFrames(socket, (text) => {
    const { id } = z.looseObject({ id: z.number().optional() }).parse(JSON.parse(text))
    if (id !== undefined) waiting.get(id)?.(text)
  })
  const evaluate = async (expression: string): Promise<unknown> => {
    lastId += 1
    const id = lastId
    const answered = new Promise<string>((resolve) => waiting.set(id, resolve))
    const params = { expression, returnByValue: true }
    socket.write(textFrame(JSON.stringify({ id, method: 'Runtime.evaluate', params })))
    const { result } = replySchema.parse(JSON.parse(await answered))
    waiting.delete(id)
    if (result.exceptionDetails !== undefined) throw new Error(JSON.stringify(result.exceptionDetails))
    return result.result.value
  }
  const found = await evaluate('process.pid')
  if (found !== pid) throw new Error(`${place} belongs to process ${found}, not to ${pid}`)
  return { evaluate, close: () => socket.destroy() }
}

async function debuggerUrl(): Promise<string> {
  const until = performance.now() + openMs
  for (;;) {
    try {
      const [first] = listSchema.parse(await (await fetch(`${place}/json/list`)).json())
      return first?.webSocketDebuggerUrl ?? ''
    } catch (error) {
      if (performance.now() > until) throw error
      await delay(50)
    }
  }
}

async function upgraded(address: string): Promise<Socket> {
  const asked = request(address.replace(/^ws:/, 'http:'), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    },
  })
  asked.end()
  const [, socket] = (await once(asked, 'upgrade')) as [IncomingMessage, Socket]
  return socket
}

/** One text frame of RFC 6455; a client masks what it sends. */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text)
  if (body.length > 0xffff) throw new Error('too long for one frame')
  const mask = randomBytes(4)
  const head =
    body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0x80 | 126, 0, 0])
  if (body.length >= 126) head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, mask, body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))])
}

function readFrames(socket: Socket, onText: (text: string) => void): void {
  let left: Buffer = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    left = Buffer.concat([left, bytes])
    for (;;) {
      const short = (left[1] ?? 0) & 0x7f
      const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10
      if (left.length < headBytes) return
      const length =
        short < 126 ? short : short === 126 ? left.readUInt16BE(2) : Number(left.readBigUInt64BE(2))
      if (left.length < headBytes + length) return
      if (((left[0] ?? 0) & 0x0f) === 1) onText(left.toString('utf8', headBytes, headBytes + length))
      left = left.subarray(headBytes + length)
    }
  })
}
