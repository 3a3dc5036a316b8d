import { useEffect, useState } from 'react'
import { toFailure } from '../../shared/errors.ts'
import type { Version } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { say } from '../shell/sayStore.ts'
import { type Thread, threadsOf } from './threads.ts'

const none: readonly Thread[] = []
/** Older ones are a press on their tab away. */
const mostVersions = 5

/** What was said of the versions before this one, newest version first; nothing while nobody wants it. */
export function useEarlier(
  versions: readonly Version[],
  version: Version,
  isWanted: boolean,
): readonly Thread[] {
  const earlier = versions
    .filter((each) => each.number < version.number)
    .toSorted((a, b) => b.number - a.number)
    .slice(0, mostVersions)
  const key = isWanted ? earlier.map(({ id }) => id).join(' ') : ''
  const [found, setFound] = useState<{ readonly key: string; readonly threads: readonly Thread[] }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the versions
  useEffect(() => {
    if (key === '') return
    let isMeant = true
    Promise.all(
      earlier.map(async ({ id, number }) =>
        threadsOf(await ask('comments.list', { versionId: id })).map((thread) => ({
          ...thread,
          from: number,
        })),
      ),
    ).then(
      (lists) => isMeant && setFound({ key, threads: lists.flat() }),
      (error: unknown) => isMeant && say(toFailure(error)),
    )
    return () => {
      isMeant = false
    }
  }, [key])
  return found !== undefined && found.key === key ? found.threads : none
}
