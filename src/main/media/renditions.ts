import type { Output } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { isSameTimes } from '../../shared/frameTimes.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Rendition } from '../../shared/rendition.ts'
import { createLinkMemory } from '../connectors/linkMemory.ts'
import type { MediaLink } from '../connectors/remote.ts'
import type { MediaFacts } from '../store/assetStore.ts'
import type { Media, PlayedUse } from './media.ts'
import { mediaAnswer } from './mediaAnswer.ts'
import type { OwnProxies } from './ownProxies.ts'
import { bytesAt, bytesFound, type PlaceBytes } from './placeBytes.ts'
import { sameFrames, timesIn } from './renditionFrames.ts'
import { type Candidate, candidatesOf, differentOf, serviceKeyOf } from './renditionOrder.ts'

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
  /** Those that are there and can be read now; none of a picture. */
  list(versionId: VersionId): Promise<Rendition[]>
  /** As `media.open`, of the original or a proxy of the service. Fails with `remote.notFound` for one that is not there. */
  open(versionId: VersionId, key: string): Promise<Omit<Output<'media.open'>, 'own'>>
  /** The bytes of one of them, with `Range` as the request has it; fails as `open`. */
  answer(versionId: VersionId, key: string, request: Request): Promise<Response>
}

const patience = 60_000
const mostFacts = 200

export function createRenditions(parts: RenditionsParts): Renditions {
  const { media, proxies } = parts
  const facts = new Map<string, MediaFacts>()
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
  const readOne = async (versionId: VersionId, key: string) => {
    const signal = AbortSignal.timeout(patience)
    const use = key === 'own' ? undefined : playedBy(key)
    const bytes =
      use === undefined
        ? await openOwn(versionId, signal)
        : await bytesFound((isFresh) => find(versionId, use, isFresh, signal), parts.fetch, signal)
    try {
      const name = `${versionId} ${key} ${bytes.mark}`
      const read = facts.get(name) ?? (await parts.readFacts(bytes))
      if (facts.size >= mostFacts) facts.clear()
      facts.set(name, read)
      return { facts: read, bytes: bytes.size }
    } finally {
      await bytes.close()
    }
  }
  const renditionOf = async (
    versionId: VersionId,
    known: MediaFacts,
    { key, kind, isUsual }: Candidate,
  ): Promise<Rendition | undefined> => {
    try {
      const read = await readOne(versionId, key)
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
      // Not given out to this account, not there any more, or not reached now: nothing to choose.
      if (!(error instanceof AppError)) parts.report(error)
      return undefined
    }
  }

  return {
    async list(versionId) {
      const known = await media.open(versionId)
      const { kind } = known.info
      if (kind !== 'video' && kind !== 'audio') return []
      const [own, ofService] = await Promise.all([
        proxies.file(versionId, 'video'),
        media.serviceProxies(versionId, AbortSignal.timeout(patience)),
      ])
      for (const { key, link } of ofService) links.remember(nameOf(versionId, { proxy: key }), link)
      const candidates = candidatesOf(
        own !== undefined,
        ofService.map(({ key }) => key),
      )
      const found = await Promise.all(candidates.map((each) => renditionOf(versionId, known, each)))
      return differentOf(
        found.filter((each) => each !== undefined),
        kind,
      )
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
