import type { FrameRange } from '../../../shared/clipTiming.ts'
import { type KeptDrafts, keptDraftsSchema } from '../../../shared/drafts.ts'
import { toFailure } from '../../../shared/errors.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { ask } from '../../bridge.ts'
import { say } from '../../shell/sayStore.ts'
import { framesOfNext, type KeptDrawing, shapesOfNext, useDraw } from '../drawing/drawStore.ts'
import { type CommentDraft, draftOf, mostVersions, putBackDrafts, useDrafts } from './draftStore.ts'

/** So much of what was typed last may be lost when the power goes. */
const pauseMs = 500
/** What an earlier run kept could not be read: asked for again after this. Nothing is written over it before. */
const againMs = 5_000

let placeNow: { readonly versionId: VersionId; readonly at: () => FrameRange } | null = null

/** Words about this version stand where `at` says, until the returned function is called. */
export function standsAt(versionId: VersionId, at: () => FrameRange): () => void {
  const place = { versionId, at }
  placeNow = place
  return () => {
    if (placeNow === place) placeNow = null
  }
}

/** What goes with the comment that is written about a version, whether it is in the hand or not. */
function drawnFor(versionId: VersionId, { drawing }: CommentDraft): Pick<KeptDrawing, 'shapes' | 'on'> {
  const draw = useDraw.getState()
  if (draw.version === versionId) return { shapes: shapesOfNext(draw), on: framesOfNext(draw) }
  return drawing === null
    ? { shapes: [], on: null }
    : { shapes: drawing.of === null ? drawing.shapes : drawing.aside, on: drawing.on }
}

// One that cannot be kept (longer than any comment may be) must not cost the others their place.
const versionRow = keptDraftsSchema.shape.versions.element
const smallRow = keptDraftsSchema.shape.small.element

/** Everything that was begun, as it outlives the app. A kept comment's drawing that is being changed does not. */
export function draftsToKeep(): KeptDrafts {
  const { versions, small } = useDrafts.getState()
  const open = useDraw.getState().version
  const ids = [...new Set([...versions.keys(), ...(open === null ? [] : [open])])]
  return {
    versions: ids.slice(-mostVersions).flatMap((versionId) => {
      const draft = draftOf(versionId)
      const { words, colour, isInternal, isWhole } = draft
      const { shapes, on } = drawnFor(versionId, draft)
      if (words.trim() === '' && shapes.length === 0) return []
      const at = draft.at ?? (placeNow?.versionId === versionId ? placeNow.at() : null)
      const range = on === null ? null : { startFrame: on.startFrame, endFrame: on.endFrame }
      const kept = {
        ...{ versionId, words, colour, isInternal, isWhole, at, shapes: [...shapes] },
        on: on === null || range === null ? null : { frame: on.frame, range },
      }
      return versionRow.safeParse(kept).success ? [kept] : []
    }),
    small: [...small.values()].flatMap(({ isAsked: _, ...draft }) =>
      smallRow.safeParse(draft).success ? [draft] : [],
    ),
  }
}

/** What an earlier run kept is there again, and what is begun is kept soon after it was, until the returned function is called. */
export function followDrafts(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isRead = false
  const failed = (error: unknown) => say(toFailure(error))
  const keep = () => {
    timer = undefined
    ask('drafts.keep', draftsToKeep()).catch(failed)
  }
  const soon = () => {
    if (isRead) timer ??= setTimeout(keep, pauseMs)
  }
  const leave = () => {
    if (timer === undefined) return
    clearTimeout(timer)
    keep()
  }
  let again: ReturnType<typeof setTimeout> | undefined
  const read = (): void => {
    ask('drafts.read').then(
      (kept) => {
        isRead = true
        // What was begun meanwhile is kept with it.
        putBackDrafts(kept)
      },
      (error: unknown) => {
        failed(error)
        again = setTimeout(read, againMs)
      },
    )
  }
  read()
  window.addEventListener('pagehide', leave)
  const ends = [
    useDrafts.subscribe(soon),
    useDraw.subscribe((now, before) => {
      if (now.shapes !== before.shapes || now.aside !== before.aside || now.on !== before.on) soon()
    }),
    () => window.removeEventListener('pagehide', leave),
  ]
  return () => {
    clearTimeout(again)
    for (const end of ends) end()
    leave()
  }
}
