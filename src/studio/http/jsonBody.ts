import type { IncomingHttpHeaders } from 'node:http'

const maxDepth = 64

/** Makes the refusal of a body, in the shape of the API that was asked. */
export type Refuse = (status: 400 | 413, message: string) => Error

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

export const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** The value of a JSON body. Fails with 413 past `maxBytes`, and with 400 when it is no JSON or nests too deep. */
export async function readJson(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
  refuse: Refuse,
): Promise<unknown> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > maxBytes) throw refuse(413, 'The body is too large.')
    parts.push(chunk)
  }
  const text = Buffer.concat(parts).toString('utf8')
  if (depthOf(text) > maxDepth) throw refuse(400, 'The body nests too deep.')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(400, 'The body is not JSON.')
    throw error
  }
}
