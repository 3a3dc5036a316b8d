import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { isVariableClip } from '../../shared/clipTiming.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { MediaInfo, Version } from '../../shared/place.ts'
import type { Entry } from '../../shared/playlist.ts'
import { ApprovalBar } from '../approvals/ApprovalBar.tsx'
import { type AssetDetail, useAssetDetail, useWatched } from '../review/assetStore.ts'
import { CommentPanel } from '../review/comments/CommentPanel.tsx'
import { Player } from '../review/Player.tsx'
import { useVersion } from '../review/useVersion.ts'
import { VersionTabs } from '../review/VersionTabs.tsx'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { keepLength } from './lengths.ts'
import type { ListPlayer } from './listPlayer.ts'
import css from './PlayingRoom.module.css'
import type { Slot } from './slot.ts'

const c = classesOf(css)

/** Where the room draws what belongs to the entry that is on. */
export interface RoomPlaces {
  readonly title: HTMLElement | null
  readonly votes: HTMLElement | null
  readonly comments: HTMLElement | null
}

interface EntrySlotProps {
  readonly list: ListPlayer
  readonly entry: Entry
  readonly isOn: boolean
  readonly places: RoomPlaces
  /** Another version was looked at: it stands in for the entry's own while the room is open. */
  readonly onVersion: (id: VersionId) => void
}

/** One entry that is on, or next to it: its player, and, while it is on, its versions, votes and comments. */
export function EntrySlot(props: EntrySlotProps) {
  const { list, entry } = props
  const element = useRef<HTMLDivElement>(null)
  const slot = list.slot(entry.id)
  useEffect(() => {
    if (element.current === null) return
    const detach = slot.attach(element.current)
    return () => {
      detach()
      list.drop(slot.id)
    }
  }, [list, slot])
  return (
    <div ref={element} className={c('slot')} data-entry={entry.id}>
      {entry.problem !== null || entry.assetId === null || entry.versionId === null ? (
        <Problem slot={slot} entry={entry} more={null} />
      ) : (
        <Known {...props} slot={slot} assetId={entry.assetId} versionId={entry.versionId} />
      )}
    </div>
  )
}

function Problem({ slot, entry, more }: { readonly slot: Slot; readonly entry: Entry; more: string | null }) {
  useEffect(() => slot.become('problem'), [slot])
  return (
    <div className={c('problem')}>
      <EmptyState
        look="failed"
        title={entry.name}
        more={`${entry.problem === null ? (more ?? '') : `${text.playlists.problems[entry.problem]}.`} ${text.playing.goesOn}`}
      />
    </div>
  )
}

interface KnownProps extends EntrySlotProps {
  readonly slot: Slot
  readonly assetId: NonNullable<Entry['assetId']>
  readonly versionId: VersionId
}

function Known(props: KnownProps) {
  const { slot, entry, assetId, versionId } = props
  const { value: detail, failure } = useAssetDetail(assetId)
  const version = detail?.versions.find((each) => each.id === versionId)
  if (failure !== null && detail === null)
    return <Problem slot={slot} entry={entry} more={errorWords(failure).what} />
  if (detail === null) return <div className={c('blank')} />
  // The list knows of it before the answer with it is here, or it has just gone.
  return version === undefined ? (
    <div className={c('blank')} />
  ) : (
    <VersionSlot key={version.id} {...props} detail={detail} version={version} />
  )
}

interface VersionSlotProps extends KnownProps {
  readonly detail: AssetDetail
  readonly version: Version
}

function VersionSlot({ slot, isOn, places, detail, version, onVersion }: VersionSlotProps) {
  const { clock, range } = slot
  const { player, panel, info, seconds, isMoving, isRefused } = useVersion({ detail, version, clock, range })
  const { timing } = player
  useEffect(() => {
    if (timing !== null && isMoving && (info?.frames != null || seconds !== null))
      keepLength(version.id, {
        frames: timing.frameCount,
        rate: timing.rate,
        times: isVariableClip(timing) ? timing.times : undefined,
      })
  }, [timing, isMoving, info, seconds, version.id])
  useStanding(slot, info, isRefused)
  return (
    <>
      <Player {...player} take={slot.take} />
      {isOn ? <Watched versionId={version.id} /> : null}
      {isOn && places.title !== null
        ? createPortal(
            <VersionTabs versions={detail.versions} shown={version} onChoose={onVersion} />,
            places.title,
          )
        : null}
      {isOn && places.votes !== null
        ? createPortal(
            <ApprovalBar
              key={version.id}
              connectionId={detail.asset.connectionId}
              assetId={detail.asset.id}
              versionId={version.id}
              name={detail.asset.name}
              isNewest={version.id === detail.asset.latestVersionId}
            />,
            places.votes,
          )
        : null}
      {isOn && places.comments !== null
        ? createPortal(<CommentPanel key={version.id} {...panel} />, places.comments)
        : null}
    </>
  )
}

/** Only what is on is asked for again and again. */
function Watched({ versionId }: { readonly versionId: VersionId }) {
  useWatched(versionId)
  return null
}

/** What does not move says so to the list; what moves does it through its player. */
function useStanding(slot: Slot, info: MediaInfo | undefined, isRefused: boolean): void {
  const kind = info?.kind
  useEffect(() => {
    if (isRefused || kind === 'other') slot.become('problem')
    else if (kind === 'image') slot.become('still')
  }, [slot, kind, isRefused])
}
