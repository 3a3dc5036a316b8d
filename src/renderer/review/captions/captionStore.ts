import { create } from 'zustand'
import type { CaptionTrack, Cue, FileTrack } from '../../../shared/captions.ts'
import { type Failure, toFailure } from '../../../shared/errors.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { ask } from '../../bridge.ts'
import { changeSettings, useApp } from '../../shell/appStore.ts'
import { say, sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import { firstTrack } from './fileTracks.ts'

interface VersionCaptions {
  /** Of the service and of the user. */
  readonly tracks: readonly CaptionTrack[]
  /** Those inside of the media file, as far as somebody has looked. */
  readonly inFile: readonly FileTrack[]
  /** Whether the file was looked into: its head may have to be fetched, so that is done when it is wanted. */
  readonly look: 'not' | 'looking' | 'done' | 'failed'
  /** Captions were asked for by the key, and shown once the file was looked into. */
  readonly isAwaited: boolean
  /** Whether this computer has the ffmpeg that reads them. */
  readonly hasFfmpeg: boolean
  readonly chosen: string | null
  readonly cues: readonly Cue[]
  /** The track that is read from the file just now. */
  readonly reading: string | null
}

const nothing: VersionCaptions = {
  ...{ tracks: [], inFile: [], look: 'not', isAwaited: false, hasFfmpeg: false },
  ...{ chosen: null, cues: [], reading: null },
}

/** Captions of the versions that are open. Whether they are shown is a setting. */
const useStore = create<Readonly<Record<VersionId, VersionCaptions>>>(() => ({}))

export const useCaptions = (versionId: VersionId): VersionCaptions =>
  useStore((captions) => captions[versionId] ?? nothing)
const captionsOf = (versionId: VersionId) => useStore.getState()[versionId] ?? nothing

/** It may have been closed meanwhile. */
function change(versionId: VersionId, changed: Partial<VersionCaptions>): void {
  const before = useStore.getState()[versionId]
  if (before !== undefined) useStore.setState({ [versionId]: { ...before, ...changed } })
}

/** What was chosen for a version while the app runs; otherwise the newest track. */
const choices = new Map<VersionId, string>()

async function take(versionId: VersionId, tracks: readonly CaptionTrack[]): Promise<void> {
  const wanted = choices.get(versionId)
  const { inFile } = captionsOf(versionId)
  const kept = inFile.filter(({ isKept }) => isKept)
  const chosen =
    [...tracks, ...kept].find(({ id }) => id === wanted)?.id ??
    tracks.at(-1)?.id ??
    firstTrack(kept)?.id ??
    null
  change(versionId, { tracks, chosen, cues: await cuesOf(versionId, chosen) })
}

async function cuesOf(versionId: VersionId, id: string | null): Promise<readonly Cue[]> {
  if (id === null) return []
  const isInFile = captionsOf(versionId).inFile.some((track) => track.id === id)
  if (!isInFile) return ask('captions.read', { versionId, id })
  return (await ask('captions.readInFile', { versionId, id })) ?? []
}

const orSay = (work: Promise<void>): Promise<void> => work.catch((error: unknown) => say(toFailure(error)))

/** Reads the captions of a version; returns the function that puts them away. */
export function openCaptions(versionId: VersionId): () => void {
  useStore.setState({ [versionId]: nothing })
  void orSay(list(versionId))
  return () => {
    void stopReading(versionId)
    const { [versionId]: _closed, ...others } = useStore.getState()
    useStore.setState(others, true)
  }
}

async function list(versionId: VersionId): Promise<void> {
  await take(versionId, await ask('captions.list', { versionId }))
  if (useApp.getState().settings.captionsShown && isMoreWanted(versionId)) await lookInFile(versionId)
}

/** What would be shown may lie inside of the file. */
function isMoreWanted(versionId: VersionId): boolean {
  const { chosen, look } = captionsOf(versionId)
  const wanted = choices.get(versionId)
  return look !== 'done' && (chosen === null || (wanted !== undefined && wanted !== chosen))
}

const looks = new Map<VersionId, Promise<Failure | null>>()

/** Finds the captions inside of the media file, once while the version is open. Why it could not, or null. */
export function lookInFile(versionId: VersionId): Promise<Failure | null> {
  if (captionsOf(versionId).look === 'done') return Promise.resolve(null)
  change(versionId, { look: 'looking' })
  const running = looks.get(versionId)
  if (running !== undefined) return running
  const found = lookNow(versionId).then(
    () => null,
    (error: unknown) => {
      change(versionId, { look: 'failed' })
      return toFailure(error)
    },
  )
  looks.set(versionId, found)
  return found.finally(() => looks.delete(versionId))
}

async function lookNow(versionId: VersionId): Promise<void> {
  const inFile = await ask('captions.inFile', { versionId })
  const hasFfmpeg = inFile.length > 0 && (await ask('ffmpeg.get')).tool !== null
  change(versionId, { inFile, hasFfmpeg, look: 'done' })
  const { chosen, reading, tracks } = captionsOf(versionId)
  const wanted = choices.get(versionId)
  if (reading === null && (chosen === null || inFile.some(({ id }) => id === wanted)))
    await take(versionId, tracks)
}

/** Shows one track, or with null none. Words inside of the file are read from it first. */
export async function chooseCaptions(versionId: VersionId, id: string | null): Promise<void> {
  await stopReading(versionId)
  const { tracks, inFile } = captionsOf(versionId)
  if (id !== null) choices.set(versionId, id)
  if (inFile.some((track) => track.id === id && !track.isKept)) return orSay(readInFile(versionId, id ?? ''))
  if (id !== null) await orSay(take(versionId, tracks))
  await changeSettings({ captionsShown: id !== null })
}

async function readInFile(versionId: VersionId, id: string): Promise<void> {
  change(versionId, { reading: id })
  const isStill = () => captionsOf(versionId).reading === id
  try {
    await changeSettings({ captionsShown: true })
    const cues = isStill() ? await ask('captions.readInFile', { versionId, id }) : null
    if (cues === null || !isStill()) return
    const inFile = captionsOf(versionId).inFile.map((track) =>
      track.id === id ? { ...track, isKept: true } : track,
    )
    change(versionId, { inFile, chosen: id, cues })
  } finally {
    if (isStill()) change(versionId, { reading: null })
  }
}

/** Gives up what is being read from the file; what was shown before stays chosen. */
export async function stopReading(versionId: VersionId): Promise<void> {
  if (captionsOf(versionId).reading === null) return
  change(versionId, { reading: null })
  await orSay(ask('captions.stopReading', { versionId }))
}

export const addCaptions = (versionId: VersionId): Promise<void> =>
  orSay(
    ask('captions.add', { versionId }).then(async ({ tracks, addedId }) => {
      if (addedId === null) return
      await stopReading(versionId)
      choices.set(versionId, addedId)
      await take(versionId, tracks)
      await changeSettings({ captionsShown: true })
      sayWords(text.captions.added(tracks.find(({ id }) => id === addedId)?.label ?? ''))
    }),
  )

export const removeCaptions = (versionId: VersionId, id: string): Promise<void> =>
  orSay(ask('captions.remove', { versionId, id }).then((tracks) => take(versionId, tracks)))

/** On or off; where none were chosen yet, the best of the file, else the way to some. While it is awaited, given up. */
export async function toggleCaptions(versionId: VersionId): Promise<void> {
  const before = captionsOf(versionId)
  if (before.isAwaited) return change(versionId, { isAwaited: false })
  const isOn = useApp.getState().settings.captionsShown && (before.chosen ?? before.reading) !== null
  if (!isOn && isMoreWanted(versionId)) {
    change(versionId, { isAwaited: true })
    const failure = await lookInFile(versionId)
    const { isAwaited, chosen } = captionsOf(versionId)
    if (!isAwaited) return
    change(versionId, { isAwaited: false })
    if (failure !== null && chosen === null) return say(failure)
  }
  const { chosen, inFile, hasFfmpeg, reading } = captionsOf(versionId)
  if (chosen === null && reading === null) {
    const first = hasFfmpeg ? firstTrack(inFile) : undefined
    return first === undefined ? addCaptions(versionId) : chooseCaptions(versionId, first.id)
  }
  await stopReading(versionId)
  await changeSettings({ captionsShown: !isOn })
}
