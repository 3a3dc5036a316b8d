import type { Output } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { isSameTimes } from '../../shared/frameTimes.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Rendition } from '../../shared/rendition.ts'
import { createLinkMemory } from '../connectors/linkMemory.ts'
import type { MediaLink } from '../connectors/remote.ts'
import type { MediaFacts } from '../store/assetStore.ts'
import { createFactsMemory } from './factsMemory.ts'
import type { Media, PlayedUse } from './media.ts'
import { mediaAnswer } from './mediaAnswer.ts'
import type { OwnProxies } from './ownProxies.ts'
import { bytesAt, bytesFound, type PlaceBytes } from './placeBytes.ts'
import { sameFrames, timesIn } from './renditionFrames.ts'
import { type Candidate, candidatesOf, differentOf, serviceKeyOf } from './renditionOrder.ts'
import { createSlots } from './slots.ts'

export interface RenditionsParts {
  readonly media: Media
  readonly proxies: Pick<OwnProxies, 'file'>
  readonly fetch: typeof fetch
  readonly readFacts: (bytes: PlaceBytes) => Promise<MediaFacts>
  readonly report: (error: unknown) => void
  readonly now: () => number
}

/** The media a version can be played from: its original, the service's proxies, the one made on this computer. */
export interface Renditions {
  /**
   * Those that are there and can be read now, without the service's where it cannot be asked; none of a picture. One look
   * is shared by all who ask meanwhile. Null: another version was asked for before the end.
   */
  list(versionId: VersionId): Promise<Rendition[] | null>
  /** As `media.open`, of the original or a proxy of the service. Fails with `remote.notFound` for one that is not there. */
  open(versionId: VersionId, key: string): Promise<Omit<Output<'media.open'>, 'own'>>
  /** The bytes of one of them, with `Range` as the request has it; fails as `open`. */
  answer(versionId: VersionId, key: string, request: Request): Promise<Response>
}

const patience = 60_000
const readsAtOnce = 2

/** A look at what one version can be played from. */
interface Look {
  readonly versionId: VersionId
  readonly hasOwn: boolean
  readonly end: AbortController
  readonly found: Promise<Rendition[] | null>
}

