import { create } from 'zustand'
import { toFailure } from '../../../shared/errors.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { ask, subscribe } from '../../bridge.ts'
import { say, sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import type { Media } from '../assetStore.ts'
import { choicesOf, mayPlay, nextOf, type Offer, shownOf } from './offered.ts'
import { playsHere } from './playsHere.ts'
import { renditionName } from './renditionWords.ts'

interface VersionRenditions {
  readonly offers: readonly Offer[]
  /** Instead of what plays by itself: its key, and the medium. Kept as long as the app runs. */
  readonly chosen: { readonly key: string; readonly media: Media } | null
  /** The one that is being tried. */
  readonly trying: string | null
}

const nothing: VersionRenditions = { offers: [], chosen: null, trying: null }

const useStore = create<Readonly<Record<VersionId, VersionRenditions>>>(() => ({}))

export const useRenditions = (versionId: VersionId): VersionRenditions =>
  useStore((versions) => versions[versionId] ?? nothing)
const renditionsOf = (versionId: VersionId) => useStore.getState()[versionId] ?? nothing

const change = (versionId: VersionId, changed: Partial<VersionRenditions>): void =>
  useStore.setState({ [versionId]: { ...renditionsOf(versionId), ...changed } })

/** The version whose player is in the room. */
let open: VersionId | null = null

async function read(versionId: VersionId): Promise<void> {
  const probe = document.createElement('video')
  const found = await ask('media.renditions', { versionId })
  if (found === null) return
  const offers = found.map((each) => ({
    ...each,
    canPlay: mayPlay(each.info, (type) => probe.canPlayType(type)),
  }))
  change(versionId, { offers })
}

/** Looks what a version can be played from, for as long as it is in the room; returns the function that ends it. */
export function openRenditions(versionId: VersionId): () => void {
  open = versionId
  // Without an answer what was found before stays; the player itself says what is wrong with the medium.
  const look = () => void read(versionId).catch(() => undefined)
  look()
  const stop = subscribe('proxies.changed', ({ versionId: of, proxy }) => {
    if (of === versionId && (proxy.state === 'ready' || proxy.state === 'none')) look()
  })
  return () => {
    stop()
    if (open === versionId) open = null
  }
}

/** Plays a version from another rendition; it is tried first, and what plays goes on until then and after a failure. */
export async function chooseRendition(versionId: VersionId, key: string): Promise<void> {
  const { offers, chosen } = renditionsOf(versionId)
  const wanted = offers.find((each) => each.key === key)
  if (wanted === undefined || wanted === shownOf(offers, chosen?.key ?? null)) {
    change(versionId, { trying: null })
    return
  }
  if (wanted.isUsual) {
    change(versionId, { chosen: null, trying: null })
    return
  }
  change(versionId, { trying: key })
  const isStill = () => renditionsOf(versionId).trying === key
  try {
    const { url, info, times } = await ask('media.openRendition', { versionId, key })
    const plays = isStill() && (await playsHere(url, info.kind))
    if (!isStill()) return
    if (plays) change(versionId, { chosen: { key, media: { url, info, times, own: null } } })
    else refuse(versionId, wanted)
  } catch (error) {
    if (isStill()) say(toFailure(error))
  } finally {
    if (isStill()) change(versionId, { trying: null })
  }
}

function refuse(versionId: VersionId, refused: Offer): void {
  const offers = renditionsOf(versionId).offers.map((each) =>
    each.key === refused.key ? { ...each, canPlay: false } : each,
  )
  change(versionId, { offers })
  sayWords(text.renditions.refused(renditionName(refused)))
}

/** What was chosen does not go on playing: back to what plays by itself. False where nothing was chosen. */
export function fallBack(versionId: VersionId): boolean {
  const { offers, chosen } = renditionsOf(versionId)
  if (chosen === null) return false
  const gone = shownOf(offers, chosen.key)
  change(versionId, { chosen: null })
  sayWords(gone === undefined ? text.renditions.fellBackPlain : text.renditions.fellBack(renditionName(gone)))
  return true
}

function nextHere(): Offer | undefined {
  if (open === null) return undefined
  const { offers, chosen, trying } = renditionsOf(open)
  const shown = shownOf(offers, trying ?? chosen?.key ?? null)
  return nextOf(choicesOf(offers, shown), shown)
}

/** Whether the version in the room can be played from more than one rendition. */
export const canChangeRendition = (): boolean => nextHere() !== undefined

/** Plays the version in the room from the next of its renditions. */
export function nextRendition(): void {
  const next = nextHere()
  if (open !== null && next !== undefined) void chooseRendition(open, next.key)
}
