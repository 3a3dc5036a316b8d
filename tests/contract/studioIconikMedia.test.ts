import { readFileSync } from 'node:fs'
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
import { complete, openFile, partUrls, putPart, startUpload, uploadWhole } from '../fakes/iconikUpload.ts'
import { seeded } from '../fakes/seeded.ts'

const random = seeded(42)
let bench: IconikBench
const ask: IconikBench['iconik']['ask'] = (...call) => bench.iconik.ask(...call)
const me = () => bench.iconik

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())
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

const samples = new URL('../../resources/samples/', import.meta.url)
const picture = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100ffd9', 'hex')

describe('a job', () => {
  test('makes a proxy of what can be played as it is, with what the file says of itself', async () => {
    const clip = readFileSync(new URL('B003_C001_0915.mp4', samples))
    const assetId = await makeAsset(me(), 'Night road')
    const file = await uploadWhole(me(), assetId, 'B003_C001_0915.mp4', clip)
    const job = await jobOf(assetId, `${file.path}/keyframes/`)
    expect(job.body).toMatchObject({
      status: 'FINISHED',
      started_at: expect.any(String),
      completed_at: expect.any(String),
    })
    const proxies = await expectStatus(me(), 200, 'GET', `files/v1/assets/${assetId}/proxies/`)
    expect(listAt(proxies, 'objects')).toMatchObject([
      {
        ...{ status: 'CLOSED', codec: 'avc1', resolution: { width: 1280, height: 720 } },
        ...{ frame_rate: '29.97', start_time_code: '01:00:00;00', is_drop_frame: true, size: clip.length },
      },
    ])
    expect((await bytesAt(textAt(proxies, 'objects', 0, 'url'))).equals(clip)).toBe(true)
    const silent = await ask('GET', `files/v1/assets/${assetId}/proxies/?generate_signed_url=false`)
    expect(listAt(silent, 'objects')).toEqual([expect.not.objectContaining({ url: expect.anything() })])
    const download = await expectStatus(
      me(),
      200,
      'GET',
      `files/v1/assets/${assetId}/proxies/${textAt(proxies, 'objects', 0, 'id')}/download_url/`,
    )
    expect((await fetch(textAt(download, 'url'))).headers.get('content-disposition')).toMatch(/^attachment/)
    const asset = await expectStatus(me(), 200, 'GET', `assets/v1/assets/${assetId}/`)
    expect(asset.body).toMatchObject({ is_online: true })
  })

  test('makes the picture of a still, and stills of it', async () => {
    const assetId = await makeAsset(me(), 'Still')
    const file = await uploadWhole(me(), assetId, 'still.jpg', picture)
    await jobOf(assetId, `${file.path}/keyframes/`)
    const keyframes = await expectStatus(me(), 200, 'GET', `files/v1/assets/${assetId}/keyframes/`)
    expect(listAt(keyframes, 'objects')).toMatchObject([{ type: 'KEYFRAME', status: 'CLOSED' }])
    expect((await bytesAt(textAt(keyframes, 'objects', 0, 'url'))).equals(picture)).toBe(true)
    await jobOf(assetId, `${file.path}/capture/0/`)
    const poster = await expectStatus(me(), 201, 'POST', `files/v1/assets/${assetId}/custom_keyframe/`)
    expect(poster.body).toMatchObject({ type: 'POSTER', is_custom_keyframe: true })
  })

  test('that a kill cut off is done by the next start', async () => {
    // Large enough to be met while it is read.
    const bytes = Buffer.alloc(96 * 2 ** 20, random.bytes(1000))
    const assetId = await makeAsset(me(), 'Interrupted')
    const file = await uploadWhole(me(), assetId, 'interrupted.mp4', bytes)
    const started = await expectStatus(me(), 200, 'POST', `${file.path}/keyframes/`, { priority: 7 })
    await untilAnswer(
      () => ask('GET', `jobs/v1/jobs/${textAt(started, 'job_id')}/`),
      (answer) => textAt(answer, 'status') === 'STARTED',
    )
    await bench.killAndRestart()
    const ended = await untilAnswer(
      () => ask('GET', `jobs/v1/jobs/${textAt(started, 'job_id')}/`),
      (answer) => hasEnded(textAt(answer, 'status')),
    )
    expect(ended.body).toMatchObject({ status: 'FINISHED', priority: 7 })
    const proxies = await ask('GET', `files/v1/assets/${assetId}/proxies/`)
    expect(proxies.body).toMatchObject({ total: 1 })
  })

  test('of a client is told of, moved on and listed', async () => {
    const assetId = await makeAsset(me(), 'Watched')
    const made = await expectStatus(me(), 201, 'POST', 'jobs/v1/jobs/', {
      ...{ object_type: 'assets', object_id: assetId, type: 'TRANSFER', status: 'STARTED', title: 'Upload' },
    })
    const job = `jobs/v1/jobs/${textAt(made, 'id')}/`
    const moved = await expectStatus(me(), 200, 'PATCH', job, { progress_processed: 3, progress_total: 12 })
    expect(moved.body).toMatchObject({ progress: 25, status: 'STARTED', title: 'Upload' })
    const failed = await expectStatus(me(), 200, 'PATCH', job, { status: 'FAILED', error_message: 'Cable' })
    expect(failed.body).toMatchObject({
      status: 'FAILED',
      error_message: 'Cable',
      completed_at: expect.any(String),
    })
    const list = await expectStatus(
      me(),
      200,
      'GET',
      `jobs/v1/jobs/?object_id=${assetId}&status=FAILED&sort=date_created,desc`,
    )
    expect(list.body).toMatchObject({ total: 1, objects: [{ title: 'Upload' }] })
    await expectStatus(me(), 201, 'PUT', 'jobs/v1/jobs/state/', {
      job_ids: [textAt(made, 'id')],
      action: 'RESTART',
    })
    expect((await ask('GET', job)).body).toMatchObject({ status: 'READY' })
    await expectStatus(me(), 201, 'PUT', 'jobs/v1/jobs/state/', {
      job_ids: [textAt(made, 'id')],
      action: 'ABORT',
    })
    expect((await ask('GET', job)).body).toMatchObject({ status: 'ABORTED' })
    await expectStatus(me(), 204, 'DELETE', job)
    expect((await ask('GET', job)).status).toBe(404)
    expect((await ask('POST', 'jobs/v1/jobs/', { type: 'NONE', status: 'STARTED', title: 'x' })).status).toBe(
      400,
    )
  })
})

