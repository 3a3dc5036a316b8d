import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { type ErrorCode, type Failure, toFailure } from '../../shared/errors.ts'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { ask, subscribe } from '../bridge.ts'
import { useApp } from '../shell/appStore.ts'
import { say } from '../shell/sayStore.ts'
import { type Asked, useAsked } from '../shell/useAsked.ts'

export type AssetDetail = Output<'assets.get'>
export type Media = Output<'media.open'>

export type Loaded<Value> = Asked<Value>

/** Counts the events that mean "read again". */
function useAgain(listen: (again: () => void) => () => void, key: string | null): number {
  const [again, setAgain] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `listen` is made new with every render; the key names it
  useEffect(() => (key === null ? undefined : listen(() => setAgain((count) => count + 1))), [key])
  return again
}

/** What a service did not answer for a reason that is over once its connection is back. */
const passing: readonly ErrorCode[] = ['auth.expired', 'network.offline', 'remote.unavailable']

/** What was answered, without the refusal that is being asked about again: it may be over. */
export const unlessAskedAgain = <Value>(asked: Loaded<Value>, askedAbout: Failure | null): Loaded<Value> =>
  asked.failure !== null && asked.failure === askedAbout ? { value: asked.value, failure: null } : asked

/**
 * As `useAsked`, asked again when a connection comes back after it had failed for the want of one; until that is
 * answered nothing has failed.
 */
function useAskedAgain<Value>(
  key: string | null,
  read: () => Promise<Value>,
  { again, pause, tries = 0 }: { readonly again: number; readonly pause: number; readonly tries?: number },
): Loaded<Value> {
  const [returns, setReturns] = useState(0)
  const [askedAbout, setAskedAbout] = useState<Failure | null>(null)
  const asked = useAsked(key, read, { again: again + returns + tries, pause })
  const { failure } = asked
  const [tried, setTried] = useState(tries)
  if (tried !== tries) {
    setTried(tries)
    setAskedAbout(failure)
  }
  useEffect(() => {
    if (failure === null || !passing.includes(failure.code)) return
    return useApp.subscribe(({ connections }, before) => {
      const isBack = connections.some(
        ({ id, state }) =>
          state === 'online' && before.connections.find((each) => each.id === id)?.state !== 'online',
      )
      if (!isBack) return
      setAskedAbout(failure)
      setReturns((count) => count + 1)
    })
  }, [failure])
  return unlessAskedAgain(asked, askedAbout)
}

/** An asset with its versions and where it is; read again when its place changes. */
export function useAssetDetail(id: AssetId | null, pause = 0): Loaded<AssetDetail> {
  const again = useAgain((heard) => subscribe('assets.changed', heard), id)
  return useAskedAgain(id, () => ask('assets.get', { id: id as AssetId }), { pause, again })
}

/** How often somebody asked for the medium of a version once more. */
const useTries = create<Readonly<Record<VersionId, number>>>(() => ({}))
export const tryMediaAgain = (id: VersionId): void =>
  useTries.setState((tries) => ({ [id]: (tries[id] ?? 0) + 1 }))

/** Where the player finds a version, and what was read from the media. */
export function useMedia(versionId: VersionId | null, pause = 0): Loaded<Media> {
  const again = useAgain(
    (heard) =>
      subscribe('proxies.changed', ({ versionId: changed, proxy }) => {
        // A proxy of this computer was made, or went.
        if (changed === versionId && (proxy.state === 'ready' || proxy.state === 'none')) heard()
      }),
    versionId,
  )
  const tries = useTries((each) => (versionId === null ? 0 : (each[versionId] ?? 0)))
  return useAskedAgain(versionId, () => ask('media.open', { versionId: versionId as VersionId }), {
    pause: again === 0 ? pause : 0,
    again,
    tries,
  })
}

const useCommentsChanged = (versionId: VersionId | null): number =>
  useAgain(
    (heard) =>
      subscribe('comments.changed', (changed) => {
        if (changed.versionId === versionId) heard()
      }),
    versionId,
  )

export function useComments(versionId: VersionId | null, pause = 0): Loaded<readonly Comment[]> {
  const again = useCommentsChanged(versionId)
  return useAskedAgain(versionId, () => ask('comments.list', { versionId: versionId as VersionId }), {
    pause: again === 0 ? pause : 0,
    again,
  })
}

/** Whether a version's comments were ever read, and how asking for them goes; null until that is known. */
export function useCommentReading(versionId: VersionId): Output<'comments.reading'> | null {
  const again = useCommentsChanged(versionId)
  return useAsked(versionId, () => ask('comments.reading', { versionId }), { pause: 0, again }).value
}

/** While it is open, others' comments on a version are asked for again and again. */
export function useWatched(versionId: VersionId): void {
  useEffect(() => {
    const watch = (id: VersionId | null) =>
      ask('comments.watch', { versionId: id }).catch((error: unknown) => say(toFailure(error)))
    void watch(versionId)
    return () => void watch(null)
  }, [versionId])
}
