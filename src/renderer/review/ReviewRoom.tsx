import { ChevronLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { Version } from '../../shared/place.ts'
import { ApprovalBar } from '../approvals/ApprovalBar.tsx'
import { runAction } from '../shell/actionRunner.ts'
import { replaceRoute, useRoute } from '../shell/routeStore.ts'
import { InspectorButton, SearchField, TitleBar } from '../shell/TitleBar.tsx'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { type AssetDetail, useAssetDetail, useWatched } from './assetStore.ts'
import { CommentPanel } from './comments/CommentPanel.tsx'
import { FrameClock } from './frameClock.ts'
import { useOpenClip } from './openClip.ts'
import { Player } from './Player.tsx'
import { PlayRange } from './playRange.ts'
import css from './ReviewRoom.module.css'
import { RoomPanes } from './RoomPanes.tsx'
import { RoomWaiting } from './RoomWaiting.tsx'
import { ShareButton } from './ShareButton.tsx'
import { type Standing, standAlike, standingAt, useStanding } from './standing.ts'
import { useVersion } from './useVersion.ts'
import { VersionTabs } from './VersionTabs.tsx'
import { useDraft } from './words/useDraft.ts'

const c = classesOf(css)

interface ReviewRoomProps {
  readonly assetId: AssetId
  readonly versionId: VersionId | undefined
}

/** One asset, its versions, its picture and what people say about it. */
export function ReviewRoom({ assetId, versionId }: ReviewRoomProps) {
  const { value: detail, failure } = useAssetDetail(assetId)
  const route = useRoute((history) => history.route)
  // Somebody deleted it while it is open: what was read of it stays on the screen.
  const isGone = failure?.code === 'thing.notFound'
  const versions = detail?.versions ?? []
  const version =
    versions.find((each) => each.id === (versionId ?? detail?.asset.latestVersionId)) ?? versions.at(-1)
  const openId = version?.id
  // A version that arrives must not take the place of the one somebody looks at, or writes about: its tab is enough.
  useEffect(() => {
    if (openId === undefined || versionId !== undefined) return
    const { route: now } = useRoute.getState()
    if (now.screen === 'review' && now.assetId === assetId)
      replaceRoute(standAlike(now, { ...now, versionId: openId }))
  }, [openId, versionId, assetId])
  return (
    <>
      <TitleBar
        end={
          <>
            {detail !== null && version !== undefined && !isGone ? (
              <>
                <ShareButton asset={detail.asset} />
                <ApprovalBar
                  key={version.id}
                  connectionId={detail.asset.connectionId}
                  assetId={assetId}
                  versionId={version.id}
                  name={detail.asset.name}
                  isNewest={version.id === detail.asset.latestVersionId}
                />
              </>
            ) : null}
            <SearchField />
            <InspectorButton />
          </>
        }
      >
        <button type="button" className={c('back')} onClick={() => runAction('review.close')}>
          <ChevronLeft size={16} aria-hidden="true" />
          <span>{detail?.path.at(-1)?.name ?? text.shell.back}</span>
        </button>
        {detail === null ? null : (
          <>
            <span className={c('between')} />
            <h1 className={c('name')}>
              <MiddleCut name={detail.asset.name} />
            </h1>
            <VersionTabs
              versions={versions}
              shown={version}
              onChoose={(id) => replaceRoute(standAlike(route, { screen: 'review', assetId, versionId: id }))}
            />
          </>
        )}
      </TitleBar>
      {detail !== null && version !== undefined ? (
        <VersionRoom
          key={version.id}
          detail={detail}
          version={version}
          standing={standingAt(route)}
          isGone={isGone}
        />
      ) : (
        <RoomWaiting failure={failure} />
      )}
    </>
  )
}

interface VersionRoomProps {
  readonly detail: AssetDetail
  readonly version: Version
  readonly standing: Standing
  readonly isGone: boolean
}

function VersionRoom({ detail, version, standing, isGone }: VersionRoomProps) {
  const [clock] = useState(() => new FrameClock())
  const [range] = useState(() => new PlayRange())
  const { player, panel } = useVersion({ detail, version, clock, range, isGone })
  useStanding(standing, clock, range, panel.timing)
  useWatched(version.id)
  useOpenClip(isGone ? null : detail.asset)
  useDraft(version.id, clock, range)
  return (
    <RoomPanes
      picture={
        <main className={c('main')}>
          <div id="review-stage" role="tabpanel" className={c('room')} aria-label={text.room.title}>
            <Player {...player} />
          </div>
        </main>
      }
      panel={<CommentPanel {...panel} />}
    />
  )
}
