import { create } from 'zustand'
import type { Input } from '../../shared/contract.ts'
import type { Scan } from '../../shared/drop.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { GrantId, PlaceId } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'
import { ask, grant, subscribe } from '../bridge.ts'
import { useLibrary } from '../library/libraryStore.ts'
import { say } from '../shell/sayStore.ts'

interface DropState {
  /** Something from outside hangs on the pointer. */
  readonly isDragging: boolean
  /** How many things it is, as far as the system tells while it hangs. */
  readonly items: number
  /** The place under the pointer, if it takes uploads. */
  readonly target: PlaceId | null
  /** What was dropped on nothing and waits for a place. */
  readonly homeless: readonly GrantId[]
  /** What is looked at, for looking again. */
  readonly grants: readonly GrantId[]
  readonly placeId: PlaceId | null
  /** The asset that the file becomes a new version of. */
  readonly versionOf: Asset | null
  readonly scan: Scan | null
  /** `refused`: the look could not begin; it can be asked for again. */
  readonly state: 'idle' | 'opening' | 'refused' | 'looking' | 'sending'
  readonly failure: Failure | null
}

const idle: DropState = {
  isDragging: false,
  items: 0,
  target: null,
  homeless: [],
  grants: [],
  placeId: null,
  versionOf: null,
  scan: null,
  state: 'idle',
  failure: null,
}

/** One drop at a time, from the pointer to the sheet. */
export const useDrop = create<DropState>(() => idle)

/** Events of a scan may be faster than the answer that names it. */
let lastSeen: Scan | null = null

/** Looks at what the grants hold; nothing is sent yet. */
export async function lookAt(
  grants: readonly GrantId[],
  placeId: PlaceId | null,
  versionOf: Asset | null = null,
): Promise<void> {
  if (grants.length === 0) return
  if (placeId === null) {
    useDrop.setState({ homeless: grants })
    return
  }
  await discard()
  useDrop.setState({ ...idle, grants, placeId, versionOf, state: 'opening' })
  try {
    const scan = await ask('drops.scan', { grants: [...grants], placeId, versionOf: versionOf?.id ?? null })
    useDrop.setState({ scan: lastSeen?.id === scan.id ? lastSeen : scan, state: 'looking' })
  } catch (error) {
    const failure = toFailure(error)
    // What looks is being started again: the drop is kept until it is there.
    if (failure.code === 'transfer.hostStopped') {
      useDrop.setState({ state: 'refused', failure })
      return
    }
    useDrop.setState(idle)
    say(failure)
  }
}

/** Dropped or pasted files: each is granted by main, then looked at. */
export async function takeFiles(files: readonly File[], placeId: PlaceId | null): Promise<void> {
  const answers = await Promise.allSettled(files.map((file) => grant(file)))
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (failed !== undefined) say(toFailure(failed.reason))
  const grants = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  await lookAt(grants, placeId)
}

/** The place that takes what is pasted, chosen in a dialog or dropped on the content. */
export function currentDropPlace(): PlaceId | null {
  return useLibrary.getState().query?.placeId ?? null
}

/** The system's own dialog, then the same way as a drop. */
export async function chooseMedia(kind: 'files' | 'folders'): Promise<void> {
  try {
    await lookAt(await ask('drops.choose', { kind }), currentDropPlace())
  } catch (error) {
    say(toFailure(error))
  }
}

/** One file that becomes the next version of an asset. */
export async function chooseVersion(asset: Asset): Promise<void> {
  try {
    const [first] = await ask('drops.choose', { kind: 'files' })
    if (first !== undefined) await lookAt([first], asset.placeId, asset)
  } catch (error) {
    say(toFailure(error))
  }
}

/** After a look that was cut off. */
export async function lookAgain(): Promise<void> {
  const { grants, placeId, versionOf } = useDrop.getState()
  await lookAt(grants, placeId, versionOf)
}

export async function changePlace(placeId: PlaceId): Promise<void> {
  const { scan } = useDrop.getState()
  useDrop.setState({ placeId })
  if (scan === null) return
  try {
    await ask('drops.setPlace', { scanId: scan.id, placeId })
  } catch (error) {
    useDrop.setState({ failure: toFailure(error) })
  }
}

export async function send(metadata: Input<'drops.send'>['metadata'] = null): Promise<void> {
  const { scan, placeId, versionOf } = useDrop.getState()
  if (scan === null || placeId === null) return
  useDrop.setState({ state: 'sending', failure: null })
  try {
    await ask('drops.send', { scanId: scan.id, placeId, versionOf: versionOf?.id ?? null, metadata })
    useDrop.setState(idle)
  } catch (error) {
    useDrop.setState({ state: 'looking', failure: toFailure(error) })
  }
}

/** Forgets the drop. Files on disk are never touched. */
export async function discard(): Promise<void> {
  const { scan } = useDrop.getState()
  useDrop.setState(idle)
  if (scan === null) return
  try {
    await ask('drops.discard', { scanId: scan.id })
  } catch (error) {
    say(toFailure(error))
  }
}

export const leaveHomeless = (): void => useDrop.setState({ homeless: [] })

/** Follows the scan until the returned function is called. */
export function followScan(): () => void {
  return subscribe('drops.changed', (scan) => {
    lastSeen = scan
    if (useDrop.getState().scan?.id === scan.id) useDrop.setState({ scan })
  })
}
