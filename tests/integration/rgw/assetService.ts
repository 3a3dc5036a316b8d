import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { z } from 'zod'

const newAssetSchema = z.strictObject({
  data: z.strictObject({
    bucket: z.string().min(1),
    object_key: z.string().min(1),
    file_name: z.string().min(1),
    file_type: z.string(),
    size: z.int().nonnegative(),
    mimetype: z.string().min(1),
  }),
})
export type NewAsset = z.infer<typeof newAssetSchema>['data']

/** The calls of Candidio's API that browsing and uploading make, for objects that lie in somebody else's store. */
export interface AssetService {
  readonly address: string
  readonly token: string
  /** In the order in which they were registered; twins too. */
  readonly assets: readonly NewAsset[]
  stop(): Promise<void>
}

/** The place as the connector notes it. */
export const assetPlace = { workspaceId: 'ws_1', productionId: 'prd_1' }
export const productionTitle = 'Night ferry'

const workspacePath = `/workspaces/${assetPlace.workspaceId}`
const assetsPath = `${workspacePath}/productions/${assetPlace.productionId}/assets`
const workspaces = [{ id: assetPlace.workspaceId, workspace_name: 'Northlight' }]
const productions = [{ id: assetPlace.productionId, title: productionTitle }]
const linkSeconds = 3600

type Shown = Omit<NewAsset, 'bucket' | 'object_key'> & { readonly id: string }
interface Answer {
  readonly status: number
  readonly body: unknown
}

/** One workspace with one production. Before it takes an asset it looks for the object, as the real one does. */
export async function startAssetService(s3: S3Client): Promise<AssetService> {
  const token = 'test-token'
  const assets: NewAsset[] = []
  const shown: Shown[] = []
  const register = async (request: IncomingMessage): Promise<Answer> => {
    const { data } = newAssetSchema.parse(JSON.parse(await textOf(request)))
    const { bucket, object_key: key, ...rest } = data
    const object = { Bucket: bucket, Key: key }
    const { ContentLength } = await s3.send(new HeadObjectCommand(object))
    if (ContentLength !== data.size) return { status: 422, body: { errors: { size: 'is another' } } }
    const link = await getSignedUrl(s3, new GetObjectCommand(object), { expiresIn: linkSeconds })
    const createdAt = new Date().toISOString().slice(0, 19).replace('T', ' ')
    assets.push(data)
    const asset = { id: `ast_${assets.length}`, ...rest, link_download: link, created_at: createdAt }
    shown.push(asset)
    return { status: 200, body: { data: asset } }
  }
  const read = ({ pathname, searchParams }: URL): Answer => {
    const list = (rows: readonly unknown[]) => ({ status: 200, body: pageOf(rows, searchParams) })
    if (pathname === '/workspaces') return list(workspaces)
    if (pathname === `${workspacePath}/productions`) return list(productions)
    if (pathname === assetsPath) return list(shown.toReversed())
    const asset = shown.find(({ id }) => pathname === `${assetsPath}/${id}`)
    return asset === undefined ? { status: 404, body: {} } : { status: 200, body: { data: asset } }
  }
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: {} }
    if (request.method === 'POST' && url.pathname === assetsPath) return await register(request)
    return request.method === 'GET' ? read(url) : { status: 405, body: {} }
  }
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      },
      (error: unknown) => {
        // A killed host leaves half a request behind; anything else shows up as an asset that is missing.
        response.writeHead(500)
        response.end(String(error))
      },
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const listening = server.address()
  if (listening === null || typeof listening === 'string') throw new Error('no port')
  return {
    address: `http://127.0.0.1:${listening.port}`,
    token,
    assets,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function pageOf(rows: readonly unknown[], query: URLSearchParams) {
  const page = Number(query.get('page') ?? 1)
  const limit = Number(query.get('limit') ?? 20)
  const pagination = {
    total: rows.length,
    per_page: limit,
    current_page: page,
    total_pages: Math.ceil(rows.length / limit),
  }
  return { data: rows.slice((page - 1) * limit, page * limit), meta: { pagination } }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
