import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  expectStatus,
  type IconikBench,
  listAt,
  makeAsset,
  openBench,
  textAt,
  untilAnswer,
} from '../fakes/iconikBench.ts'
import {
  complete,
  md5Of,
  openFile,
  partUrls,
  putPart,
  slices,
  startUpload,
  uploadWhole,
} from '../fakes/iconikUpload.ts'
import { seeded } from '../fakes/seeded.ts'

const random = seeded(41)
let bench: IconikBench
const ask: IconikBench['iconik']['ask'] = (...call) => bench.iconik.ask(...call)
const me = () => bench.iconik

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const hasEnded = (status: string) => ['FINISHED', 'FINISHED_WITH_WARNING', 'FAILED'].includes(status)

async function jobOf(assetId: string, path: string) {
  const started = await expectStatus(me(), 200, 'POST', path, {})
  const job = `jobs/v1/jobs/${textAt(started, 'job_id')}/`
  const ended = await untilAnswer(
    () => ask('GET', job),
    (answer) => hasEnded(textAt(answer, 'status')),
  )
  expect(ended.body).toMatchObject({ object_type: 'assets', object_id: assetId })
  return ended
}

describe('storages', () => {
  test('are listed, matched and told of by default, without any key', async () => {
    const list = await expectStatus(me(), 200, 'GET', 'files/v1/storages/?per_page=100&sort=name,asc')
    expect(listAt(list, 'objects').length).toBeGreaterThan(3)
    expect(JSON.stringify(list.body)).not.toMatch(/secret|access_key/)
    const matching = await expectStatus(me(), 200, 'GET', 'files/v1/storages/matching/FILES/')
    expect(matching.body).toMatchObject({ purpose: 'FILES', method: 'S3', default: true, status: 'ACTIVE' })
    const usual = await expectStatus(me(), 200, 'GET', 'files/v1/storages/FILES/default/')
    expect(usual.body).toEqual(matching.body)
    const strict = await expectStatus(me(), 200, 'GET', 'files/v1/storages/?name=Deliveries')
    const wanted = textAt(strict, 'objects', 0, 'id')
    const named = await ask('GET', `files/v1/storages/matching/FILES/?storage_id=${wanted}`)
    expect(textAt(named, 'id')).toBe(wanted)
    expect((await ask('GET', 'files/v1/storages/matching/ARCHIVE/')).status).toBe(404)
    expect((await ask('GET', 'files/v1/storages/matching/NONSENSE/')).status).toBe(400)
  })
})

