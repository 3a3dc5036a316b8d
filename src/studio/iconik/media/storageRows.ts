import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { Documents } from '../documents.ts'
import { anyObject } from '../fields.ts'

export const purposes = ['KEYFRAMES', 'FILES', 'PROXIES', 'EXPORTS', 'ARCHIVE', 'FACES'] as const
export type StoragePurpose = (typeof purposes)[number]

const storageSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  purpose: z.enum(purposes),
  method: z.enum(['FILE', 'S3']),
  status: z.enum(['ACTIVE', 'INACTIVE', 'FAILING']),
  status_message: z.string().nullable(),
  scanner_status: z.string().nullable(),
  last_scanned: z.string().nullable(),
  version: z.string(),
  default: z.boolean(),
  settings: anyObject,
})
export type Storage = z.infer<typeof storageSchema>
export const storages = new Documents('iconik_storage', 'Storage', storageSchema)

/** Whether clients can send bytes to it: the others are served by a gateway. */
export const isRemote = ({ method }: Storage): boolean => method === 'S3'

/** Whether it takes only parts whose MD5 is part of their URL. */
export const needsMd5 = ({ settings }: Storage): boolean => settings['presign_md5_checksum'] === true

/** The storage that things of a kind go to when nobody names one. */
export function defaultStorage(rows: SqlRows, purpose: StoragePurpose): Storage | undefined {
  const found = storages.all(rows, [where('purpose = ?', purpose), where("status = 'ACTIVE'")])
  return found.find((storage) => storage.default) ?? found.find(isRemote)
}

const plain = { path: '', region: 'us-east-1', read: true, write: true, delete: true, scan: false }

/** What a studio stores things on. All but the last are its own S3 store; nobody serves the gateway. */
type OwnStorage = Pick<Storage, 'name' | 'purpose' | 'method' | 'default' | 'settings'>
const ownStorages: readonly OwnStorage[] = [
  { name: 'Northlight media', purpose: 'FILES', method: 'S3', default: true, settings: plain },
  { name: 'Northlight proxies', purpose: 'PROXIES', method: 'S3', default: true, settings: plain },
  { name: 'Northlight pictures', purpose: 'KEYFRAMES', method: 'S3', default: true, settings: plain },
  {
    ...{ name: 'Deliveries', purpose: 'FILES', method: 'S3', default: false },
    settings: { ...plain, presign_md5_checksum: true },
  },
  {
    ...{ name: 'Grading suite', purpose: 'FILES', method: 'FILE', default: false },
    settings: { mount_point: '/Volumes/grading', read: true, write: true, scan: true },
  },
]

/** Makes the studio's storages where they are missing. */
export function openStorages(rows: SqlRows, bucket: string): void {
  rows.transaction(() => {
    for (const { settings, ...storage } of ownStorages) {
      if (rows.get('SELECT id FROM iconik_storage WHERE name = ?', storage.name) !== undefined) continue
      storages.insert(rows, {
        ...storage,
        ...{ id: randomUUID(), status: 'ACTIVE', version: '1', description: null, status_message: null },
        ...{ scanner_status: null, last_scanned: null },
        settings: storage.method === 'S3' ? { ...settings, bucket } : settings,
      })
    }
  })
}
