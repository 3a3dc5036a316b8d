import type { CaptionTrack, Cue } from '../../shared/captions.ts'
import { readCaptions } from '../../shared/captions.ts'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { Refs } from '../library/refs.ts'
import type { CaptionStore } from './captionStore.ts'

export interface VersionCaptionsParts {
  readonly kept: CaptionStore
  readonly refs: Pick<Refs, 'version'>
  readonly service: Pick<AskService, 'with' | 'mustHave'>
}

/** Captions of a version: those the user gave it on this computer, behind those of its service. */
export interface VersionCaptions {
  /** Without those of a service that does not answer. */
  list(versionId: VersionId): Promise<CaptionTrack[]>
  /** `captions.unreadable` where the service's cannot be understood. */
  read(versionId: VersionId, id: string): Promise<readonly Cue[]>
  add(versionId: VersionId, path: string): Promise<CaptionTrack>
  remove(versionId: VersionId, id: string): Promise<void>
}

const ofService = 'service:'

export function createVersionCaptions({ kept, refs, service }: VersionCaptionsParts): VersionCaptions {
  const remote = async (versionId: VersionId): Promise<CaptionTrack[]> => {
    const { connectionId, ref } = refs.version(versionId)
    try {
      service.mustHave(connectionId, 'captions')
      const found = await service.with(connectionId, 'captions', (power, signal) => power.list(ref, signal))
      return found.map(({ key, label }) => ({
        id: `${ofService}${key}`,
        label: label.slice(0, 255),
        isOwn: false,
      }))
    } catch (error) {
      // Offline, or a service without captions: what lies here is there all the same.
      if (error instanceof AppError) return []
      throw error
    }
  }
  return {
    async list(versionId) {
      return [...(await remote(versionId)), ...(await kept.list(versionId))]
    },
    async read(versionId, id) {
      if (!id.startsWith(ofService)) return kept.read(versionId, id)
      const { connectionId, ref } = refs.version(versionId)
      const text = await service.with(connectionId, 'captions', (power, signal) =>
        power.read(ref, id.slice(ofService.length), signal),
      )
      const read = readCaptions(text)
      if (!read.ok) throw new AppError('captions.unreadable', { problem: read.problem, line: read.line })
      return read.cues
    },
    add: (versionId, path) => kept.add(versionId, path),
    remove: (versionId, id) => kept.remove(versionId, id),
  }
}
