import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { StudioAccess } from '../../src/studio/control.ts'

/** An S3 client for a studio, set up as the transfer engine sets its own up, unless told otherwise. */
export function s3ClientOf(
  { storage }: Pick<StudioAccess, 'storage'>,
  config: S3ClientConfig = {},
): S3Client {
  const { endpoint, region, forcePathStyle, accessKeyId, secretAccessKey } = storage
  return new S3Client({
    endpoint,
    region,
    forcePathStyle,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    ...config,
  })
}

/** The name S3 gave an error, and its status: what a client decides by. */
export async function refusalOf(
  answer: Promise<unknown>,
): Promise<{ name: string; status: number | undefined }> {
  try {
    await answer
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const metadata: unknown = Reflect.get(error, '$metadata')
    const status =
      typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : 0
    return { name: error.name, status }
  }
  throw new Error('this was expected to be refused')
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** A request exactly as written, with any Host and Origin, as no HTTP client would send it. */
export function sendRaw(
  port: number,
  { method = 'GET', path, headers = {}, body = '' }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    // Node sends the body of a DELETE without saying that there is one.
    const isMeasured = 'content-length' in headers || 'transfer-encoding' in headers
    const length = isMeasured ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request: ClientRequest = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, ...length },
      agent: false,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    request.end(body)
  })
}
