import { useEffect, useState } from 'react'
import { toFailure } from '../../../shared/errors.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { FfmpegState, OwnProxy } from '../../../shared/ownProxy.ts'
import { ask, subscribe } from '../../bridge.ts'
import { say } from '../../shell/sayStore.ts'
import { useAsked } from '../../shell/useAsked.ts'

/** How far the proxy of a version is; null until main has said it. */
export function useOwnProxy(versionId: VersionId): OwnProxy | null {
  const asked = useAsked(versionId, () => ask('proxies.get', { versionId }), { pause: 0 })
  const [told, setTold] = useState<{ readonly of: VersionId; readonly proxy: OwnProxy } | null>(null)
  useEffect(
    () =>
      subscribe('proxies.changed', (changed) => {
        if (changed.versionId === versionId) setTold({ of: versionId, proxy: changed.proxy })
      }),
    [versionId],
  )
  return told?.of === versionId ? told.proxy : asked.value
}

/** The ffmpeg of this computer; null until main has looked. */
export function useFfmpeg(): FfmpegState | null {
  return useAsked('ffmpeg', () => ask('ffmpeg.get'), { pause: 0 }).value
}

export const makeProxy = (versionId: VersionId): Promise<unknown> =>
  ask('proxies.make', { versionId }).catch((error: unknown) => say(toFailure(error)))

export const cancelProxy = (versionId: VersionId): Promise<unknown> =>
  ask('proxies.cancel', { versionId }).catch((error: unknown) => say(toFailure(error)))
