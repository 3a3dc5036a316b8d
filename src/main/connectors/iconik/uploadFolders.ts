import { createHash } from 'node:crypto'
import type { UploadFile } from '../../transfers/uploadFile.ts'
import { sharedPrefix, type UploadStep } from '../../transfers/uploadTarget.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { allRows } from './paging.ts'
import { type Done, placeOf, plainName } from './uploadIds.ts'
import { collectionSchema, entriesSchema } from './wireCollections.ts'

const perPage = 1000
const mostCollections = 10_000

/**
 * A collection for each folder between the dropped item and the file, from the top down. All files of a drop share them:
 * one makes a folder's collection, the others take it. A collection of that title that is there already is used.
 */
export function folderSteps(client: IconikClient, file: UploadFile): UploadStep[] {
  return file.folders.map((folder, index) => {
    const title = plainName(folder)
    const name = folderStepName(file, index + 1)
    const parentOf = (done: Done) => collectionOf(file, done, index)
    const find = async (parent: string, signal: AbortSignal) => {
      const rows = await allRows(
        (page) =>
          client.call(
            calls['assets.listCollectionContents'],
            {
              path: { collection_id: parent },
              query: { object_types: 'collections', per_page: perPage, page },
              answer: entriesSchema,
            },
            signal,
          ),
        mostCollections,
      )
      const found = rows.find(
        (row) =>
          row?.object_type === 'collections' &&
          row.status !== 'DELETED' &&
          row.title?.normalize('NFC') === title,
      )
      return found?.id
    }
    return {
      name,
      turn: name,
      isShared: true,
      lookUp: (_facts, done, _intendedAt, signal) => find(parentOf(done), signal),
      async act(_facts, done, signal) {
        const parent = parentOf(done)
        const found = await find(parent, signal)
        if (found !== undefined) return found
        const { id } = await client.call(
          calls['assets.createCollection'],
          {
            query: { apply_collection_acls: true },
            body: { title, parent_id: parent, external_id: externalIdOf(file, index + 1) },
            answer: collectionSchema,
          },
          signal,
        )
        return id
      },
    }
  })
}

/** The collection that the first `depth` folders lead to; the drop's own for none. */
export function collectionOf(file: UploadFile, done: Done, depth = file.folders.length): string {
  if (depth === 0) return placeOf(file)
  const id = done.get(folderStepName(file, depth))
  if (id === undefined) throw new Error('an upload reached a folder before the one above it')
  return id
}

/** The same for every file of one drop below the same folder. */
function folderStepName(file: UploadFile, depth: number): string {
  return `${sharedPrefix}collection:${file.batchId}:${depth}:${pathHash(file, depth)}`
}

function externalIdOf(file: UploadFile, depth: number): string {
  return `rushes:${file.batchId}:${depth}:${pathHash(file, depth)}`
}

function pathHash(file: UploadFile, depth: number): string {
  const path = JSON.stringify([placeOf(file), ...file.folders.slice(0, depth)])
  return createHash('sha256').update(path).digest('hex').slice(0, 24)
}
