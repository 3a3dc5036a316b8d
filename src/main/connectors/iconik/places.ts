import type { Connector } from '../connector.ts'
import type { Page, RemotePlace } from '../remote.ts'
import { calls } from './calls/index.ts'
import { emptyPage, listContents } from './contents.ts'
import {
  collectionPlace,
  domainPlace,
  type PlaceRights,
  projectPlace,
  sharedPlace,
  shelfPlace,
} from './mapping.ts'
import { allRows, eachOf, orElse, pageNumber, pageOf, unlessPast } from './paging.ts'
import { noteOf, type PlaceNote } from './placeNote.ts'
import type { Selves } from './self.ts'
import type { Session } from './session.ts'
import type { IconikPage } from './wire.ts'
import { assetSchema } from './wireAssets.ts'
import {
  type Collection,
  collectionSchema,
  collectionsSchema,
  type Entry,
  entriesSchema,
  projectSchema,
  projectsSchema,
} from './wireCollections.ts'

const placesPerPage = 500
/** Nobody finds anything among more productions than this. */
const mostRoots = 10_000
/** Collections of one list that are asked about one by one. */
const mostAsked = 200

export type Places = Required<Pick<Connector, 'places' | 'place'>>

/** Domain › projects and root collections › collections, and the shelves beside them. */
export function createPlaces(session: Session, selves: Selves, rights: () => PlaceRights): Places {
  const { call, share } = session

  /** Projects, then the collections at the root that are no project's, then the shelves. */
  const domainPlaces = async (domainId: string, signal: AbortSignal): Promise<RemotePlace[]> => {
    const [projects, roots] = await Promise.all([
      orElse(() => allRows((page) => listProjects(page, signal), mostRoots), []),
      allRows((page) => listRoots(page, signal), mostRoots),
    ])
    const shown = roots.filter(({ status }) => status !== 'DELETED' && status !== 'HIDDEN')
    const byId = new Map(shown.map((collection) => [collection.id, collection]))
    const wrapped = new Set(projects.map(({ collection_id }) => collection_id))
    return [
      ...projects.map((project) => {
        const collection = byId.get(project.collection_id)
        if (collection === undefined) return projectPlace(domainId, project, rights())
        return collectionPlace(domainId, collection, 'production', rights(), project)
      }),
      ...shown
        .filter(({ id }) => !wrapped.has(id))
        .map((collection) => collectionPlace(domainId, collection, 'production', rights())),
      ...(['favourites', 'recent', 'deleted'] as const).map((shelf) => shelfPlace(domainId, shelf)),
    ]
  }
  const listProjects = (page: number, signal: AbortSignal) => {
    const query = { page, per_page: placesPerPage, sort: 'name,asc' }
    return call(calls['assets.listProjects'], { query, answer: projectsSchema }, signal)
  }
  const listRoots = (page: number, signal: AbortSignal) => {
    const query = { page, per_page: placesPerPage, is_root: 'true', sort: 'title,asc' }
    return call(calls['assets.listCollections'], { query, answer: collectionsSchema }, signal)
  }

  /** A guest's one place: the collection that was shared, or a shelf that holds what was. */
  const guestPlace = async (signal: AbortSignal): Promise<RemotePlace> => {
    const { domainId } = await selves.read(signal)
    const { objectType, objectId } = share ?? { objectType: '', objectId: '' }
    if (objectType === 'collections') {
      const collection = await readCollection(objectId, signal)
      return collectionPlace(domainId, collection, 'production', rights())
    }
    const shared = { objectType, objectId }
    if (objectType !== 'assets') return sharedPlace(domainId, shared, 'Shared with you')
    const path = { asset_id: objectId }
    const { title } = await call(calls['assets.readAsset'], { path, answer: assetSchema }, signal)
    return sharedPlace(domainId, shared, title || 'Shared with you')
  }

  const readCollection = (id: string, signal: AbortSignal): Promise<Collection> =>
    call(calls['assets.readCollection'], { path: { collection_id: id }, answer: collectionSchema }, signal)

  const collectionsIn = async (
    note: PlaceNote,
    page: number,
    signal: AbortSignal,
  ): Promise<Page<RemotePlace>> => {
    const answer = await listedCollections(note, page, signal)
    const collections = answer.objects
      .filter((entry): entry is Entry & Collection => entry?.object_type === 'collections')
      .filter(({ status }) => note.shelf === 'deleted' || status !== 'DELETED')
    const found = (await wholeCollections(collections, signal)).map((collection) =>
      collectionPlace(note.domainId, collection, 'folder', rights()),
    )
    return pageOf(answer, page, found)
  }

  /** Rows of contents may be cut to what assets have, too: how a collection is ordered is then asked of itself. */
  const wholeCollections = async (
    listed: readonly Collection[],
    signal: AbortSignal,
  ): Promise<Collection[]> => {
    const cut = listed.filter(({ custom_order_status }) => custom_order_status === null).slice(0, mostAsked)
    const whole = await eachOf(cut, ({ id }) => orElse(() => readCollection(id, signal), undefined))
    const byId = new Map(whole.flatMap((one) => (one === undefined ? [] : [[one.id, one]])))
    return listed.map((row) => byId.get(row.id) ?? row)
  }

  const listedCollections = async (
    note: PlaceNote,
    page: number,
    signal: AbortSignal,
  ): Promise<IconikPage<Entry | null>> => {
    const paged = { page, per_page: placesPerPage }
    if (note.shelf === 'favourites')
      return call(calls['assets.listFavorites'], { query: paged, answer: entriesSchema }, signal)
    if (note.shelf === 'deleted') {
      const answer = await call(
        calls['assets.listTrashedCollections'],
        { query: paged, answer: collectionsSchema },
        signal,
      )
      return { ...answer, objects: answer.objects.map((one) => ({ ...one, object_type: 'collections' })) }
    }
    if (note.collectionId === null) return emptyPage
    const sort = note.isOrdered === true ? {} : { sort: 'title,asc' }
    const query = { object_types: 'collections', ...paged, ...sort } as const
    return listContents(session, note.collectionId, query, signal)
  }

  return {
    async places(parent, cursor, signal) {
      if (parent === null) {
        if (share !== null) return { items: [await guestPlace(signal)], cursor: undefined, total: 1 }
        const { domainId, domainName } = await selves.refresh(signal)
        return { items: [domainPlace(domainId, domainName ?? 'iconik')], cursor: undefined, total: 1 }
      }
      const note = noteOf(parent)
      if (note.collectionId === null && note.shelf === undefined) {
        const items = await domainPlaces(note.domainId, signal)
        return { items, cursor: undefined, total: items.length }
      }
      if (note.shelf === 'recent' || note.shelf === 'shared')
        return { items: [], cursor: undefined, total: 0 }
      const page = pageNumber(cursor)
      return unlessPast(page, () => collectionsIn(note, page, signal))
    },
    async place(remoteId, signal) {
      const { domainId, domainName } = await selves.read(signal)
      const collection = await readCollection(remoteId, signal)
      const above = await orElse(() => ancestorsOf(collection, signal), [])
      const top = above[0] ?? collection
      const project = await projectOf(top, signal)
      const chain = [...above, collection].map((one, depth) =>
        depth === 0
          ? collectionPlace(domainId, one, 'production', rights(), project)
          : collectionPlace(domainId, one, 'folder', rights()),
      )
      const root = share === null ? [domainPlace(domainId, domainName ?? 'iconik')] : []
      const [first, ...rest] = [...root, ...chain]
      if (first === undefined) throw new Error('a chain holds the collection itself')
      return [first, ...rest]
    },
  }

  /** From the root down; the order in which the service tells them is not documented. */
  async function ancestorsOf(collection: Collection, signal: AbortSignal): Promise<Collection[]> {
    const path = { collection_id: collection.id }
    const { objects } = await call(
      calls['assets.listCollectionAncestors'],
      { path, answer: collectionsSchema },
      signal,
    )
    const byId = new Map(objects.map((one) => [one.id, one]))
    const chain: Collection[] = []
    for (let at: Collection | undefined = collection; at !== undefined; ) {
      const parent: Collection | undefined = at.parent_id === null ? undefined : byId.get(at.parent_id)
      if (parent === undefined || chain.includes(parent)) break
      chain.unshift(parent)
      at = parent
    }
    return chain
  }

  async function projectOf(collection: Collection, signal: AbortSignal) {
    const { project_id } = collection
    if (project_id === null || share !== null) return undefined
    const path = { project_id }
    const project = await orElse(
      () => call(calls['assets.readProject'], { path, answer: projectSchema }, signal),
      undefined,
    )
    return project?.collection_id === collection.id ? project : undefined
  }
}
