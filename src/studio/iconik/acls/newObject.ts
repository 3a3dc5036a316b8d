import type { Call } from '../call.ts'
import { mergedSettings } from '../settings/settingRows.ts'
import { applyTemplate, inheritAcls } from './aclRows.ts'

interface NewObject {
  readonly objectType: 'assets' | 'collections'
  readonly objectKey: string
  /** Where it was made; null at the root. */
  readonly collectionId: string | null
  /** The template of the user's settings applies. */
  readonly withDefault: boolean
  readonly withCollection: boolean
  /** The template gives something only to those who may do something with the collection. */
  readonly isRestricted?: boolean
}

/** Gives a new object the permissions that were asked for with it. */
export function openAcls(call: Call, wanted: NewObject): void {
  const { objectType, objectKey, collectionId } = wanted
  const templateId = mergedSettings(call.rows, call.viewer.userId)['acl_template_id']
  if (wanted.withDefault && typeof templateId === 'string') {
    const within = wanted.isRestricted === true && collectionId !== null ? collectionId : undefined
    applyTemplate(call, templateId, { objectType, objectKey }, within)
  }
  if (wanted.withCollection && collectionId !== null) inheritAcls(call, collectionId, objectType, objectKey)
}
