import type { CommentPower, VersionRef } from '../../src/main/connectors/powers.ts'
import { createCommentService } from '../../src/main/review/comments.ts'
import { createOutbox } from '../../src/main/review/outbox.ts'
import { createAssetStore } from '../../src/main/store/assetStore.ts'
import { createCommentStore } from '../../src/main/store/commentStore.ts'
import type { SqliteDatabase } from '../../src/main/store/database.ts'
import { createOutboxStore } from '../../src/main/store/outboxStore.ts'
import type { VersionId } from '../../src/shared/ids.ts'
import type { CommentDraft } from '../../src/shared/review.ts'
import { holdsAll } from './commentsHold.ts'

/** A service that holds comments in memory and does what the script says before and after it acts. */
export function fakeService() {
  const held = new Map<string, { text: string; parent: string | null }>()
  const log: string[] = []
  let before: (kind: string) => void = () => undefined
  let withMany = false
  let after: (kind: string) => void = () => undefined
  const power: CommentPower = {
    holds: holdsAll,
    list: () => Promise.resolve([]),
    async create(_ref, comment, parent) {
      before('create')
      // As real services with an external key do: a repeat finds what is there.
      const remoteId = `remote-${comment.id}`
      log.push(`create ${comment.text}`)
      held.set(remoteId, { text: comment.text, parent })
      after('create')
      return { remoteId }
    },
    async change(_ref, comment) {
      before('change')
      log.push(`change ${comment.text}`)
      held.set(comment.remoteId ?? '', { text: comment.text, parent: null })
      after('change')
    },
    async remove(_ref, remoteId) {
      before('remove')
      log.push('remove')
      held.delete(remoteId)
      after('remove')
    },
  }
  const many: NonNullable<CommentPower['many']> = {
    async change(_ref, comments) {
      before('changeMany')
      log.push(`changeMany ${comments.map((comment) => comment.text).join()}`)
      after('changeMany')
    },
    async remove(_ref, remoteIds) {
      before('removeMany')
      log.push(`removeMany ${remoteIds.length}`)
      for (const remoteId of remoteIds) held.delete(remoteId)
      after('removeMany')
    },
  }
  return {
    get power(): CommentPower {
      return withMany ? { ...power, many } : power
    },
    canMany: () => {
      withMany = true
    },
    held,
    log,
    onBefore: (run: typeof before) => {
      before = run
    },
    onAfter: (run: typeof after) => {
      after = run
    },
  }
}

export interface OutboxBenchParts {
  readonly db: SqliteDatabase
  readonly power: () => CommentPower | undefined
  readonly ref: (versionId: VersionId) => VersionRef | undefined
  readonly now: () => number
  readonly later?: (milliseconds: number, run: () => void) => () => void
  readonly changed?: (versionId: VersionId) => void
  readonly readAgain?: (versionId: VersionId) => void
}

/** An outbox and what writes to it, on a database of a test. */
export function openOutboxBench(parts: OutboxBenchParts) {
  const { db, power, ref, now, later = () => () => undefined, changed = () => undefined } = parts
  const comments = createCommentStore(db)
  const outboxStore = createOutboxStore(db)
  const outbox = createOutbox({
    outbox: outboxStore,
    comments,
    powerOf: power,
    refOf: ref,
    changed,
    now,
    random: () => 0.5,
    later,
    report: () => undefined,
  })
  const commentService = createCommentService({
    database: db,
    comments,
    outbox: outboxStore,
    assets: createAssetStore(db),
    now,
    holdsComments: () => power() !== undefined,
    myName: () => 'Runa',
    changed,
    readAgain: parts.readAgain ?? (() => undefined),
    wake: () => undefined,
  })
  const waiting = () => db.prepare('SELECT count(*) FROM outbox').pluck().get()
  return { outbox, comments: commentService, waiting }
}

/** What is said of frames 10 to 12, unless `more` says otherwise. */
export function draftFor(versionId: VersionId, text: string, more: Partial<CommentDraft> = {}): CommentDraft {
  return {
    versionId,
    parentId: null,
    span: { startFrame: 10, endFrame: 12, rate: { numerator: 24, denominator: 1 } },
    text,
    isInternal: false,
    colour: null,
    drawing: [],
    kind: 'comment',
    track: null,
    ...more,
  }
}
