import type { EventName, Payload } from '../shared/contract.ts'
import { AppError } from '../shared/errors.ts'
import type { AssetId, ConnectionId, VersionId } from '../shared/ids.ts'
import { composePlaylists } from './composePlaylists.ts'
import type { AskService } from './connections/askService.ts'
import type { Connections } from './connections/connections.ts'
import type { ReviewCallParts } from './ipc/reviewCalls.ts'
import type { Coalescer } from './library/coalesce.ts'
import type { Library } from './library/library.ts'
import type { Refs } from './library/refs.ts'
import type { Whereabouts } from './library/whereabouts.ts'
import type { AllPlaylists } from './playlists/allPlaylists.ts'
import { createApprovals } from './review/approvals.ts'
import { createCommentExport } from './review/commentExport.ts'
import { createCommentFeed } from './review/commentFeed.ts'
import { createCommentService } from './review/comments.ts'
import { createGoneVersion } from './review/goneVersion.ts'
import { withLocalVotes } from './review/localVotes.ts'
import { createOpenWatch } from './review/openWatch.ts'
import type { Outbox } from './review/outbox.ts'
import { createOutbox } from './review/outbox.ts'
import type { AssetStore } from './store/assetStore.ts'
import { createCommentMerge } from './store/commentMerge.ts'
import { createCommentReadings } from './store/commentReadings.ts'
import { createCommentStore } from './store/commentStore.ts'
import type { SqliteDatabase } from './store/database.ts'
import { createLocalVoteStore } from './store/localVoteStore.ts'
import { createOutboxStore } from './store/outboxStore.ts'

export interface ComposeReviewParts {
  readonly db: SqliteDatabase
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly connections: () => Connections
  readonly library: Library
  readonly whereabouts: Pick<Whereabouts, 'met'>
  readonly coalescer: Coalescer
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly save: (name: string, text: string) => Promise<boolean>
  readonly isVisible: () => boolean
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
  readonly report: (error: unknown, where?: string) => void
}

/** What belongs to reviewing, built together: comments and their way out and in, approvals, playlists. */
export interface Review extends ReviewCallParts {
  readonly outbox: Outbox
  readonly playlists: AllPlaylists
}

export function composeReview(parts: ComposeReviewParts): Review {
  const { db, assets, refs, service, connections, library, coalescer, tell, now, later, report } = parts
  const comments = createCommentStore(db)
  const outboxStore = createOutboxStore(db)
  /** What cards tell of it. The service has nothing new to say of the place itself. */
  const shownAnew = (assetId: AssetId) => {
    for (const placeId of assets.placesOf([assetId]))
      coalescer.tell(`assets:${placeId}`, () => tell('assets.changed', { placeId }))
  }
  const changed = (versionId: VersionId) => {
    coalescer.tell(`comments:${versionId}`, () => tell('comments.changed', { versionId }))
    const asset = assets.originOf(versionId)?.assetId
    if (asset !== undefined) shownAnew(asset)
  }
  const powerOf = (id: ConnectionId) => connections().connectorIfAny(id)?.can.comments

  const feed = createCommentFeed({
    refs,
    service,
    canRead(versionId) {
      const origin = assets.originOf(versionId)
      return origin !== undefined && powerOf(origin.connectionId) !== undefined
    },
    merge: createCommentMerge(db),
    readings: createCommentReadings(db),
    changed,
    gone: createGoneVersion({ assets, library }),
    isVisible: parts.isVisible,
    report: (error) => report(error, 'comments'),
    now,
    later,
  })
  /** A write of ours moved: what is on its way from the service is older than that. */
  const moved = (versionId: VersionId) => {
    feed.touched(versionId)
    changed(versionId)
  }
  const outbox = createOutbox({
    outbox: outboxStore,
    comments,
    powerOf,
    refOf: (versionId) =>
      assets.originOf(versionId) === undefined ? undefined : refs.version(versionId).ref,
    changed: moved,
    now,
    random: Math.random,
    later,
    report: (error) => report(error, 'outbox'),
  })
  const commentService = createCommentService({
    database: db,
    comments,
    outbox: outboxStore,
    assets,
    now,
    holdsComments: (id) => connections().holdsComments(id),
    myName: (id) => connections().myName(id),
    changed: moved,
    readAgain: feed.again,
    wake: (id) => void outbox.wake(id),
  })
  const isAsked = (id: ConnectionId) => connections().connectorIfAny(id)?.can.approvals !== undefined
  const approvals = createApprovals({
    assets,
    refs,
    service,
    comments: commentService,
    library,
    isAsked,
    changed: (versionId) => tell('approvals.changed', { versionId }),
    shownAnew,
    now,
    report: (error) => report(error, 'approvals'),
  })
  const votesReadAt = new Map<VersionId, number>()
  const votes = createOpenWatch({
    async read(versionId) {
      const isAnswered = await approvals.readAgain(versionId)
      votesReadAt.set(versionId, now())
      return isAnswered
    },
    canRead(versionId) {
      const origin = assets.originOf(versionId)
      return origin !== undefined && isAsked(origin.connectionId)
    },
    readAt: (versionId) => votesReadAt.get(versionId),
    isVisible: parts.isVisible,
    now,
    later,
  })
  return {
    comments: commentService,
    // What is open is followed as a whole: others' words and others' votes.
    feed: {
      ...feed,
      watch(versionId) {
        feed.watch(versionId)
        votes.watch(versionId)
      },
      wake() {
        feed.wake()
        votes.wake()
      },
      stop() {
        feed.stop()
        votes.stop()
      },
    },
    outbox,
    readingOf(versionId) {
      const origin = assets.originOf(versionId)
      if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
      return { isHere: !connections().holdsComments(origin.connectionId), ...feed.reading(versionId) }
    },
    playlists: composePlaylists(parts),
    approvals: withLocalVotes(approvals, {
      assets,
      library,
      votes: createLocalVoteStore(db),
      isLocal(id) {
        const connector = connections().connectorIfAny(id)
        return connector !== undefined && connector.can.approvals === undefined
      },
      myName: (id) => connections().myName(id),
      changed: (versionId) => tell('approvals.changed', { versionId }),
      now,
    }),
    exportComments: createCommentExport({
      assets,
      refs,
      service,
      comments,
      save: parts.save,
      holdsComments: (id) => connections().holdsComments(id),
      isShare: (id) =>
        connections()
          .list()
          .find((each) => each.id === id)?.isShare !== false,
    }),
  }
}
