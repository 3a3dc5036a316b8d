import { where } from '../../sqlRows.ts'
import { assets, versions } from '../assets/assetRows.ts'
import { noteHistory } from '../assets/history.ts'
import type { Call } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { IconikError } from '../iconikError.ts'
import { segments } from '../segments/segmentRows.ts'
import { objectionsTo } from './checkValues.ts'
import {
  checkRequired,
  type MetadataField,
  type MetadataOwner,
  type MetadataValues,
  metadataOf,
  type StoredMetadata,
  saveMetadata,
} from './metadataRows.ts'
import type { MetadataChanges } from './valueFields.ts'

const kinds = { assets, collections, segments } as const

/** Fails with 404 for an object or a version that does not exist, and with 400 for a kind without metadata. */
export function checkOwner(
  call: Pick<Call, 'rows'>,
  { objectType, objectId, versionId }: MetadataOwner,
): void {
  const kind = Object.hasOwn(kinds, objectType) ? kinds[objectType as keyof typeof kinds] : undefined
  if (kind === undefined) throw IconikError.badRequest({ object_type: 'Has no metadata' })
  kind.get(call.rows, objectId)
  if (versionId !== undefined && versions.get(call.rows, versionId).asset_id !== objectId) {
    throw IconikError.notFound('Version')
  }
}

const sameValue = (left: { readonly value?: unknown }, right: { readonly value?: unknown }) =>
  left.value === right.value

/** The values after the changes: each field's `mode` says whether they are added, taken away or put in place. */
function applied(values: MetadataValues, changes: MetadataChanges, date: string): MetadataValues {
  const next = { ...values }
  for (const [name, { field_values: sent, mode }] of Object.entries(changes)) {
    const old = values[name]?.field_values ?? []
    const added = sent.filter((one) => !old.some((other) => sameValue(one, other)))
    const left = old.filter((one) => !sent.some((other) => sameValue(one, other)))
    const field_values = mode === 'append' ? [...old, ...added] : mode === 'delete' ? left : sent
    if (field_values.length === 0) delete next[name]
    else next[name] = { date_created: values[name]?.date_created ?? date, field_values }
  }
  return next
}

export interface Writing {
  readonly owner: MetadataOwner
  readonly changes: MetadataChanges
  /** The fields that may be written; absent: any, as an administrator writes without a view. */
  readonly fields?: readonly MetadataField[]
  /** The view whose required fields must be filled afterwards. */
  readonly viewId?: string
}

/**
 * Stores changes of an object's values and tells its history. Fails with 400 for values that their fields do not
 * take, for fields that are read only, and when a required one ends up empty.
 */
export function writeValues(call: Call, { owner, changes, fields, viewId }: Writing): StoredMetadata {
  const { rows, date } = call
  checkOwner(call, owner)
  const stored = metadataOf(rows, owner)
  const values = applied(stored?.values ?? {}, changes, date)
  if (fields !== undefined) {
    const touched = Object.fromEntries(
      Object.keys(changes).map((name) => [name, values[name] ?? { field_values: [] }]),
    )
    const locked = fields.filter(({ id, read_only }) => read_only === true && Object.hasOwn(changes, id))
    const wrong = {
      ...objectionsTo(fields, touched),
      ...Object.fromEntries(locked.map(({ id }) => [id, 'Is read only'])),
    }
    if (Object.keys(wrong).length > 0) throw IconikError.badRequest(wrong)
  }
  if (viewId !== undefined) checkRequired(rows, viewId, values)
  const next = { values, date_created: stored?.date_created ?? date, date_modified: date }
  rows.transaction(() => {
    const asset = owner.objectType === 'assets' ? assets.find(rows, owner.objectId) : undefined
    if (asset !== undefined) {
      assets.save(rows, { ...asset, date_modified: date, updated_by_user: call.viewer.userId })
      noteHistory(call, {
        ...{ assetId: asset.id, versionId: owner.versionId, operation: 'METADATA' },
        description: Object.keys(changes).join(', '),
      })
    }
    saveMetadata(rows, owner, next)
  })
  return next
}

/** Whose values a call about a version shows: those of the version, or the asset's where it has none of its own. */
export function versionValues(call: Call, assetId: string, versionId: string): StoredMetadata | undefined {
  const owner = { objectType: 'assets', objectId: assetId }
  checkOwner(call, { ...owner, versionId })
  return metadataOf(call.rows, { ...owner, versionId }) ?? metadataOf(call.rows, owner)
}

/** Objects of a kind that exist, of those named. Fails with 400 when one is missing. */
export function checkAll(call: Call, objectType: string, ids: readonly string[]): void {
  const kind = Object.hasOwn(kinds, objectType) ? kinds[objectType as keyof typeof kinds] : undefined
  if (kind === undefined) throw IconikError.badRequest({ object_type: 'Has no metadata' })
  const found = call.rows.count(kind.table, [
    where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)),
  ])
  if (found !== new Set(ids).size)
    throw IconikError.badRequest({ object_ids: 'Names an object that does not exist' })
}