describe('a file', () => {
  test('comes in parts by signed URLs, over a kill of the studio, and is read back as it was', async () => {
    const bytes = random.bytes(11 * 2 ** 20)
    const assetId = await makeAsset(me(), 'Multipart')
    const file = await openFile(me(), assetId, 'A001_C001.mov', bytes.length)
    expect(file.created.body).toMatchObject({ status: 'OPEN', storage_method: 'S3', upload_method: 'PUT' })
    const uploadId = await startUpload(file.created)
    const parts = slices(bytes)
    expect(parts).toHaveLength(3)
    const first = await putPart(
      (await partUrls(me(), file.path, uploadId, 3))[0] ?? '',
      parts[0] ?? Buffer.alloc(0),
    )
    expect(first.status).toBe(200)

    await bench.killAndRestart()
    const lists = await expectStatus(
      me(),
      200,
      'GET',
      `${file.path}/multipart_url/?upload_id=${uploadId}&type=list_parts_url&max_part_number=3`,
    )
    expect(Object.keys(lists.body as object)).toEqual(['list_parts_url'])
    const listed = await (await fetch(textAt(lists, 'list_parts_url', 0))).text()
    expect([...listed.matchAll(/<PartNumber>(\d+)</g)].map(([, number]) => number)).toEqual(['1'])
    const urls = await partUrls(me(), file.path, uploadId, 3)
    const etags = [first.headers.get('etag') ?? '']
    for (const index of [1, 2]) {
      const answer = await putPart(urls[index] ?? '', parts[index] ?? Buffer.alloc(0))
      etags.push(answer.headers.get('etag') ?? '')
    }
    const early = await ask('PATCH', `${file.path}/`, { status: 'CLOSED' })
    expect(early).toMatchObject({ status: 400, body: { errors: { status: expect.any(String) } } })
    expect((await complete(me(), file.path, uploadId, etags)).status).toBe(200)
    const closed = await expectStatus(me(), 200, 'PATCH', `${file.path}/`, { status: 'CLOSED' })
    expect(closed.body).toMatchObject({
      status: 'CLOSED',
      size: bytes.length,
      original_name: 'A001_C001.mov',
    })

    await bench.killAndRestart()
    const url = textAt(await expectStatus(me(), 200, 'GET', `${file.path}/download_url/`), 'url')
    const download = await fetch(url)
    expect(download.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''A001_C001.mov")
    expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true)
    const part = await fetch(url, { headers: { range: 'bytes=5242870-5242889' } })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(5242870, 5242890))).toBe(true)
    const format = await expectStatus(me(), 200, 'GET', `files/v1/assets/${assetId}/formats/ORIGINAL/`)
    expect(format.body).toMatchObject({ id: file.formatId, is_online: true, storage_methods: ['S3'] })
  })

  test('goes to a storage that wants MD5s only with the MD5 of each part', async () => {
    const storages = await expectStatus(me(), 200, 'GET', 'files/v1/storages/?name=Deliveries')
    const storageId = textAt(storages, 'objects', 0, 'id')
    const bytes = random.bytes(1000)
    const file = await openFile(me(), await makeAsset(me(), 'Checked'), 'final.mp4', bytes.length, {
      storageId,
    })
    const uploadId = await startUpload(file.created)
    const query = `upload_id=${uploadId}&parts_num=1`
    expect((await ask('GET', `${file.path}/multipart_url/part/?${query}`)).status).toBe(400)
    const unchecked = { upload_id: uploadId, parts: [{ part_number: 1 }] }
    expect((await ask('POST', `${file.path}/multipart_url/s3/part/`, unchecked)).status).toBe(400)
    const checksum = md5Of(bytes).digest('base64')
    const signed = await expectStatus(me(), 200, 'POST', `${file.path}/multipart_url/s3/part/`, {
      upload_id: uploadId,
      parts: [{ part_number: 1, checksum }],
    })
    const url = textAt(signed, 'parts', 0, 'url')
    expect((await putPart(url, bytes)).status).toBe(403)
    expect((await putPart(url, random.bytes(1000), { 'content-md5': checksum })).status).toBe(400)
    const sent = await putPart(url, bytes, { 'content-md5': checksum })
    expect(sent.status).toBe(200)
    await complete(me(), file.path, uploadId, [sent.headers.get('etag') ?? ''])
    await expectStatus(me(), 200, 'PATCH', `${file.path}/`, { status: 'CLOSED' })
  })

  test('is found by its checksum once a job has read it', async () => {
    const bytes = random.bytes(3000)
    const assetId = await makeAsset(me(), 'Known')
    const file = await uploadWhole(me(), assetId, 'known.mxf', bytes)
    const md5 = md5Of(bytes).digest('hex')
    expect((await ask('GET', `files/v1/files/checksum/${md5}/`)).status).toBe(404)
    const job = await jobOf(assetId, `${file.path}/keyframes/`)
    expect(job.body).toMatchObject({ status: 'FINISHED_WITH_WARNING', type: 'TRANSCODE', progress: 100 })
    const found = await expectStatus(me(), 200, 'GET', `files/v1/files/checksum/${md5}/`)
    expect(listAt(found, 'objects')).toMatchObject([{ id: file.fileId, checksum: md5 }])
    expect((await expectStatus(me(), 200, 'GET', `files/v1/assets/${assetId}/proxies/`)).body).toMatchObject({
      total: 0,
    })
  })

  test('of another size than it was said to have cannot be closed', async () => {
    const file = await openFile(me(), await makeAsset(me(), 'Short'), 'short.mov', 2000)
    await fetch(textAt(file.created, 'upload_url'), { method: 'PUT', body: new Uint8Array(1999) })
    expect((await ask('PATCH', `${file.path}/`, { status: 'CLOSED' })).body).toEqual({
      errors: { size: 'The storage has 1999 bytes' },
    })
  })

  test.each([
    ['an unknown field', { progress_processed: 100 }],
    ['a read-only field', { upload_url: 'x' }],
    ['a wrong type', { size: '12' }],
    ['a status that is none', { status: 'DONE' }],
    ['a name with a folder', { name: '../../x' }],
    ['a folder above', { directory_path: '../x' }],
  ])('is not changed by %s', async (_what, body) => {
    const file = await openFile(me(), await makeAsset(me(), 'Strict'), 'strict.mov', 1)
    expect((await ask('PATCH', `${file.path}/`, body)).status).toBe(400)
  })

  test('must be of the file set, format and asset that are named', async () => {
    const one = await openFile(me(), await makeAsset(me(), 'One'), 'one.mov', 1)
    const other = await openFile(me(), await makeAsset(me(), 'Other'), 'other.mov', 1)
    const base = { original_name: 'x', directory_path: '', type: 'FILE' }
    const post = (body: object) => ask('POST', `files/v1/assets/${one.assetId}/files/`, { ...base, ...body })
    expect((await post({ file_set_id: other.fileSetId })).status).toBe(400)
    expect((await post({ file_set_id: one.fileSetId, format_id: other.formatId })).status).toBe(400)
    expect((await ask('GET', `files/v1/assets/${one.assetId}/files/${other.fileId}/`)).status).toBe(404)
    expect((await ask('GET', `files/v1/assets/${one.assetId}/formats/${other.formatId}/`)).status).toBe(404)
  })
})