describe('a version', () => {
  test('has media of its own, and lists show the newest', async () => {
    const assetId = await makeAsset(me(), 'Versions')
    const first = await uploadWhole(me(), assetId, 'v1.mp4', random.bytes(100))
    await jobOf(assetId, `${first.path}/keyframes/`)
    await expectStatus(me(), 200, 'POST', `assets/v1/assets/${assetId}/versions/`, { copy_metadata: true })
    const asset = await expectStatus(me(), 200, 'GET', `assets/v1/assets/${assetId}/`)
    const [v1 = '', v2 = ''] = [textAt(asset, 'versions', 0, 'id'), textAt(asset, 'versions', 1, 'id')]
    const second = await uploadWhole(me(), assetId, 'v2.mp4', random.bytes(200), { versionId: v2 })
    await jobOf(assetId, `${second.path}/keyframes/`)
    const names = async (path: string) =>
      listAt(await expectStatus(me(), 200, 'GET', path), 'objects').map((one) =>
        Reflect.get(one as object, 'name'),
      )
    const proxies = `files/v1/assets/${assetId}`
    expect(await names(`${proxies}/proxies/`)).toEqual(['v2.mp4'])
    expect(await names(`${proxies}/versions/${v1}/proxies/`)).toEqual(['v1.mp4'])
    expect(await names(`${proxies}/proxies/?include_all_versions=true`)).toEqual(['v1.mp4', 'v2.mp4'])
    expect(await names(`${proxies}/versions/${v1}/file_sets/`)).toEqual(['v1.mp4'])
    expect(listAt(await ask('GET', `${proxies}/versions/${v1}/files/`), 'objects')).toMatchObject([
      { id: first.fileId },
    ])
    expect((await ask('GET', `${proxies}/versions/${first.fileId}/proxies/`)).status).toBe(404)
  })
})

