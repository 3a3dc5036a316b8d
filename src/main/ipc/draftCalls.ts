import type { calls } from '../../shared/contract.ts'
import { keptDraftsSchema } from '../../shared/drafts.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { SettingStore } from '../store/settingStore.ts'

type Names = Extract<keyof typeof calls, `drafts.${string}`>

export interface DraftCallParts {
  readonly settings: SettingStore
  readonly isKnown: (versionId: VersionId) => boolean
}

const name = 'drafts'

export function draftCalls({ settings, isKnown }: DraftCallParts): Pick<Handlers<typeof calls>, Names> {
  return {
    async 'drafts.read'() {
      const kept = keptDraftsSchema.safeParse(settings.read(name))
      // Nothing was kept, or it is of a release that wrote it in another way.
      if (!kept.success) return { versions: [], small: [] }
      const stays = ({ versionId }: { readonly versionId: VersionId }) => isKnown(versionId)
      const { versions, small } = kept.data
      const left = { versions: versions.filter(stays), small: small.filter(stays) }
      // With a connection that was removed goes what was written there.
      settings.write(name, left)
      return left
    },
    'drafts.keep': async (drafts) => settings.write(name, drafts),
  }
}
