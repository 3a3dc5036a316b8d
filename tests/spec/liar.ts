import type { Seeded } from '../fakes/seeded.ts'
import { exchangeOf } from './exchanges.ts'
import { findOperation, type Vendor } from './operations.ts'
import type { Schemas } from './schemas.ts'
import { spoiledAnswer, type WireAnswer, wireAnswer } from './spoil.ts'

/** A service that answers as published, and lies as often as it is told to. */
export interface Liar {
  readonly fetch: typeof globalThis.fetch
  readonly asked: number
  readonly lies: number
}

/** `share`: how many answers of a hundred are spoiled. Fails a caller that asks more than `most` times. */
export function createLiar(
  vendor: Vendor,
  schemas: Schemas,
  random: Seeded,
  share: number,
  most: number,
): Liar {
  const counts = { asked: 0, lies: 0 }
  return {
    get asked() {
      return counts.asked
    },
    get lies() {
      return counts.lies
    },
    async fetch(input, init) {
      const url = new URL(String(input))
      const [, service = '', path = ''] = /^\/API\/([^/]+)(\/.*)$/.exec(url.pathname) ?? []
      const operation = findOperation(vendor.operations, service, init?.method ?? 'GET', path)
      counts.asked += 1
      if (counts.asked > most) throw new Error(`asked ${most} times without an end, last ${path}`)
      let answer: WireAnswer = {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"objects":[]}',
      }
      if (operation !== undefined) {
        const fullness = random.pick(['all', 'all', 'some', 'required'] as const)
        const { status, response, responseType } = exchangeOf(schemas, operation, random, fullness)
        answer = wireAnswer(status, response)
        if (responseType.startsWith('text/'))
          answer = { status, headers: { 'content-type': responseType }, body: 'a text' }
      }
      if (random.below(100) < share) {
        counts.lies += 1
        answer = spoiledAnswer(answer, random)
      }
      return responseOf(answer)
    },
  }
}

export function responseOf({ status, headers, body }: WireAnswer): Response {
  const isBare = status === 204 || status === 205 || status === 304
  return new Response(isBare ? null : body, { status, headers })
}
