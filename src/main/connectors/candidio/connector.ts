import type { Connector } from '../connector.ts'
import { createLinkMemory } from '../linkMemory.ts'
import type { MediaLink, Page, RemoteAsset, RemotePlace, RemoteRef } from '../remote.ts'
import type { CandidioClientOptions } from './client.ts'
import { createCandidioClient } from './client.ts'
import { assetOf, brandPlace, productionPlace, workspacePlace } from './mapping.ts'
import type { Asset, CandidioPlace, Many } from './wire.ts'
import { candidioPlaceSchema } from './wire.ts'

/** The service's own default; asking for more costs fewer requests, and a server that caps it says so in its answer. */
const rowsPerPage = 500

/** The browse half of Candidio. It has no time-coded comments and no approvals: those powers are absent. */
export function createCandidioConnector(options: CandidioClientOptions): Connector {
  const client = createCandidioClient(options)
  const links = createLinkMemory<Links>(() => options.clock.now())

  const assetsPage = async (
    place: RemotePlace,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<RemoteAsset>> => {
    const answer = await client.assets(
      placeOf(place),
      { page: pageNumber(cursor), limit: rowsPerPage, sort: 'created_at', direction: 'desc' },
      signal,
    )
    for (const asset of answer.data) links.remember(asset.id, linksOf(asset))
    if (placeOf(place).isBrand !== true) return pageOf(answer, answer.data.map(assetOf))
    // How a scope is written in a query is not documented, so the workspace's own material is picked out here.
    const own = answer.data.filter((asset) => asset.is_stock === true)
    return { ...pageOf(answer, own.map(assetOf)), total: undefined }
  }

  const linksFor = async (ref: RemoteRef, fresh: boolean, signal: AbortSignal): Promise<Links> => {
    const known = fresh ? undefined : links.recall(ref.remoteId)
    if (known !== undefined) return known
    const asset = await client.asset(candidioPlaceSchema.parse(ref.place), ref.remoteId, signal)
    links.remember(asset.id, linksOf(asset))
    return linksOf(asset)
  }

  return {
    provider: 'candidio',
    // No call tells whose token it is; reading the workspaces proves that it works and gives a name to show.
    async account(signal) {
      const answer = await client.workspaces({ page: 1, limit: 1 }, signal)
      const first = answer.data[0]
      return { name: first === undefined ? 'Candidio' : workspacePlace(first).name }
    },
    async places(parent, cursor, signal) {
      const page = pageNumber(cursor)
      if (parent === null) {
        const answer = await client.workspaces({ page, limit: rowsPerPage }, signal)
        return pageOf(answer, answer.data.map(workspacePlace))
      }
      const { workspaceId } = placeOf(parent)
      const answer = await client.productions(workspaceId, { page, limit: rowsPerPage }, signal)
      const productions = answer.data.map((production) => productionPlace(workspaceId, production))
      const next = pageOf(answer, productions)
      return next.cursor === undefined ? { ...next, items: [...productions, brandPlace(workspaceId)] } : next
    },
    assets: assetsPage,
    async asset(ref, signal) {
      const asset = await client.asset(candidioPlaceSchema.parse(ref.place), ref.remoteId, signal)
      links.remember(asset.id, linksOf(asset))
      return assetOf(asset)
    },
    async media(ref: RemoteRef, kind, fresh, signal) {
      const known = fresh ? undefined : links.recall(ref.remoteId)?.[kind]
      return known ?? (await linksFor(ref, true, signal))[kind]
    },
    can: {
      proxies: {
        list: async (ref, signal) =>
          [...(await linksFor(ref, false, signal)).proxies].map(([key, link]) => ({ key, link })),
        link: async (ref, key, fresh, signal) => (await linksFor(ref, fresh, signal)).proxies.get(key),
      },
    },
  }
}

function placeOf(place: RemotePlace): CandidioPlace {
  return candidioPlaceSchema.parse(place.remote)
}

function pageNumber(cursor: string | undefined): number {
  return cursor === undefined ? 1 : Number.parseInt(cursor, 10)
}

/** Pages by number until the last: the only sample of the `links` field is an empty list, so it is not used. */
function pageOf<T>(answer: Many<unknown>, items: readonly T[]): Page<T> {
  const { current_page: current, total_pages: pages, total } = answer.meta.pagination
  const isLast = current >= pages || answer.data.length === 0
  return { items, cursor: isLast ? undefined : String(current + 1), total }
}

interface Links {
  readonly play?: MediaLink
  readonly original?: MediaLink
  readonly thumbnail?: MediaLink
  /** By their kind; the one that is played by itself first. */
  readonly proxies: ReadonlyMap<string, MediaLink>
}

/** A preview plays everywhere; before there is one the file itself is offered. */
function linksOf(asset: Asset): Links {
  const proxies = new Map<string, MediaLink>()
  if (asset.link_preview_mp4) proxies.set('mp4', { url: asset.link_preview_mp4, mediaType: 'video/mp4' })
  if (asset.link_preview_webm) proxies.set('webm', { url: asset.link_preview_webm, mediaType: 'video/webm' })
  const play = asset.link_preview_mp4 ?? asset.link_preview_webm ?? asset.link_download
  const thumbnail = asset.link_thumbnail ?? asset.link_fullsize
  return {
    proxies,
    ...(asset.link_download
      ? { original: { url: asset.link_download, mediaType: asset.mimetype ?? null } }
      : {}),
    ...(play ? { play: { url: play, mediaType: asset.mimetype ?? null } } : {}),
    ...(thumbnail ? { thumbnail: { url: thumbnail, mediaType: 'image/jpeg' } } : {}),
  }
}