export function createRenditions(parts: RenditionsParts): Renditions {
  const { media, proxies } = parts
  const facts = createFactsMemory()
  const inSlot = createSlots(readsAtOnce)
  let wanted: VersionId | undefined
  let looking: Look | undefined
  /** A player asks for many pieces: the service is asked once where they lie. */
  const links = createLinkMemory<MediaLink>(parts.now)

  const urlOf = (versionId: VersionId, key: string) =>
    `${media.urlOf(versionId)}/as/${encodeURIComponent(key)}`
  /** As that of `Media`; a link that was found is good until it dies. */
  const find: Media['find'] = async (versionId, use, isFresh, signal) => {
    const name = nameOf(versionId, use)
    const link = isFresh ? undefined : links.recall(name)
    if (link !== undefined) return { kind: 'link', link }
    const place = await media.find(versionId, use, isFresh, signal)
    if (place.kind === 'link') links.remember(name, place.link)
    return place
  }
  const openOwn = async (versionId: VersionId, signal: AbortSignal): Promise<PlaceBytes> => {
    const file = await proxies.file(versionId, 'video')
    if (file === undefined) throw new AppError('remote.notFound', { thing: 'play' })
    return bytesAt({ kind: 'file', ...file }, parts.fetch, signal)
  }
  /** Read once for as long as the bytes are the same. */
  const readOne = async (versionId: VersionId, key: string, stop?: AbortSignal) => {
    const late = AbortSignal.timeout(patience)
    const signal = stop === undefined ? late : AbortSignal.any([stop, late])
    const use = key === 'own' ? undefined : playedBy(key)
    const bytes =
      use === undefined
        ? await openOwn(versionId, signal)
        : await bytesFound((isFresh) => find(versionId, use, isFresh, signal), parts.fetch, signal)
    try {
      const name = `${versionId} ${key} ${bytes.mark}`
      const read = facts.recall(name) ?? (await parts.readFacts(bytes))
      facts.remember(name, read)
      return { facts: read, bytes: bytes.size }
    } finally {
      await bytes.close()
    }
  }
  const renditionOf = async (
    versionId: VersionId,
    known: MediaFacts,
    { key, kind, isUsual }: Candidate,
    stop: AbortSignal,
  ): Promise<Rendition | undefined> => {
    try {
      const read = await inSlot(() => readOne(versionId, key, stop), stop)
      const { info } = read.facts
      // Made here, and kept only with as many frames as it was made of.
      const frames = kind === 'own' ? 'same' : sameFrames(known, read.facts)
      const times = timesIn(known, read.facts)
      const isMoved = isUsual && kind !== 'own' && !isSameTimes(times ?? undefined, known.times ?? undefined)
      return {
        key,
        kind,
        info,
        bytes: read.bytes,
        isUsual,
        frames,
        ...(isMoved && { moved: { url: urlOf(versionId, key), times } }),
      }
    } catch (error) {
      stop.throwIfAborted()
      // Not given out to this account, not there any more, or not reached now: nothing to choose.
      if (!(error instanceof AppError)) parts.report(error)
      return undefined
    }
  }
  /** None where the service cannot be asked or does not answer: what lies on this computer plays without it. */
  const serviceKeys = async (versionId: VersionId, stop: AbortSignal): Promise<string[]> => {
    const late = AbortSignal.timeout(patience)
    try {
      const given = await media.serviceProxies(versionId, AbortSignal.any([stop, late]))
      for (const { key, link } of given) links.remember(nameOf(versionId, { proxy: key }), link)
      return given.map(({ key }) => key)
    } catch (error) {
      stop.throwIfAborted()
      if (error instanceof AppError || late.aborted) return []
      throw error
    }
  }
  const look = async (versionId: VersionId, hasOwn: boolean, stop: AbortSignal) => {
    try {
      const known = await media.open(versionId)
      const { kind } = known.info
      if (kind !== 'video' && kind !== 'audio') return []
      const candidates = candidatesOf(hasOwn, await serviceKeys(versionId, stop))
      const found = await Promise.all(candidates.map((each) => renditionOf(versionId, known, each, stop)))
      return differentOf(
        found.filter((each) => each !== undefined),
        kind,
      )
    } catch (error) {
      if (stop.aborted) return null
      throw error
    }
  }
  const stopUnless = (isWanted: (now: Look) => boolean) => {
    if (looking === undefined || isWanted(looking)) return
    looking.end.abort()
    looking = undefined
  }

  return {
    async list(versionId) {
      wanted = versionId
      stopUnless((now) => now.versionId === versionId)
      const hasOwn = (await proxies.file(versionId, 'video')) !== undefined
      if (wanted !== versionId) return null
      // A proxy that was made meanwhile is not in the look that goes on.
      stopUnless((now) => now.hasOwn === hasOwn)
      if (looking === undefined) {
        const end = new AbortController()
        const found = look(versionId, hasOwn, end.signal).finally(() => {
          if (looking?.end === end) looking = undefined
        })
        looking = { versionId, hasOwn, end, found }
      }
      return looking.found
    },
    async open(versionId, key) {
      playedBy(key)
      const known = await media.open(versionId)
      const { facts: own } = await readOne(versionId, key)
      if (own.info.kind !== known.info.kind) throw new AppError('remote.notFound', { thing: 'play' })
      const { container, videoCodec, videoProfile, audioCodec } = own.info
      return {
        url: urlOf(versionId, key),
        // Everything that counts stays the version's: the choice of a medium moves no comment.
        info: {
          ...known.info,
          ...{ container, videoCodec, audioCodec },
          ...(videoProfile === undefined ? {} : { videoProfile }),
        },
        times: timesIn(known, own),
      }
    },
    answer: async (versionId, key, request) =>
      mediaAnswer({ media: { find }, fetch: parts.fetch }, versionId, playedBy(key))(request),
  }
}

const nameOf = (versionId: VersionId, use: Parameters<Media['find']>[1]): string =>
  `${versionId} ${JSON.stringify(use)}`

/** Of the original and of the service's proxies; the one made here is a file of ours. */
function playedBy(key: string): PlayedUse {
  const proxy = serviceKeyOf(key)
  if (proxy !== undefined) return { proxy }
  if (key !== 'original') throw new AppError('remote.notFound', { thing: 'play' })
  return 'original'
}
