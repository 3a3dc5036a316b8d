import { z } from 'zod'
import type { calls } from '../../shared/contract.ts'
import { keptDraftsSchema } from '../../shared/drafts.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { SettingStore } from '../store/settingStore.ts'
import { draftsSetting } from '../store/settingStore.ts'

type Names = Extract<keyof typeof calls, `drafts.${string}`>

export interface DraftCallParts {
  readonly settings: SettingStore
  /** Whether it is still kept here, listed or not. */
  readonly isKnown: (versionId: VersionId) => boolean
}

const listsSchema = z.object({ versions: z.array(z.unknown()), small: z.array(z.unknown()) })
const { versions: versionsSchema, small: smallSchema } = keptDraftsSchema.shape

export function draftCalls({ settings, isKnown }: DraftCallParts): Pick<Handlers<typeof calls>, Names> {
  return {
    async 'drafts.read'() {
      const kept = listsSchema.safeParse(settings.read(draftsSetting))
      // Nothing was kept, or it is of a release that wrote it in another way.
      if (!kept.success) return { versions: [], small: [] }
      // One that cannot be read takes none of the others with it.
      const known = <T extends { readonly versionId: VersionId }>(rows: unknown[], schema: z.ZodType<T>) =>
        rows.flatMap((row) => {
          const { data } = schema.safeParse(row)
          return data !== undefined && isKnown(data.versionId) ? [data] : []
        })
      const left = {
        versions: known(kept.data.versions, versionsSchema.element),
        small: known(kept.data.small, smallSchema.element),
      }
      // With a connection that was removed goes what was written there.
      settings.write(draftsSetting, left)
      return left
    },
    'drafts.keep': async (drafts) => settings.write(draftsSetting, drafts),
  }
}
