import { useEffect, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { ask, subscribe } from '../bridge.ts'

export type AssetDetail = Output<'assets.get'>
export type Media = Output<'media.open'>

export interface Loaded<Value> {
  readonly value: Value | null
  readonly failure: Failure | null
}

const nothing = { value: null, failure: null } as const

interface Keyed<Value> extends Loaded<Value> {
  readonly key: string | null
}

/**
 * What `read` answers for `key`, and nothing that was answered for another key. `pause` keeps a walk through a list
 * by arrow key from asking for every row on the way.
 */
function useAnswer<Value>(
  key: string | null,
  read: () => Promise<Value>,
  pause: number,
  again: number,
): Loaded<Value> {
  const [answer, setAnswer] = useState<Keyed<Value>>({ key: null, ...nothing })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is made new with every render; the key names it
  useEffect(() => {
    if (key === null) return
    let isMeant = true
    const timer = setTimeout(() => {
      read().then(
        (value) => isMeant && setAnswer({ key, value, failure: null }),
        (error: unknown) =>
          isMeant &&
          setAnswer((before) => ({
            key,
            value: before.key === key ? before.value : null,
            failure: toFailure(error),
          })),
      )
    }, pause)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [key, again, pause])
  return answer.key === key ? answer : nothing
}

/** Counts the events that mean "read again". */
function useAgain(listen: (again: () => void) => () => void, key: string | null): number {
  const [again, setAgain] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `listen` is made new with every render; the key names it
  useEffect(() => (key === null ? undefined : listen(() => setAgain((count) => count + 1))), [key])
  return again
}

/** An asset with its versions and where it is; read again when its place changes. */
export function useAssetDetail(id: AssetId | null, pause = 0): Loaded<AssetDetail> {
  const again = useAgain((heard) => subscribe('assets.changed', heard), id)
  return useAnswer(id, () => ask('assets.get', { id: id as AssetId }), pause, again)
}

/** Where the player finds a version, and what was read from the media. */
export function useMedia(versionId: VersionId | null, pause = 0): Loaded<Media> {
  return useAnswer(versionId, () => ask('media.open', { versionId: versionId as VersionId }), pause, 0)
}

export function useComments(versionId: VersionId | null, pause = 0): Loaded<readonly Comment[]> {
  const again = useAgain(
    (heard) =>
      subscribe('comments.changed', (changed) => {
        if (changed.versionId === versionId) heard()
      }),
    versionId,
  )
  return useAnswer(
    versionId,
    () => ask('comments.list', { versionId: versionId as VersionId }),
    again === 0 ? pause : 0,
    again,
  )
}
