import { createServer, type Socket } from 'node:net'
import { crc32 } from 'node:zlib'

/**
 * An S3 that takes everything and keeps nothing, so that the client is what is measured. Checks the checksum of bodies up
 * to a KiB (the capability probe's), remembers size and token of each object, and answers. Prints its port.
 */

interface Upload {
  readonly key: string
  readonly token: string
  bytes: number
}

const uploads = new Map<string, Upload>()
const objects = new Map<string, { readonly bytes: number; readonly token: string }>()
let lastUpload = 0
let drained = 0
const checkedBytes = 1024

interface Head {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: ReadonlyMap<string, string>
}

function readHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n')
  const [method = '', target = ''] = first.split(' ')
  const [path = '', query = ''] = target.split('?')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { method, path, query: new URLSearchParams(query), headers }
}

interface Answer {
  readonly status: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const ok = (body = '', headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: '200 OK',
  headers,
  body,
})

function answer({ method, path, query, headers }: Head, length: number, body: Buffer): Answer {
  const token = headers.get('x-amz-meta-rushes-token') ?? ''
  const claimed = headers.get('x-amz-checksum-crc32')
  if (claimed !== undefined && length <= checkedBytes) {
    const own = Buffer.alloc(4)
    own.writeUInt32BE(crc32(body))
    if (own.toString('base64') !== claimed)
      return { status: '400 Bad Request', body: '<Error><Code>BadDigest</Code></Error>' }
  }
  if (method === 'POST' && query.has('uploads')) {
    lastUpload += 1
    uploads.set(String(lastUpload), { key: path, token, bytes: 0 })
    return ok(
      `<InitiateMultipartUploadResult><UploadId>${lastUpload}</UploadId></InitiateMultipartUploadResult>`,
    )
  }
  const upload = uploads.get(query.get('uploadId') ?? '')
  if (method === 'PUT') {
    if (upload === undefined) objects.set(path, { bytes: length, token })
    else upload.bytes += length
    return ok('', { etag: '"part"', ...(claimed === undefined ? {} : { 'x-amz-checksum-crc32': claimed }) })
  }
  if (method === 'POST' && upload !== undefined) {
    objects.set(upload.key, upload)
    uploads.delete(query.get('uploadId') ?? '')
    return ok('<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>')
  }
  if (method === 'GET' && query.has('uploads'))
    return ok('<ListMultipartUploadsResult></ListMultipartUploadsResult>')
  if (method === 'GET' && upload !== undefined) return ok('<ListPartsResult></ListPartsResult>')
  if (method === 'GET') return { status: '404 Not Found', body: '<Error><Code>NoSuchUpload</Code></Error>' }
  if (method === 'DELETE') return { status: '204 No Content' }
  const object = objects.get(path)
  if (object === undefined) return { status: '404 Not Found' }
  return ok('', {
    etag: '"whole"',
    'x-amz-meta-rushes-token': object.token,
    'content-length': String(object.bytes),
  })
}

function serve(socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0)
  let head: Head | undefined
  let left = 0
  let length = 0
  let body: Buffer[] = []
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())

  const respond = (request: Head) => {
    const { status, headers = {}, body: text = '' } = answer(request, length, Buffer.concat(body))
    const all = { 'content-length': String(Buffer.byteLength(text)), ...headers }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${request.method === 'HEAD' ? '' : text}`)
  }

  socket.on('data', (chunk) => {
    let data: Buffer = pending.byteLength === 0 ? chunk : Buffer.concat([pending, chunk])
    pending = Buffer.alloc(0)
    for (;;) {
      if (head === undefined) {
        const end = data.indexOf('\r\n\r\n')
        if (end < 0) {
          pending = data
          return
        }
        head = readHead(data.toString('latin1', 0, end))
        length = Number(head.headers.get('content-length') ?? 0)
        left = length
        body = []
        data = data.subarray(end + 4)
        if (head.headers.get('expect') === '100-continue') socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      }
      const taken = Math.min(left, data.byteLength)
      if (length <= checkedBytes) body.push(data.subarray(0, taken))
      left -= taken
      drained += taken
      data = data.subarray(taken)
      if (left > 0) return
      const request = head
      head = undefined
      respond(request)
      if (data.byteLength === 0) return
    }
  })
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port })
})
process.on('message', () => process.send?.({ drained }))
process.on('disconnect', () => process.exit(0))