test.each([
  ['POST', 'multipart/b2/start/', {}],
  ['POST', 'multipart/b2/finish/', { upload_file_id: 'x', sha1_list: [] }],
  ['POST', 'multipart/b2/cancel/', { upload_file_id: 'x' }],
  ['POST', 'multipart/gcs/compose_url/', {}],
  ['POST', 'multipart/', { parts_range: [] }],
  ['GET', 'isg_handler_url/', undefined],
] as const)('%s %s is of other storages, and refused', async (method, path, body) => {
  const file = await openFile(me(), await makeAsset(me(), 'Elsewhere'), 'elsewhere.mov', 1)
  const answer = await ask(method, `${file.path}/${path}`, body)
  expect(answer).toMatchObject({
    status: method === 'GET' ? 404 : 400,
    body: { errors: [expect.any(String)] },
  })
})

describe('an upload', () => {
  test('goes on with fresh URLs when those it had have ended', async () => {
    const bytes = random.bytes(2000)
    const file = await openFile(me(), await makeAsset(me(), 'Expiring'), 'late.mov', bytes.length)
    const uploadId = await startUpload(file.created)
    await bench.studio.linksLive(1)
    const [old = ''] = await partUrls(me(), file.path, uploadId, 1)
    const until = Date.now() + 10_000
    let refused = await putPart(old, bytes)
    while (refused.status === 200 && Date.now() < until) refused = await putPart(old, bytes)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('Request has expired')
    await bench.studio.linksLive(900)
    const [fresh = ''] = await partUrls(me(), file.path, uploadId, 1)
    const sent = await putPart(fresh, bytes)
    expect(sent.status).toBe(200)
    const again = await expectStatus(me(), 200, 'GET', `${file.path}/?generate_signed_post_url=true`)
    expect(textAt(again, 'multipart_upload_url')).toContain('uploads=')
    expect((await complete(me(), file.path, uploadId, [sent.headers.get('etag') ?? ''])).status).toBe(200)
  })

  test('is told of a failure in an answer of status 200, with nothing done', async () => {
    const bytes = random.bytes(2000)
    const file = await openFile(me(), await makeAsset(me(), 'Liar'), 'liar.mov', bytes.length)
    const uploadId = await startUpload(file.created)
    const [url = ''] = await partUrls(me(), file.path, uploadId, 1)
    const etag = (await putPart(url, bytes)).headers.get('etag') ?? ''
    await bench.studio.fault({
      operation: 'CompleteMultipartUpload',
      kind: 'errorBody',
      code: 'InternalError',
    })
    const lied = await complete(me(), file.path, uploadId, [etag])
    expect(lied).toMatchObject({ status: 200, text: expect.stringContaining('<Error><Code>InternalError') })
    expect((await complete(me(), file.path, uploadId, [etag])).text).toContain(
      'CompleteMultipartUploadResult',
    )
  })

  test('that is given up leaves nothing behind', async () => {
    const file = await openFile(me(), await makeAsset(me(), 'Given up'), 'gone.mov', 10)
    const [one, two] = [await startUpload(file.created), await startUpload(file.created)]
    const urls = await expectStatus(me(), 200, 'GET', `${file.path}/multipart_url/?upload_id=${one}`)
    expect((await fetch(textAt(urls, 'abort_url'), { method: 'DELETE' })).status).toBe(204)
    const cleanup = `${file.path}/multipart/cleanup/`
    await expectStatus(me(), 200, 'POST', cleanup, { abort_upload: true, parts_number: 1 })
    await expectStatus(me(), 200, 'POST', cleanup, { abort_upload: true, upload_id: two, parts_number: 1 })
    for (const id of [one, two]) {
      const list = await expectStatus(
        me(),
        200,
        'GET',
        `${file.path}/multipart_url/?upload_id=${id}&type=list_parts_url`,
      )
      expect((await fetch(textAt(list, 'list_parts_url', 0))).status).toBe(404)
    }
    await expectStatus(me(), 200, 'PATCH', `${file.path}/`, { status: 'FAILED' })
    await expectStatus(me(), 204, 'DELETE', `assets/v1/assets/${file.assetId}/uploads/`)
    expect((await ask('GET', `${file.path}/`)).status).toBe(404)
  })
})

test('a user without the roles is refused, and nothing is made', async () => {
  const assetId = await makeAsset(me(), 'Refused')
  const limited = me().limited()
  const format = await limited.ask('POST', `files/v1/assets/${assetId}/formats/`, { name: 'ORIGINAL' })
  expect(format).toMatchObject({
    status: 403,
    body: { errors: [expect.stringContaining('can_write_formats')] },
  })
  expect((await limited.ask('POST', 'jobs/v1/jobs/', {})).status).toBe(403)
  expect((await ask('GET', `files/v1/assets/${assetId}/formats/`)).body).toMatchObject({ total: 0 })
  expect((await me().nobody().ask('GET', `files/v1/assets/${assetId}/formats/`)).status).toBe(401)
})
