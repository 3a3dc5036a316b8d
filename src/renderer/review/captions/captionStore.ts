import { create } from 'zustand'
import type { CaptionTrack, Cue } from '../../../shared/captions.ts'
import { toFailure } from '../../../shared/errors.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { ask } from '../../bridge.ts'
import { changeSettings, useApp } from '../../shell/appStore.ts'
import { say, sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'

interface VersionCaptions {
  readonly tracks: readonly CaptionTrack[]
  readonly chosen: string | null
  readonly cues: readonly Cue[]
}

const nothing: VersionCaptions = { tracks: [], chosen: null, cues: [] }

/** Captions of the versions that are open. Whether they are shown is a setting. */
const useStore = create<Readonly<Record<VersionId, VersionCaptions>>>(() => ({}))

export const useCaptions = (versionId: VersionId): VersionCaptions =>
  useStore((captions) => captions[versionId] ?? nothing)
const captionsOf = (versionId: VersionId) => useStore.getState()[versionId] ?? nothing

/** What was chosen for a version while the app runs; otherwise the newest track. */
const choices = new Map<VersionId, string>()

async function take(versionId: VersionId, tracks: readonly CaptionTrack[]): Promise<void> {
  const wanted = choices.get(versionId)
  const chosen = (tracks.find(({ id }) => id === wanted) ?? tracks.at(-1))?.id ?? null
  const cues = chosen === null ? [] : await ask('captions.read', { versionId, id: chosen })
  // It may have been closed meanwhile.
  if (useStore.getState()[versionId] !== undefined)
    useStore.setState({ [versionId]: { tracks, chosen, cues } })
}

const orSay = (work: Promise<void>): Promise<void> => work.catch((error: unknown) => say(toFailure(error)))

/** Reads the captions of a version; returns the function that puts them away. */
export function openCaptions(versionId: VersionId): () => void {
  useStore.setState({ [versionId]: nothing })
  void orSay(ask('captions.list', { versionId }).then((tracks) => take(versionId, tracks)))
  return () => {
    const { [versionId]: _closed, ...others } = useStore.getState()
    useStore.setState(others, true)
  }
}

/** Shows one track, or with null none. */
export async function chooseCaptions(versionId: VersionId, id: string | null): Promise<void> {
  if (id !== null) choices.set(versionId, id)
  await orSay(take(versionId, captionsOf(versionId).tracks))
  await changeSettings({ captionsShown: id !== null })
}

export const addCaptions = (versionId: VersionId): Promise<void> =>
  orSay(
    ask('captions.add', { versionId }).then(async ({ tracks, addedId }) => {
      if (addedId === null) return
      choices.set(versionId, addedId)
      await take(versionId, tracks)
      await changeSettings({ captionsShown: true })
      sayWords(text.captions.added(tracks.find(({ id }) => id === addedId)?.label ?? ''))
    }),
  )

export const removeCaptions = (versionId: VersionId, id: string): Promise<void> =>
  orSay(ask('captions.remove', { versionId, id }).then((tracks) => take(versionId, tracks)))

/** On or off; where there are none yet, the way to some. */
export async function toggleCaptions(versionId: VersionId): Promise<void> {
  if (captionsOf(versionId).tracks.length === 0) return addCaptions(versionId)
  await changeSettings({ captionsShown: !useApp.getState().settings.captionsShown })
}
