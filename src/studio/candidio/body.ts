import { z } from 'zod'
import { readJson } from '../http/jsonBody.ts'
import { ApiError } from './apiError.ts'

const maxBytes = 2 ** 20
const bodySchema = z.object({ data: z.record(z.string(), z.unknown()) })

/** The `data` of a body. Fails with 400, or 413 past a megabyte. */
export async function readData(chunks: AsyncIterable<Buffer>): Promise<Record<string, unknown>> {
  const body = await readJson(chunks, maxBytes, (status, message) => new ApiError(status, message))
  const parsed = bodySchema.safeParse(body)
  if (!parsed.success) throw ApiError.badRequest('The body must be {"data": {…}}.')
  return parsed.data.data
}
