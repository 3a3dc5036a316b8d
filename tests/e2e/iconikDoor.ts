/** A door of its own to a studio's iconik API: whoever comes through it is seen apart, and may be answered wrongly. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StudioProcess } from '../fakes/studioProcess.ts'

/** One call that came through, with its answer as it was given. */
export interface Passed {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly request: string
  readonly status: number
  readonly response: string
}

export interface Door {
  /** Stands for the studio's own address. */
  readonly address: string
  readonly passed: readonly Passed[]
  /** Answers that fit are changed from now on, until the returned function is called. */
  spoil(fits: (method: string, path: string) => boolean, spoiled: (answer: string) => string): () => void
  /** Nobody is answered from now on, until the returned function is called. */
  hold(): () => void
  close(): Promise<void>
}

export async function openDoor({ iconik }: StudioProcess): Promise<Door> {
  const inside = new URL(iconik.address)
  const passed: Passed[] = []
  const lies = new Set<{ fits(method: string, path: string): boolean; spoiled(answer: string): string }>()
  let held: Promise<void> | null = null
  const pass = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/' } = asked
    const body = await textOf(asked)
    if (held !== null) await held
    // The studio names its own address in links and pages: what is known through the door stays before it.
    const headers = { ...asked.headers, host: inside.host }
    const got = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({ host: inside.hostname, port: inside.port, method, path, headers }, resolve)
      sent.on('error', reject)
      sent.end(body)
    })
    let text = await textOf(got)
    for (const { fits, spoiled } of lies) if (fits(method, path)) text = spoiled(text)
    const status = got.statusCode ?? 502
    passed.push({ method, path, request: body, status, response: text })
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = got.headers
    answer.writeHead(status, kept)
    answer.end(status === 204 ? undefined : text)
  }
  const server = createServer((asked, answer) => {
    pass(asked, answer).catch((error: unknown) => answer.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    passed,
    spoil(fits, spoiled) {
      const lie = { fits, spoiled }
      lies.add(lie)
      return () => lies.delete(lie)
    },
    hold() {
      let letGo: () => void = () => undefined
      held = new Promise((resolve) => {
        letGo = resolve
      })
      return () => {
        held = null
        letGo()
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
