import { GetObjectCommand } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { s3ClientOf } from '../fakes/studioClient.ts'
import { candidioOfFile, expectRefusal } from './candidioBench.ts'
import {
  assetSchema,
  descriptionSchema,
  listedWorkspaceSchema,
  many,
  okSchema,
  one,
  productionSchema,
  userSchema,
  workspaceSchema,
} from './candidioSchemas.ts'

const bench = candidioOfFile()
let other: string
/** A workspace that the ordinary user does not belong to. */
let foreign: string

const assets = () => `${bench.productions}/${bench.production}/assets`
const oneAsset = one(assetSchema)
const assetList = many(assetSchema)

beforeAll(async () => {
  const winter = await bench.api.expect(one(productionSchema), 'POST', bench.productions, { title: 'Winter' })
  other = winter.data.id
  const theirs = await bench.api.admin().ask('POST', '/workspaces', { is_business: true, name: 'Theirs' })
  foreign = one(z.looseObject({ id: z.string() })).parse(theirs.body).data.id
})

describe('registering a file', () => {
  test('gives an asset as the documents show it', async () => {
    const file = await bench.api.stored('reg/A001_C001.mp4', { mimetype: 'image/mp4' })
    const { data } = await bench.api.expect(oneAsset, 'POST', assets(), file)
    expect(data).toMatchObject({
      file_name: 'A001_C001',
      file_type: 'mp4',
      mimetype: 'video/mp4',
      size: 5,
      video_duration: null,
      is_stock: false,
      is_completed_production: false,
    })
    const again = await bench.api.get(oneAsset, `${assets()}/${data.id}`)
    expect({ ...again.data, ...links }).toEqual({ ...data, ...links })
    const logged = bench.studio.log().findLast(({ operation }) => operation === 'assets.create')
    expect(logged).toMatchObject({ id: data.id, key: 'reg/A001_C001.mp4', status: 200 })
  })

  test('takes the trailing slash of the documents', async () => {
    const file = await bench.api.stored('reg/slash.mp4')
    await bench.api.expect(oneAsset, 'POST', '/assets/', { ...file, workspace_id: bench.workspace })
  })

  test.each(['bucket', 'object_key', 'file_name', 'file_type', 'size', 'mimetype'])(
    'needs %s',
    async (field) => {
      const { [field]: _left, ...rest } = await bench.api.stored('reg/needs.mp4')
      expectRefusal(await bench.api.ask('POST', assets(), rest), 422, field)
    },
  )

  test('needs the object to be there, as large as it says', async () => {
    const file = await bench.api.stored('reg/there.mp4')
    expectRefusal(
      await bench.api.ask('POST', assets(), { ...file, object_key: 'reg/not' }),
      422,
      'object_key',
    )
    expectRefusal(await bench.api.ask('POST', assets(), { ...file, bucket: 'elsewhere' }), 422, 'bucket')
    expectRefusal(await bench.api.ask('POST', assets(), { ...file, size: 6 }), 422, 'size')
    expectRefusal(await bench.api.ask('POST', assets(), { ...file, size: 5.5 }), 422, 'size')
    expectRefusal(await bench.api.ask('POST', assets(), { ...file, size: '5' }), 422, 'size')
  })

  test('does not look for twins: twice is two assets', async () => {
    const file = await bench.api.stored('reg/twice.mp4')
    const first = await bench.api.expect(oneAsset, 'POST', assets(), file)
    const second = await bench.api.expect(oneAsset, 'POST', assets(), file)
    expect(second.data.id).not.toBe(first.data.id)
  })

  test('hangs an asset on one thing at most', async () => {
    const shots = `/workspaces/${bench.workspace}/productions/${bench.production}/descriptions`
    const shot = await bench.api.expect(one(descriptionSchema), 'POST', shots, { type: 'broll', fields: {} })
    const file = await bench.api.stored('reg/target.mp4')
    const core = { ...file, workspace_id: bench.workspace }
    const both = { ...core, production_id: bench.production, description_id: shot.data.id }
    expectRefusal(await bench.api.ask('POST', '/assets', both), 422, 'production_id', 'description_id')
    const { data } = await bench.api.expect(oneAsset, 'POST', assets(), {
      ...file,
      description_id: shot.data.id,
    })
    const shown = await bench.api.get(
      z.looseObject({ data: z.unknown() }),
      `${assets()}/${data.id}?include=description,uploadable,production`,
    )
    expect(shown.data).toMatchObject({
      description: { id: shot.data.id },
      uploadable: { id: shot.data.id },
      production: { id: bench.production },
    })
    const elsewhere = `/workspaces/${bench.workspace}/productions/${other}/assets`
    expectRefusal(
      await bench.api.ask('POST', elsewhere, { ...file, description_id: shot.data.id }),
      422,
      'description_id',
    )
    expectRefusal(
      await bench.api.ask('POST', '/assets', { ...core, production_id: 'prd_unknown' }),
      422,
      'production_id',
    )
  })

  test('on a workspace alone makes it My Brand', async () => {
    const file = await bench.api.stored('reg/brand.png', { type: 'png', mimetype: 'image/png' })
    const { data } = await bench.api.expect(oneAsset, 'POST', `/workspaces/${bench.workspace}/assets`, file)
    expect(data).toMatchObject({ is_stock: true, is_transcoded: true, mimetype: 'image/png' })
    expect(data.link_fullsize).not.toBeNull()
  })
})

