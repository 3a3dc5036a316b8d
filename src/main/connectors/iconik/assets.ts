import { AppError } from '../../../shared/errors.ts'
import type { Connector } from '../connector.ts'
import type { RemoteAsset, RemoteRef } from '../remote.ts'
import { calls } from './calls/index.ts'
import { emptyPage, listContents } from './contents.ts'
import { assetOf } from './mapping.ts'
import type { Media } from './media.ts'
import { assetsPerPage, nextStep, type Step, stepOf } from './pageSteps.ts'
import { pageNumber, pageOf, unlessPast } from './paging.ts'
import { noteOf, type PlaceNote, placeNoteSchema } from './placeNote.ts'
import { playlistAssets } from './playlist.ts'
import type { Reviews } from './reviews.ts'
import type { Session } from './session.ts'
import { createWholeRows } from './wholeRows.ts'
import type { IconikPage } from './wire.ts'
import { type AssetRow, assetRowsSchema } from './wireAssets.ts'
import { type Entry, entriesSchema } from './wireCollections.ts'
import { searchSchema } from './wireSearch.ts'

/** Search results may have to be asked about one by one. */
export const foundPerPage = 60

export type AssetLists = Pick<Connector, 'assets' | 'asset'> & {
  /** Rows of any list as assets, with what else is known of them. */
  show(rows: readonly AssetRow[], signal: AbortSignal): Promise<RemoteAsset[]>
}

/** The assets of collections and shelves. */
export function createAssetLists(session: Session, media: Media, reviews: Reviews): AssetLists {
  const { call } = session
  const rows = createWholeRows(session, media)

  const show = async (listed: readonly AssetRow[], signal: AbortSignal): Promise<RemoteAsset[]> => {
    const whole = await rows.filled(listed, signal)
    media.remember(whole)
    const assets = whole.map((row) => assetOf(row, () => 'none'))
    await reviews.ask(
      assets.map(({ remoteId, versions }) => ({ assetId: remoteId, versionId: versions[0].remoteId })),
      signal,
    )
    return whole.map((row) => assetOf(row, reviews.of))
  }

  const listedAssets = async (
    note: PlaceNote,
    { page, perPage }: Step,
    signal: AbortSignal,
  ): Promise<IconikPage<Entry | AssetRow | null>> => {
    const paged = { page, per_page: perPage }
    switch (note.shelf) {
      case 'favourites':
        return call(calls['assets.listFavorites'], { query: paged, answer: entriesSchema }, signal)
      case 'deleted':
        return call(calls['assets.listTrashedAssets'], { query: paged, answer: assetRowsSchema }, signal)
      case 'recent':
        return recentlyViewed(page, signal)
      case 'shared':
        return sharedAssets(note, page, signal)
      default:
    }
    if (note.collectionId === null) return emptyPage
    const sort = note.isOrdered === true ? {} : { sort: 'date_created,desc' }
    const query = { object_types: 'assets', ...paged, ...sort } as const
    return listContents(session, note.collectionId, query, signal)
  }

  const recentlyViewed = async (page: number, signal: AbortSignal) => {
    const body = {
      doc_types: ['assets' as const],
      query: '',
      filter: { operator: 'AND', terms: [{ name: 'date_viewed', exists: true }] },
      sort: [{ name: 'date_viewed', order: 'desc' }],
    }
    const query = { page, per_page: foundPerPage, save_search_history: false }
    return call(calls['search.search'], { query, body, answer: searchSchema }, signal)
  }

  const sharedAssets = async (note: PlaceNote, page: number, signal: AbortSignal) => {
    const { objectType, objectId } = note.shared ?? { objectType: '', objectId: '' }
    if (objectType === 'playlists') return playlistAssets(session, objectId, page, signal)
    if (objectType !== 'assets') return emptyPage
    return { ...emptyPage, objects: [await rows.one(objectId, signal)], total: 1 }
  }

  const rowOf = async (ref: RemoteRef, signal: AbortSignal): Promise<AssetRow> => {
    const { collectionId } = placeNoteSchema.parse(ref.place)
    const [row] = collectionId === null ? [] : await rows.among(collectionId, [ref.remoteId], signal)
    // Not in this place any more, or not in its index yet.
    return row ?? rows.one(ref.remoteId, signal)
  }

  return {
    show,
    async assets(place, cursor, signal) {
      const note = noteOf(place)
      const isCollection = note.shelf === undefined
      const step = isCollection ? stepOf(cursor) : { page: pageNumber(cursor), perPage: assetsPerPage }
      return unlessPast(step.page, async () => {
        const answer = await listedAssets(note, step, signal)
        const listed = answer.objects.filter((row) => row !== null).filter(isAsset)
        const shown = await show(listed, signal)
        const isMixed = shown.length < answer.objects.length
        const one = pageOf(answer, step.page, shown)
        const whole = isCollection && one.cursor !== undefined ? { ...one, cursor: nextStep(step) } : one
        return note.shelf === 'favourites' || isMixed ? { ...whole, total: undefined } : whole
      })
    },
    async asset(ref, signal) {
      const [shown] = await show([await rowOf(ref, signal)], signal)
      // Gone between two questions about it.
      if (shown === undefined) throw new AppError('remote.notFound', { thing: 'asset' })
      return shown
    },
  }
}

/** Search results hold collections and segments as well. */
function isAsset(row: Entry | AssetRow): row is AssetRow {
  return row.object_type === 'assets' || row.object_type === null
}
