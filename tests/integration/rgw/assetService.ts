import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
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

/** The two calls of Candidio's API that an upload makes, for objects that lie in somebody else's store. */
export interface AssetService {
  readonly address: string
  readonly token: string
  /** In the order in which they were registered; twins too. */
  readonly assets: readonly NewAsset[]
  stop(): Promise<void>
}

const path = '/workspaces/ws_1/productions/prd_1/assets'
/** The place as the connector notes it. */
export const assetPlace = { workspaceId: 'ws_1', productionId: 'prd_1' }

/** Before it takes an asset it asks `isStored`, as the real one does. */
export async function startAssetService(
  isStored: (asset: NewAsset) => Promise<boolean>,
): Promise<AssetService> {
  const token = 'test-token'
  const assets: NewAsset[] = []
  const created: string[] = []
  const shown = (index: number) => {
    const asset = assets[index]
    if (asset === undefined) throw new Error('no such asset')
    const { bucket, object_key: key, ...rest } = asset
    const link = `http://127.0.0.1/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?signature=x`
    return { id: `ast_${index + 1}`, ...rest, link_download: link, created_at: created[index] }
  }
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: {} }
    if (url.pathname !== path) return { status: 404, body: {} }
    if (request.method === 'POST') {
      const { data } = newAssetSchema.parse(JSON.parse(await textOf(request)))
      if (!(await isStored(data))) return { status: 422, body: { errors: { object_key: 'no such object' } } }
      created.push(new Date().toISOString().slice(0, 19).replace('T', ' '))
      assets.push(data)
      return { status: 200, body: { data: shown(assets.length - 1) } }
    }
    const page = Number(url.searchParams.get('page') ?? 1)
    const limit = Number(url.searchParams.get('limit') ?? 20)
    const newestFirst = assets.map((_, index) => index).reverse()
    const data = newestFirst.slice((page - 1) * limit, page * limit).map(shown)
    const pagination = {
      total: assets.length,
      per_page: limit,
      current_page: page,
      total_pages: Math.ceil(assets.length / limit),
    }
    return { status: 200, body: { data, meta: { pagination } } }
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

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
