import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { mimetypeOf, thumbnailKey } from './candidio/media.ts'
import type { ObjectStore } from './s3/objectStore.ts'
import { receiveFile } from './s3/receive.ts'

/** A name without a way out of the folder. */
const plainName = z.string().regex(/^\w[\w. -]{0,120}$/)

/** `samples.json`, as far as it matters here. */
const manifestSchema = z.looseObject({
  samples: z.array(
    z.looseObject({
      file: plainName,
      scene: z.string().default(''),
      title: z.string().default(''),
      thumbnail: z.looseObject({ file: z.string().regex(/^thumbs\/\w[\w. -]{0,120}$/) }).optional(),
    }),
  ),
})
export type Footage = z.infer<typeof manifestSchema>['samples'][number]

/** The sample clips of a folder. Undefined where they have not been made, as in a fresh checkout. */
export async function readFootage(folder: string): Promise<readonly Footage[] | undefined> {
  try {
    const text = await readFile(join(folder, 'samples.json'), 'utf8')
    return manifestSchema.parse(JSON.parse(text)).samples
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export const endingOf = (file: string) => file.slice(file.lastIndexOf('.') + 1)

/** Puts a clip and its picture into the store below `prefix`, and says how many bytes the clip has. */
export async function storeFootage(
  store: ObjectStore,
  folder: string,
  { file, thumbnail }: Footage,
  prefix: string,
): Promise<number> {
  const key = prefix + file
  const type = mimetypeOf(endingOf(file), 'application/octet-stream')
  const bytes = await addObject(store, key, join(folder, file), type)
  if (thumbnail) await addObject(store, thumbnailKey(key), join(folder, thumbnail.file), 'image/jpeg')
  return bytes
}

async function addObject(store: ObjectStore, key: string, path: string, type: string): Promise<number> {
  const received = await receiveFile(path)
  const blob = await store.blobs.copyFrom(path)
  await store.put(key, { headers: { 'content-type': type }, metadata: {} }, received, blob)
  return received.bytes
}
