import type { Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { AskService } from '../connections/askService.ts'
import { fileNameOf } from '../fileName.ts'
import type { Refs } from '../library/refs.ts'
import type { AssetStore } from '../store/assetStore.ts'

export interface CommentExportParts {
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  /** Asks the user where, with this name to start from, and writes the text there. False when they changed their mind. */
  readonly save: (name: string, text: string) => Promise<boolean>
}

/** Saves the service's own export of a version's comments. `request.invalid` with `notSupported` where it has none. */
export type CommentExport = (input: Parsed<'comments.export'>) => Promise<{ isSaved: boolean }>

export function createCommentExport(parts: CommentExportParts): CommentExport {
  return async ({ versionId, format, kinds }) => {
    const { connectionId, assetId, ref } = parts.refs.version(versionId)
    const text = await parts.service.with(connectionId, 'comments', (comments, signal) => {
      if (comments.export === undefined)
        throw new AppError('request.invalid', { reason: 'notSupported', power: 'commentExport' })
      return comments.export(ref, format, kinds, signal)
    })
    const name = parts.assets.get(assetId)?.name ?? ''
    return { isSaved: await parts.save(fileNameOf(name, format), text) }
  }
}
