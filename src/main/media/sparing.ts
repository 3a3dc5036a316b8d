import { AppError } from '../../shared/errors.ts'
import { readAtMost } from './boundedBody.ts'

/** What one reader may still have. */
export interface Budget {
  bytes: number
}

/**
 * Bytes that are fetched at once. A browser asks for all that follows a place and leaves after a few hundred kilobytes;
 * by then a fast network has sent megabytes more.
 */
const windowBytes = 256 * 1024

const tooMuch = () => new AppError('media.unplayable', { reason: 'tooLongToRead' })

/**
 * Answers as `answer` does, but fetches no more than is read, a window at a time, and no more than the budget in all.
 * Fails with `media.unplayable` when it is spent, also in the middle of a body; what comes whole and is larger is not begun.
 */
export async function sparingAnswer(
  answer: (request: Request) => Promise<Response>,
  request: Request,
  budget: Budget,
): Promise<Response> {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '')
  const from = Number(asked?.[1] ?? 0)
  const to = asked?.[2] ? Number(asked[2]) : Number.POSITIVE_INFINITY
  const fetchWindow = (at: number) => {
    if (budget.bytes <= 0) throw tooMuch()
    const last = Math.min(to, at + Math.min(windowBytes, budget.bytes) - 1)
    return answer(new Request(request, { headers: { range: `bytes=${at}-${last}` } }))
  }
  const first = asked === null ? await answer(request) : await fetchWindow(from)
  const size = Number(/\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1])
  if (first.status !== 206 || !Number.isSafeInteger(size)) return whole(first, budget)

  const end = Math.min(to, size - 1)
  const headers = new Headers(first.headers)
  headers.set('content-range', `bytes ${from}-${end}/${size}`)
  headers.set('content-length', String(end - from + 1))
  let next: Response | undefined = first
  let at = from
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const response = next ?? (await fetchWindow(at))
        next = undefined
        if (response.status !== 206) throw new AppError('remote.refused', { status: response.status })
        const bytes = await readAtMost(response.body, windowBytes)
        if (bytes === undefined || bytes.byteLength === 0)
          throw new AppError('remote.badReply', { field: 'body' })
        budget.bytes -= bytes.byteLength
        at += bytes.byteLength
        controller.enqueue(bytes)
        if (at > end) controller.close()
      },
      cancel: () => next?.body?.cancel(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { status: 206, headers })
}

async function whole(response: Response, budget: Budget): Promise<Response> {
  const { status, headers, body } = response
  if (!response.ok || body === null) return response
  if (Number(headers.get('content-length')) > budget.bytes) {
    await body.cancel()
    throw tooMuch()
  }
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        budget.bytes -= chunk.byteLength
        if (budget.bytes < 0) controller.error(tooMuch())
        else controller.enqueue(chunk)
      },
    }),
  )
  return new Response(counted, { status, headers })
}