describe('what is deleted', () => {
  test('can be had back from the queue, and is gone with its bytes after a purge', async () => {
    const assetId = await makeAsset(me(), 'Trashed')
    const file = await uploadWhole(me(), assetId, 'trash.mov', random.bytes(500))
    const url = textAt(await ask('GET', `${file.path}/download_url/`), 'url')
    const set = `files/v1/assets/${assetId}/file_sets/${file.fileSetId}`
    await expectStatus(me(), 200, 'DELETE', `${set}/`)
    expect((await ask('GET', `files/v1/assets/${assetId}/files/`)).body).toMatchObject({ total: 0 })
    const queue = await expectStatus(me(), 200, 'GET', 'files/v1/delete_queue/file_sets/?query=trash*')
    expect(listAt(queue, 'objects')).toMatchObject([{ id: file.fileSetId, status: 'DELETED' }])
    await expectStatus(me(), 204, 'DELETE', 'files/v1/delete_queue/file_sets/', { ids: [file.fileSetId] })
    expect((await ask('GET', `files/v1/assets/${assetId}/files/`)).body).toMatchObject({ total: 1 })
    const format = `files/v1/assets/${assetId}/formats/${file.formatId}`
    await expectStatus(me(), 200, 'DELETE', `${format}/`)
    await expectStatus(me(), 200, 'PUT', `${format}/restore/`)
    await expectStatus(me(), 200, 'DELETE', `${format}/`)
    expect((await ask('POST', 'files/v1/delete_queue/formats/purge/', { ids: [file.fileId] })).status).toBe(
      404,
    )
    await expectStatus(me(), 204, 'POST', 'files/v1/delete_queue/formats/purge/', { ids: [file.formatId] })
    expect((await ask('GET', `${format}/`)).status).toBe(404)
    const until = Date.now() + 10_000
    while ((await fetch(url)).status === 200 && Date.now() < until)
      await new Promise((done) => setImmediate(done))
    expect((await fetch(url)).status).toBe(404)
  })
})

describe('subtitles', () => {
  test('are kept by language and told as WebVTT', async () => {
    const assetId = await makeAsset(me(), 'Spoken')
    const { formatId } = await openFile(me(), assetId, 'x.mov', 1)
    const base = `files/v1/assets/${assetId}/subtitles`
    const made = await expectStatus(me(), 201, 'POST', `${base}/`, {
      ...{ language: 'en', closed_captions: false, format_id: formatId },
      content: '1\r\n00:00:01,500 --> 00:00:02,000\r\nHello\r\n',
    })
    const vtt = await expectStatus(me(), 200, 'GET', `${base}/en/webvtt/`)
    expect(vtt.body).toBe('WEBVTT\n\n1\n00:00:01.500 --> 00:00:02.000\nHello\n')
    expect(listAt(await ask('GET', `${base}/`), 'objects')).toMatchObject([{ language: 'en' }])
    expect((await ask('GET', `${base}/en/`)).body).toMatchObject({ id: textAt(made, 'id') })
    expect((await ask('GET', `${base}/en/cc/`)).status).toBe(404)
    await expectStatus(me(), 204, 'DELETE', `${base}/${textAt(made, 'id')}/`)
    expect((await ask('GET', `${base}/en/webvtt/`)).status).toBe(404)
  })
})

describe('a proxy and a picture of one’s own', () => {
  test('are sent to signed URLs and stand once they are closed', async () => {
    const assetId = await makeAsset(me(), 'Own proxy')
    const made = await expectStatus(me(), 201, 'POST', `files/v1/assets/${assetId}/proxies/`, {
      ...{ filename: 'own proxy.mp4', frame_rate: '25', resolution: { width: 640, height: 360 } },
    })
    const path = `files/v1/assets/${assetId}/proxies/${textAt(made, 'id')}`
    const bytes = random.bytes(700)
    const uploadId = await startUpload(made)
    const [url = ''] = await partUrls(me(), path, uploadId, 1)
    const sent = await putPart(url, bytes)
    await complete(me(), path, uploadId, [sent.headers.get('etag') ?? ''])
    const closed = await expectStatus(me(), 200, 'PATCH', `${path}/`, { status: 'CLOSED' })
    expect(closed.body).toMatchObject({ status: 'CLOSED', size: 700, frame_rate: '25' })
    expect((await bytesAt(textAt(closed, 'url'))).equals(bytes)).toBe(true)
    const frame = await expectStatus(me(), 201, 'POST', `files/v1/assets/${assetId}/keyframes/`, {
      ...{ type: 'KEYFRAME', filename: 'poster.jpg' },
    })
    await fetch(textAt(frame, 'upload_url'), { method: 'PUT', body: new Uint8Array(picture) })
    const stored = `files/v1/assets/${assetId}/keyframes/${textAt(frame, 'id')}/`
    const seen = await expectStatus(me(), 200, 'PATCH', stored, { status: 'CLOSED' })
    expect((await bytesAt(textAt(seen, 'url'))).equals(picture)).toBe(true)
  })
})
