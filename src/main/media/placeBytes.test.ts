import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { bytesAt } from './placeBytes.ts'

const place = {
  kind: 'link',
  link: { url: 'https://store.invalid/clip.mp4', mediaType: 'video/mp4' },
} as const
const refused = () =>
  Promise.reject(
    new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
  )
const head = () =>
  new Response('0', { status: 206, headers: { 'content-range': 'bytes 0-0/1000', etag: '"one"' } })
const never = new AbortController().signal

test('a store that does not answer is no bug: there is no network', async () => {
  await expect(bytesAt(place, refused, never)).rejects.toMatchObject({
    code: 'network.offline',
    facts: { isSent: false, reason: 'ECONNREFUSED' },
  })
})

test('a network that breaks in the middle of the bytes says so too', async () => {
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError('terminated'))
    },
  })
  let asked = 0
  const bytes = await bytesAt(
    place,
    async () => {
      asked += 1
      return asked === 1 ? head() : new Response(broken, { status: 206 })
    },
    never,
  )
  await expect(bytes.read(0, 100)).rejects.toMatchObject({ code: 'network.offline' })
})

test('who stopped it hears the reason, and one that takes too long is out of reach', async () => {
  const wait = (_url: unknown, init?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      const stop = () => reject(init?.signal?.reason)
      if (init?.signal?.aborted) stop()
      init?.signal?.addEventListener('abort', stop)
    })
  const reason = new AppError('thing.notFound', { thing: 'version' })
  await expect(bytesAt(place, wait, AbortSignal.abort(reason))).rejects.toBe(reason)
  await expect(bytesAt(place, wait, AbortSignal.timeout(1))).rejects.toMatchObject({
    code: 'remote.unavailable',
    facts: { reason: 'timeout' },
  })
})
