import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { ApiError } from './apiError.ts'

const maxBytes = 2 ** 20
const maxDepth = 64
const bodySchema = z.object({ data: z.record(z.string(), z.unknown()) })

/** How deep arrays and objects nest, found without recursion. */
function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  let isInText = false
  for (let index = 0; index < json.length; index++) {
    const character = json[index]
    if (isInText) {
      if (character === '\\') index++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return deepest
}

export const isJson = (headers: IncomingHttpHeaders): boolean =>
  /^application\/json *(;|$)/i.test(headers['content-type'] ?? '')

/** The `data` of a body. Fails with 400, or 413 past a megabyte. */
export async function readData(chunks: AsyncIterable<Buffer>): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new ApiError(413, 'The body is too large.')
    parts.push(chunk)
  }
  const text = Buffer.concat(parts).toString('utf8')
  const parsed = bodySchema.safeParse(parseJson(text))
  if (!parsed.success) throw ApiError.badRequest('The body must be {"data": {…}}.')
  return parsed.data.data
}

function parseJson(text: string): unknown {
  if (depthOf(text) > maxDepth) throw ApiError.badRequest('The body nests too deep.')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw ApiError.badRequest('The body is not JSON.')
    throw error
  }
}
