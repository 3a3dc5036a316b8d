import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { isVariableClip } from '../../shared/clipTiming.ts'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { Asset, MediaInfo, Version } from '../../shared/place.ts'
import type { Entry } from '../../shared/playlist.ts'
import { ApprovalBar } from '../approvals/ApprovalBar.tsx'
import { type AssetDetail, useAssetDetail, useWatched } from '../review/assetStore.ts'
import { CommentPanel } from '../review/comments/CommentPanel.tsx'
import { useOpenClip } from '../review/openClip.ts'
import { Player } from '../review/Player.tsx'
import { ShareButton } from '../review/ShareButton.tsx'
import { useVersion } from '../review/useVersion.ts'
import { VersionTabs } from '../review/VersionTabs.tsx'
import { useDraft } from '../review/words/useDraft.ts'
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
  const opened = useOpened(entry, props.isOn)
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
      {opened === null ? (
        <Problem {...props} slot={slot} more={null} />
      ) : (
        <Known {...props} {...opened} slot={slot} />
      )}
    </div>
  )
}

interface Opened {
  readonly assetId: AssetId
  readonly versionId: VersionId
}

/** What is open of an entry. What is gone while it is looked at stays open until the list goes on. */
function useOpened({ problem, assetId, versionId }: Entry, isOn: boolean): Opened | null {
  const [before, setBefore] = useState<Opened | null>(null)
  const isThere = problem === null && assetId !== null && versionId !== null
  const opened = isThere ? { assetId, versionId } : isOn ? before : null
  if (opened?.assetId !== before?.assetId || opened?.versionId !== before?.versionId) setBefore(opened)
  return opened
}

interface ProblemProps extends EntrySlotProps {
  readonly slot: Slot
  readonly more: string | null
}

function Problem({ slot, entry, isOn, places, more }: ProblemProps) {
  useEffect(() => slot.become('problem'), [slot])
  const problem = entry.problem === null ? null : text.playlists.problems[entry.problem]
  return (
    <div className={c('problem')}>
      <EmptyState
        look="failed"
        title={entry.name}
        more={`${problem === null ? (more ?? '') : `${problem}.`} ${text.playing.goesOn}`}
      />
      {isOn && places.comments !== null && problem !== null
        ? createPortal(
            <div className={c('nothing')}>
              <EmptyState small title={text.playing.noComments} more={problem} />
            </div>,
            places.comments,
          )
        : null}
    </div>
  )
}

interface KnownProps extends EntrySlotProps, Opened {
  readonly slot: Slot
}

function Known(props: KnownProps) {
  const { entry, assetId, versionId } = props
  const { value: detail, failure } = useAssetDetail(assetId)
  const version = detail?.versions.find((each) => each.id === versionId)
  if (failure !== null && detail === null) return <Problem {...props} more={errorWords(failure).what} />
  if (entry.problem !== null && version === undefined) return <Problem {...props} more={null} />
  // The list knows of it before the answer with it is here, or it has just gone.
  return detail === null || version === undefined ? (
    <div className={c('blank')} />
  ) : (
    <VersionSlot
      key={version.id}
      {...props}
      detail={detail}
      version={version}
      isGone={entry.problem !== null || failure?.code === 'thing.notFound'}
    />
  )
}

interface VersionSlotProps extends KnownProps {
  readonly detail: AssetDetail
  readonly version: Version
  readonly isGone: boolean
}

function VersionSlot({ slot, isOn, places, detail, version, isGone, onVersion }: VersionSlotProps) {
  const { clock, range } = slot
  const opened = useVersion({ detail, version, clock, range, isGone })
  const { player, panel, info, seconds, isMoving, isRefused } = opened
  const { timing } = player
  useEffect(() => {
    if (timing !== null && isMoving && (info?.frames != null || seconds !== null))
      keepLength(version.id, {
        frames: timing.frameCount,
        rate: timing.rate,
        times: isVariableClip(timing) ? timing.times : undefined,
        table: timing.times,
      })
  }, [timing, isMoving, info, seconds, version.id])
  useStanding(slot, info, isRefused)
  useEffect(() => slot.setGone(isGone), [slot, isGone])
  return (
    <>
      <Player {...player} take={slot.take} />
      {isOn ? <Watched asset={isGone ? null : detail.asset} versionId={version.id} slot={slot} /> : null}
      {isOn && places.title !== null
        ? createPortal(
            <VersionTabs versions={detail.versions} shown={version} onChoose={onVersion} />,
            places.title,
          )
        : null}
      {isOn && places.votes !== null && !isGone
        ? createPortal(
            <>
              <ShareButton asset={detail.asset} />
              <ApprovalBar
                key={version.id}
                connectionId={detail.asset.connectionId}
                assetId={detail.asset.id}
                versionId={version.id}
                name={detail.asset.name}
                isNewest={version.id === detail.asset.latestVersionId}
              />
            </>,
            places.votes,
          )
        : null}
      {isOn && places.comments !== null
        ? createPortal(<CommentPanel key={version.id} {...panel} />, places.comments)
        : null}
    </>
  )
}

interface WatchedProps {
  /** Null: it was deleted while it is open. */
  readonly asset: Asset | null
  readonly versionId: VersionId
  readonly slot: Slot
}

/** Only what is on is asked for again and again, and has its draft in the hand. */
function Watched({ asset, versionId, slot }: WatchedProps) {
  useWatched(versionId)
  useOpenClip(asset)
  useDraft(versionId, slot.clock, slot.range)
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