/** Links differ from answer to answer: each is signed anew. */
const links = {
  link_download: '',
  link_thumbnail: null,
  link_fullsize: null,
  link_preview_mp4: null,
  link_preview_webm: null,
}

describe('links', () => {
  test('read the bytes without a token, under the name of the file', async () => {
    const file = await bench.api.stored('links/Ä "clip" 1.mp4', { bytes: Buffer.from('moving pictures') })
    const { data } = await bench.api.expect(oneAsset, 'POST', assets(), file)
    const download = await fetch(data.link_download)
    expect(await download.text()).toBe('moving pictures')
    expect(download.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('Ä "clip" 1.mp4')}`,
    )
    expect(new URL(data.link_download).searchParams.get('X-Amz-Expires')).toBe('900')
    expect(decodeURIComponent(new URL(data.link_download).pathname)).toContain('links/Ä "clip" 1.mp4')
    const preview = await fetch(data.link_preview_mp4 ?? '', { headers: { range: 'bytes=7-14' } })
    expect([preview.status, await preview.text()]).toEqual([206, 'pictures'])
    expect(preview.headers.get('content-type')).toBe('video/mp4')
  })

  test.each([
    ['mp4', { link_preview_mp4: true, link_preview_webm: false, is_transcoded: true }],
    ['webm', { link_preview_mp4: false, link_preview_webm: true, is_transcoded: true }],
    ['wav', { link_preview_mp4: true, link_preview_webm: false, is_transcoded: true }],
    ['MP3', { link_preview_mp4: true, link_preview_webm: false, is_transcoded: true }],
    ['jpg', { link_preview_mp4: false, link_thumbnail: true, link_fullsize: true, is_transcoded: true }],
    ['mov', { link_preview_mp4: false, link_preview_webm: false, is_transcoded: false }],
    ['r3d', { link_preview_mp4: false, link_thumbnail: false, is_transcoded: false }],
    ['', { link_preview_mp4: false, is_transcoded: false }],
  ])('of a %s file are there as far as a browser can use it', async (type, expected) => {
    const file = await bench.api.stored(`links/file.${type}`, { type, mimetype: 'application/octet-stream' })
    const { data } = await bench.api.expect(oneAsset, 'POST', assets(), file)
    for (const [name, isThere] of Object.entries(expected)) {
      const value = data[name as keyof typeof data]
      expect([name, typeof value === 'boolean' ? value : value !== null]).toEqual([name, isThere])
    }
  })

  test('show the picture that was stored beside the object', async () => {
    const file = await bench.api.stored('links/pictured.mov', { type: 'mov' })
    const { data } = await bench.api.expect(oneAsset, 'POST', assets(), file)
    expect(data.link_thumbnail).toBeNull()
    await bench.api.stored('links/pictured.mov.thumb.jpg', { bytes: Buffer.from('jpeg') })
    const later = await bench.api.get(oneAsset, `${assets()}/${data.id}`)
    const picture = await fetch(later.data.link_thumbnail ?? '')
    expect(await picture.text()).toBe('jpeg')
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
  })
})

describe('the four path styles', () => {
  test('lead to the same asset', async () => {
    const { data } = await bench.api.expect(oneAsset, 'POST', assets(), await bench.api.stored('paths/a.mp4'))
    const paths = [
      `/assets/${data.id}?workspace_id=${bench.workspace}`,
      `/workspaces/${bench.workspace}/assets/${data.id}`,
      `${assets()}/${data.id}`,
    ]
    for (const path of paths) expect((await bench.api.get(oneAsset, path)).data.id).toBe(data.id)
    expectRefusal(
      await bench.api.ask('GET', `/workspaces/${bench.workspace}/productions/${other}/assets/${data.id}`),
      404,
    )
  })

  test('ask an ordinary user for the workspace on a core path, and no administrator', async () => {
    for (const path of ['/assets', '/productions']) {
      expectRefusal(await bench.api.ask('GET', path), 403)
      expect((await bench.api.ask('GET', `${path}?workspace_id=${bench.workspace}`)).status).toBe(200)
      expect((await bench.api.admin().ask('GET', path)).status).toBe(200)
      expectRefusal(await bench.api.ask('GET', `${path}?workspace_id=${foreign}`), 403)
      expectRefusal(await bench.api.ask('GET', `${path}?workspace_id=wrk_unknown`), 404)
    }
    const file = await bench.api.stored('paths/core.mp4')
    expectRefusal(await bench.api.ask('POST', '/assets', file), 403)
    expectRefusal(await bench.api.admin().ask('POST', '/assets', file), 422, 'workspace_id')
  })

  test('take public uploads only where the production allows them', async () => {
    const file = await bench.api.stored('paths/public.mp4')
    const publicPaths = [`/public${assets()}`, `${assets()}/public`]
    for (const path of publicPaths) expectRefusal(await bench.api.nobody().ask('POST', path, file), 403)
    await bench.api.expect(
      one(productionSchema),
      'PUT',
      `/productions/${bench.production}?workspace_id=${bench.workspace}`,
      {
        allow_public_upload: true,
      },
    )
    for (const path of publicPaths) {
      const { data } = await bench.api.nobody().expect(oneAsset, 'POST', path, file)
      expect((await bench.api.get(oneAsset, `${assets()}/${data.id}`)).data.id).toBe(data.id)
    }
    const asUser = { ...file, user_id: 'usr_somebody' }
    expectRefusal(await bench.api.nobody().ask('POST', publicPaths[0] ?? '', asUser), 422, 'user_id')
    const shown = await bench.api
      .nobody()
      .get(one(productionSchema), `/public/productions/${bench.production}?include=workspace.users`)
    expect(shown.data.allow_public_upload).toBe(true)
    expectRefusal(await bench.api.nobody().ask('GET', `/public/productions/${other}`), 403)
    expectRefusal(await bench.api.nobody().ask('GET', assets()), 401)
  })
})

describe('changing and deleting', () => {
  test('a name and flags', async () => {
    const { data } = await bench.api.expect(
      oneAsset,
      'POST',
      assets(),
      await bench.api.stored('change/a.mov', { type: 'mov' }),
    )
    const path = `${assets()}/${data.id}`
    const changed = await bench.api.expect(oneAsset, 'PUT', path, {
      file_name: 'renamed.mov',
      is_transcoded: true,
      size: 1,
    })
    expect(changed.data).toMatchObject({ file_name: 'renamed', is_transcoded: true, size: 5 })
    expectRefusal(
      await bench.api.ask('PUT', path, { file_name: '', is_stock: 'yes' }),
      422,
      'file_name',
      'is_stock',
    )
    const moved = await bench.api.expect(oneAsset, 'PUT', path, { production_id: other })
    expect(moved.data.id).toBe(data.id)
    expectRefusal(await bench.api.ask('GET', path), 404)
    expectRefusal(
      await bench.api.ask('PUT', `/workspaces/${bench.workspace}/assets/${data.id}`, {
        workspace_id: foreign,
      }),
      403,
    )
  })

  test('an asset is gone for good, and its bytes with the last of them', async () => {
    const file = await bench.api.stored('delete/shared.mp4')
    await bench.api.stored('delete/shared.mp4.thumb.jpg')
    const s3 = s3ClientOf(bench.studio)
    const read = (Key: string) => s3.send(new GetObjectCommand({ Bucket: bench.studio.storage.bucket, Key }))
    const first = await bench.api.expect(oneAsset, 'POST', assets(), file)
    const second = await bench.api.expect(oneAsset, 'POST', assets(), file)
    await bench.api.expect(okSchema, 'DELETE', `${assets()}/${first.data.id}`)
    await (await read('delete/shared.mp4')).Body?.transformToString()
    await bench.api.expect(okSchema, 'DELETE', `/assets/${second.data.id}?workspace_id=${bench.workspace}`)
    for (const key of ['delete/shared.mp4', 'delete/shared.mp4.thumb.jpg']) {
      await expect(read(key)).rejects.toThrow('does not exist')
    }
    s3.destroy()
    expectRefusal(await bench.api.ask('GET', `${assets()}/${first.data.id}`), 410)
    expectRefusal(await bench.api.ask('DELETE', `${assets()}/${first.data.id}`), 410)
    expectRefusal(await bench.api.ask('GET', `${assets()}/ast_neverwas`), 404)
  })

  test('a shot is attached and detached', async () => {
    const shots = `/workspaces/${bench.workspace}/productions/${bench.production}/descriptions`
    const shot = await bench.api.expect(one(descriptionSchema), 'POST', shots, {
      type: 'broll',
      fields: { field1: 'Sea' },
    })
    const { data } = await bench.api.expect(
      oneAsset,
      'POST',
      assets(),
      await bench.api.stored('attach/a.mp4'),
    )
    const base = `/workspaces/${bench.workspace}/assets/${data.id}/descriptions/${shot.data.id}`
    await bench.api.expect(okSchema, 'PUT', `${base}/attach`)
    const within = await bench.api.get(assetList, `${assets()}?scope[description]=${shot.data.id}`)
    expect(within.data.map(({ id }) => id)).toEqual([data.id])
    await bench.api.expect(okSchema, 'DELETE', `${base}/detach`)
    expectRefusal(await bench.api.ask('DELETE', `${base}/detach`), 404)
  })
})

describe('includes', () => {
  test('go as deep as the dots, as bare records', async () => {
    const { data } = await bench.api.expect(
      oneAsset,
      'POST',
      assets(),
      await bench.api.stored('include/a.mp4'),
    )
    const shown = await bench.api.get(
      z.strictObject({
        data: assetSchema.extend({
          owner: userSchema,
          workspace: workspaceSchema.extend({ users: z.array(userSchema).min(1) }),
          production: productionSchema.extend({ workspace: workspaceSchema }),
          description: z.null(),
        }),
      }),
      `${assets()}/${data.id}?include=owner,workspace.users,production.workspace,description,nonsense`,
    )
    expect(shown.data.workspace.id).toBe(bench.workspace)
  })

  test('of a list come with every record', async () => {
    const withWorkspace = many(assetSchema.extend({ workspace: workspaceSchema }))
    const { data } = await bench.api.get(withWorkspace, `${assets()}?include=workspace`)
    expect(data.length).toBeGreaterThan(3)
  })

  test('do not lead out of what the user may see', async () => {
    await bench.api.admin().ask('POST', `/workspaces/${foreign}/productions`, { title: 'Secret' })
    const everything = await bench.api.ask(
      'GET',
      `/workspaces/${bench.workspace}?include=users.workspaces.productions`,
    )
    expect(everything.status).toBe(200)
    expect(JSON.stringify(everything.body)).not.toContain('Secret')
    expectRefusal(await bench.api.ask('GET', `/workspaces/${foreign}`), 403)
    expectRefusal(await bench.api.ask('GET', '/workspaces?include=a.b.c.d.e'), 400)
    const listed = await bench.api.get(many(listedWorkspaceSchema), '/workspaces')
    expect(listed.data.map(({ id }) => id)).not.toContain(foreign)
  })
})
