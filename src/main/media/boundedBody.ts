/** The whole of a body, or undefined as soon as it is longer than `limit` bytes: a server may send without end. */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of body) {
    total += chunk.byteLength
    if (total > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
