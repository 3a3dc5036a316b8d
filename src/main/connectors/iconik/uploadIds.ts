import { AppError } from '../../../shared/errors.ts'
import type { UploadFile } from '../../transfers/uploadFile.ts'
import { placeNoteSchema } from './placeNote.ts'

/** Names of the steps, as they are stored with a transfer. */
export const stepNames = {
  storage: 'storage',
  asset: 'asset',
  version: 'version',
  metadata: 'metadata',
  format: 'format',
  fileSet: 'fileSet',
  file: 'file',
  job: 'job',
  close: 'close',
  proxy: 'proxy',
  finish: 'finish',
} as const

/** In place of the id of something that could be done without. */
export const none = 'none'

/** Remote ids of the steps taken so far. */
export type Done = ReadonlyMap<string, string>

/** The id a step answered. Steps are taken in order, so that it is there. */
export function idOf(done: Done, name: keyof typeof stepNames): string {
  const id = done.get(stepNames[name])
  if (id === undefined) throw new Error(`an upload reached a step before ${name}`)
  return id
}

/** The asset a file belongs to: its own, or the one it becomes a version of. */
export function assetOf({ versionOf }: Pick<UploadFile, 'versionOf'>, done: Done): string {
  return versionOf ?? idOf(done, 'asset')
}

/** Named wherever a record could belong to more than one version. */
export function versionFields(done: Done): { readonly version_id?: string } {
  const version = done.get(stepNames.version)
  return version === undefined ? {} : { version_id: version }
}

const noteSchema = placeNoteSchema.pick({ collectionId: true, storageId: true })

/** The storage of the place the drop went to, where that has one of its own. */
export function storageOf({ remote }: Pick<UploadFile, 'remote'>): string | null {
  const note = noteSchema.safeParse(remote)
  return note.success ? note.data.storageId : null
}

/** The collection the drop went to. Fails with `request.invalid` for a place that is none. */
export function placeOf({ remote }: Pick<UploadFile, 'remote'>): string {
  const note = noteSchema.safeParse(remote)
  if (!note.success || note.data.collectionId === null)
    throw new AppError('request.invalid', { call: 'drops.send', reason: 'takesNoUploads' })
  return note.data.collectionId
}

/** A name without what a service or a storage may choke on: line breaks, other control characters, separators. */
export function plainName(name: string): string {
  const plain = name.normalize('NFC').replace(/[\p{Cc}\p{Surrogate}\u2028\u2029/\\]/gu, '_')
  return /^\.{0,2}$/.test(plain) ? '_' : plain
}

/** `2026-01-31T12:00:00.000Z` */
export const isoTime = (at: number): string => new Date(at).toISOString()
