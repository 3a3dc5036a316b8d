import type { IconikClient } from '../../src/main/connectors/iconik/client.ts'
import type { AnyCallInput, RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import type { SignedHttp } from '../../src/main/transfers/signedHttp.ts'
import { AppError } from '../../src/shared/errors.ts'
import {
  FakeSignedStorage,
  listMarkers,
  type SignedOperation,
  type StorageHabits,
} from './FakeSignedStorage.ts'
import { turn } from './FaultQueue.ts'
import { apiRefusal, FaultScript } from './FaultScript.ts'

interface Row {
  readonly id: string
  /** When it was made; lists made from an index show it a little later. */
  readonly at: number
  [field: string]: unknown
}

export interface FakeIconikOptions {
  readonly now: () => number
  readonly storage?: StorageHabits
  /** Behind what is there by this much: collection contents and jobs. */
  readonly lagMs?: number
  /** Whether the service removes an upload without being told its id. */
  readonly cleansUnknown?: boolean
}

const me = 'user-1'
type Values = Readonly<Record<string, unknown>>
type CallWithAnswer = AnyCallInput & { readonly answer?: { parse(value: unknown): unknown } }
type Handler = (path: Values, query: Values, body: Values) => unknown

/**
 * The part of iconik that an upload meets, in memory: records that refer to each other, lists that lag, URLs that run
 * out. Outlives the engines that use it.
 */
export class FakeIconik {
  readonly script = new FaultScript()
  readonly storage: FakeSignedStorage
  readonly collections: Row[] = []
  readonly assets: Row[] = []
  readonly versions: Row[] = []
  readonly formats: Row[] = []
  readonly fileSets: Row[] = []
  readonly files: Row[] = []
  readonly jobs: Row[] = []
  readonly metadata: Row[] = []
  readonly storages: Row[] = [{ id: 'storage-1', at: 0, name: 'Cloud', method: 'S3' }]
  /** Roles the user does not have. */
  readonly missingRoles = new Set<string>()
  readonly #options: FakeIconikOptions
  #lastId = 0

  constructor(options: FakeIconikOptions) {
    this.#options = options
    this.storage = new FakeSignedStorage(this.script, options.now, options.storage)
    this.collections.push({ id: 'root', at: 0, title: 'Root', parent_id: null })
  }

  /** An asset with one finished version. */
  addAsset(title: string): string {
    const asset = this.#add(this.assets, { title, status: 'ACTIVE', external_id: null, collection: 'root' })
    const version = this.#addVersion(asset.id)
    version['isWhole'] = true
    this.#add(this.formats, {
      asset_id: asset.id,
      version_id: version.id,
      name: 'ORIGINAL',
      status: 'ACTIVE',
    })
    return asset.id
  }

  /** Somebody deletes everything but the root collection. */
  deleteAll(): void {
    for (const { id } of [...this.versions]) this.#removeVersion(id)
    this.assets.length = 0
    this.jobs.length = 0
    this.collections.length = 1
  }

  http(): SignedHttp {
    return this.storage.http()
  }

  /** The client of one engine. */
  client(): IconikClient {
    const call = (row: RemoteCall, input: CallWithAnswer, signal: AbortSignal) =>
      this.#call(row, input, signal)
    return { call: call as IconikClient['call'] }
  }

  /** What is neither finished nor gone. */
  leftovers(): Record<string, number> {
    const open = (rows: readonly Row[], ...states: string[]) =>
      rows.filter(({ status }) => states.includes(String(status))).length
    const withFile = new Set(
      this.files.filter(({ status }) => status === 'CLOSED').map((file) => file['version_id']),
    )
    const uploads = this.jobs.filter(({ type }) => type === 'TRANSFER')
    return {
      uploads: this.storage.uploads().length,
      openFiles: open(this.files, 'OPEN'),
      startedJobs: open(uploads, 'STARTED'),
      emptyVersions: this.versions.filter(({ id, isWhole }) => isWhole !== true && !withFile.has(id)).length,
    }
  }

  async #call(
    row: RemoteCall,
    {
      path = {},
      query = {},
      body = {},
      answer,
    }: AnyCallInput & { readonly answer?: { parse(value: unknown): unknown } },
    signal: AbortSignal,
  ): Promise<unknown> {
    const { script } = this
    const operation = row.name
    const key = String(path['asset_id'] ?? '')
    signal.throwIfAborted()
    await script.onRequest?.(operation, 'before', key)
    await turn()
    signal.throwIfAborted()
    const fault = script.next(operation)
    const fail = (code: AppError['code'], facts: AppError['facts']) => {
      script.log.push({ operation, key, isDone: false })
      return new AppError(code, facts)
    }
    if (script.isOffline) throw fail('network.offline', { isSent: false, reason: 'ENOTFOUND' })
    if (fault?.kind === 'cut') throw fail('network.offline', { isSent: true, reason: 'ECONNRESET' })
    if (fault?.kind === 'refused')
      throw fail(...apiRefusal(fault.status ?? 503, fault.retryAfterSeconds, this.#options.now()))
    const role = row.roles.find((name) => this.missingRoles.has(name))
    if (role !== undefined) throw fail('auth.forbidden', { status: 403, isSent: true })
    const handler = this.#handlers[operation]
    if (handler === undefined) throw new Error(`the double does not know ${operation}`)
    let value: unknown
    try {
      value = handler(path, query, body)
    } catch (error) {
      script.log.push({ operation, key, isDone: false })
      throw error
    }
    script.log.push({ operation, key, isDone: true })
    await script.onRequest?.(operation, 'after', key)
    await turn()
    signal.throwIfAborted()
    if (fault?.kind === 'lost') throw new AppError('network.offline', { isSent: true, reason: 'ECONNRESET' })
    return answer === undefined ? undefined : answer.parse(value)
  }

  #add(rows: Row[], fields: Values): Row {
    this.#lastId += 1
    const at = this.#options.now()
    const row: Row = { ...fields, id: `id-${this.#lastId}`, at, date_created: new Date(at).toISOString() }
    rows.push(row)
    return row
  }

  #addVersion(assetId: string): Row {
    const others = this.versions.filter(({ asset_id }) => asset_id === assetId)
    const fields = {
      asset_id: assetId,
      status: 'ACTIVE',
      created_by_user: me,
      version_number: others.length + 1,
    }
    return this.#add(this.versions, fields)
  }

  /** Rows an index shows by now. */
  #indexed(rows: readonly Row[]): Row[] {
    return rows.filter(({ at }) => at + (this.#options.lagMs ?? 0) <= this.#options.now())
  }

  #file(path: Values): Row {
    const asset = found(this.assets, path['asset_id'])
    const file = found(this.files, path['file_id'])
    if (file['asset_id'] !== asset.id) throw gone()
    return file
  }

  #signed(file: Row, operation: SignedOperation, query: Record<string, string> = {}): string {
    return this.storage.url(operation, String(file['name']), query)
  }

  #withUrls(file: Row, isSigned: boolean): Row {
    return isSigned ? { ...file, multipart_upload_url: this.#signed(file, 'createUpload') } : file
  }

  #current(assetId: unknown): Row {
    const current = this.versions
      .filter(({ asset_id, status }) => asset_id === assetId && status === 'ACTIVE')
      .at(-1)
    if (current === undefined) throw gone()
    return current
  }

  #removeVersion(versionId: string): void {
    for (const file of this.files.filter(({ version_id }) => version_id === versionId))
      this.storage.abortAll(String(file['name']))
    for (const rows of [this.formats, this.fileSets, this.files])
      drop(rows, (row) => row['version_id'] === versionId)
    drop(this.versions, ({ id }) => id === versionId)
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    'auth.checkToken': () => ({}),
    'users.readCurrentUser': () => ({ id: me }),
    'assets.listCollectionContents': (path, query) => {
      found(this.collections, path['collection_id'])
      const key = query['external_id']
      const rows = this.#indexed(
        query['object_types'] === 'collections'
          ? this.collections.filter(({ parent_id }) => parent_id === path['collection_id'])
          : this.assets.filter(({ collection }) => collection === path['collection_id']),
      )
      const kind = query['object_types']
      const objects = rows
        .filter(({ external_id }) => key === undefined || external_id === key)
        .map((row) => ({ ...row, object_type: kind }))
      return { objects, page: 1, pages: 1, total: objects.length }
    },
    'assets.createCollection': (_path, query, body) => {
      found(this.collections, body['parent_id'])
      return this.#add(this.collections, {
        ...body,
        hasAcls: query['apply_collection_acls'],
        status: 'ACTIVE',
      })
    },
    'assets.createAsset': (_path, query, body) => {
      found(this.collections, body['collection_id'])
      const asset = this.#add(this.assets, {
        ...body,
        status: 'ACTIVE',
        collection: query['assign_to_collection'] === true ? body['collection_id'] : null,
        hasAcls: query['apply_collection_acls'],
      })
      this.#addVersion(asset.id)
      return asset
    },
    'assets.readAsset': (path) => {
      const asset = found(this.assets, path['asset_id'])
      return { ...asset, versions: this.versions.filter(({ asset_id }) => asset_id === asset.id) }
    },
    'assets.createVersion': (path) => {
      const asset = found(this.assets, path['asset_id'])
      this.#addVersion(asset.id)
      return { asset_id: asset.id, versions: this.versions.filter(({ asset_id }) => asset_id === asset.id) }
    },
    'assets.deleteVersion': (path) => {
      const version = found(this.versions, path['version_id'])
      this.#removeVersion(version.id)
    },
    'assets.patchVersion': (path, _query, body) =>
      Object.assign(found(this.versions, path['version_id']), body),
    'assets.deleteUpload': (path) => {
      const asset = found(this.assets, path['asset_id'])
      for (const version of this.versions.filter(({ asset_id }) => asset_id === asset.id))
        this.#removeVersion(version.id)
      drop(this.assets, ({ id }) => id === asset.id)
    },
    'metadata.replaceViewValues': (path, _query, body) => {
      found(this.assets, path['object_id'])
      drop(this.metadata, (row) => row['object_id'] === path['object_id'])
      return this.#add(this.metadata, { ...path, ...body })
    },
    'files.matchStorage': () => this.storages[0],
    'files.readStorage': (path) => found(this.storages, path['storage_id']),
    'files.listFormats': (path) => within(this.formats, 'asset_id', found(this.assets, path['asset_id'])),
    'files.listVersionFormats': (path) =>
      within(this.formats, 'version_id', found(this.versions, path['version_id'])),
    'files.createFormat': (path, _query, body) => {
      const asset = found(this.assets, path['asset_id'])
      const version_id = body['version_id'] ?? this.#current(asset.id).id
      return this.#add(this.formats, { ...body, asset_id: asset.id, version_id, status: 'ACTIVE' })
    },
    'files.listFileSetsOfFormat': (path) =>
      within(this.fileSets, 'format_id', found(this.formats, path['format_id'])),
    'files.createFileSet': (path, _query, body) => {
      const format = found(this.formats, body['format_id'])
      const { version_id } = format
      return this.#add(this.fileSets, { ...body, asset_id: path['asset_id'], version_id, status: 'ACTIVE' })
    },
    'files.listFilesOfFileSet': (path) =>
      within(this.files, 'file_set_id', found(this.fileSets, path['file_set_id'])),
    'files.createFile': (path, _query, body) => {
      const { version_id } = found(this.fileSets, body['file_set_id'])
      const file = this.#add(this.files, { ...body, asset_id: path['asset_id'], version_id, status: 'OPEN' })
      file['name'] = `${file.id}_stored`
      return this.#withUrls(file, true)
    },
    'files.readFile': (path, query) => {
      const file = this.#file(path)
      return {
        ...this.#withUrls(file, query['generate_signed_post_url'] === true),
        url: this.#signed(file, 'get'),
      }
    },
    'files.readFileDownloadUrl': (path) => ({ url: this.#signed(this.#file(path), 'get') }),
    'files.patchFile': (path, _query, body) => Object.assign(this.#file(path), body),
    'files.readMultipartUrl': (path, query) => {
      const file = this.#file(path)
      const uploadId = String(query['upload_id'])
      if (query['type'] === 'complete_url')
        return { complete_url: this.#signed(file, 'complete', { uploadId }) }
      if (query['type'] === 'abort_url') return { abort_url: this.#signed(file, 'abort', { uploadId }) }
      const markers = listMarkers(Number(query['max_part_number']))
      return {
        list_parts_url: markers.map((marker) =>
          this.#signed(file, 'listParts', { uploadId, marker: String(marker) }),
        ),
      }
    },
    'files.listPartUrls': (path, query) => {
      const file = this.#file(path)
      const perPage = Number(query['per_page'])
      const first = (Number(query['page']) - 1) * perPage + 1
      const last = Math.min(first + perPage - 1, Number(query['parts_num']))
      const objects = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
        const partNumber = String(first + index)
        const url = this.#signed(file, 'putPart', { uploadId: String(query['upload_id']), partNumber })
        return { number: first + index, url, key: file['name'] }
      })
      return { objects }
    },
    'files.createPartUrls': (path, _query, body) => {
      const file = this.#file(path)
      const uploadId = String(body['upload_id'])
      const parts = (body['parts'] as { part_number: number; checksum: string }[]).map((part) => {
        const query = { uploadId, partNumber: String(part.part_number), md5: part.checksum }
        return { ...part, url: this.#signed(file, 'putPart', query) }
      })
      return { upload_id: uploadId, parts }
    },
    'files.cleanMultipart': (path, _query, body) => {
      const file = this.#file(path)
      if (body['upload_id'] === undefined && this.#options.cleansUnknown === false)
        throw new AppError('remote.refused', { status: 400, isSent: true })
      this.storage.abortAll(String(file['name']))
    },
    'files.createProxyJob': (path) => {
      const file = this.#file(path)
      if (file['status'] !== 'CLOSED') throw new AppError('remote.refused', { status: 400, isSent: true })
      const job = { type: 'TRANSCODE', title: 'Proxy', object_id: path['asset_id'], status: 'FINISHED' }
      return { job_id: this.#add(this.jobs, job).id }
    },
    'files.listVersionProxies': () => ({ objects: [] }),
    'jobs.listJobs': (_path, query) => ({
      objects: this.#indexed(this.jobs).filter(
        ({ object_id, type }) => object_id === query['object_id'] && type === query['type'],
      ),
    }),
    'jobs.createJob': (_path, _query, body) => this.#add(this.jobs, body),
    'jobs.patchJob': (path, _query, body) => Object.assign(found(this.jobs, path['job_id']), body),
  }
}

function found(rows: readonly Row[], id: unknown): Row {
  const row = rows.find((one) => one.id === id)
  if (row === undefined) throw gone()
  return row
}

/** A page of what belongs to another row. */
function within(rows: readonly Row[], field: string, { id }: Row): { objects: Row[] } {
  return { objects: rows.filter((row) => row[field] === id) }
}

function drop(rows: Row[], isIt: (row: Row) => boolean): void {
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at]
    if (row !== undefined && isIt(row)) rows.splice(at, 1)
  }
}

function gone(): AppError {
  return new AppError('remote.notFound', { status: 404, isSent: true })
}
