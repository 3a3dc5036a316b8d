import { useEffect, useMemo, useState } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import { toFailure } from '../../../shared/errors.ts'
import type { Version } from '../../../shared/place.ts'
import { ask, subscribe } from '../../bridge.ts'
import { say } from '../../shell/sayStore.ts'
import { clipOf } from '../clipOf.ts'
import { spanOn } from '../words/carryOver.ts'
import { hideEarlier, showEarlier } from '../words/earlierStore.ts'
import { type Thread, threadsOf } from './threads.ts'

/** What was said of one version, at its own frames. */
interface Said {
  readonly threads: readonly Thread[]
  /** Null where its media was not read here. */
  readonly timing: ClipTiming | null
}

const none: readonly Thread[] = []
const nothing: readonly Said[] = []
/** Older ones are a press on their tab away. */
const mostVersions = 5

/**
 * What was said of the versions before this one, newest version first; nothing while nobody wants it. The timeline and the
 * picture are given it as well.
 */
export function useEarlier(
  versions: readonly Version[],
  version: Version,
  isWanted: boolean,
  timing: ClipTiming | null,
): readonly Thread[] {
  const earlier = versions
    .filter((each) => each.number < version.number)
    .toSorted((a, b) => b.number - a.number)
    .slice(0, mostVersions)
  const key = isWanted ? earlier.map(({ id }) => id).join(' ') : ''
  const [found, setFound] = useState<{ readonly key: string; readonly said: readonly Said[] }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the versions
  useEffect(() => {
    if (key === '') return
    let isMeant = true
    const read = () =>
      Promise.all(
        earlier.map(async ({ id: versionId, number }): Promise<Said> => {
          const [comments, media] = await Promise.all([
            ask('comments.list', { versionId }),
            ask('media.known', { versionId }),
          ])
          const threads = threadsOf(comments).map((thread) => ({ ...thread, from: number }))
          return { threads, timing: media === null ? null : clipOf(media, null) }
        }),
      ).then(
        (said) => isMeant && setFound({ key, said }),
        (error: unknown) => isMeant && say(toFailure(error)),
      )
    void read()
    // The first answer is what is here; the service's comes later, and is told of.
    const stop = subscribe('comments.changed', ({ versionId }) => {
      if (earlier.some(({ id }) => id === versionId)) void read()
    })
    return () => {
      isMeant = false
      stop()
    }
  }, [key])
  const read = found !== undefined && found.key === key ? found.said : nothing
  // At the frames of the version on the screen.
  const threads = useMemo(
    () =>
      read.length === 0
        ? none
        : read.flatMap(({ threads, timing: own }) =>
            threads.map((thread) => ({
              ...thread,
              comment: { ...thread.comment, span: spanOn(thread.comment.span, own, timing) },
            })),
          ),
    [read, timing],
  )
  useEffect(() => {
    showEarlier(threads)
    return hideEarlier
  }, [threads])
  return threads
}
