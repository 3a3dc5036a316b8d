import { ChevronLeft, Columns2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useMemo, useState } from 'react'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { Version } from '../../shared/place.ts'
import { ApprovalBar } from '../approvals/ApprovalBar.tsx'
import { reviewLooks } from '../library/reviewLook.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp, useConnection } from '../shell/appStore.ts'
import { Panes } from '../shell/Panes.tsx'
import { replaceRoute } from '../shell/routeStore.ts'
import { InspectorButton, SearchField, TitleBar } from '../shell/TitleBar.tsx'
import { useNarrow } from '../shell/useNarrow.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { StateLabel, ToneIcon } from '../ui/StateLabel.tsx'
import { type AssetDetail, useAssetDetail, useComments, useMedia, useWatched } from './assetStore.ts'
import { CommentPanel } from './CommentPanel.tsx'
import { clipOf } from './clipOf.ts'
import { FrameClock } from './frameClock.ts'
import { Player } from './Player.tsx'
import { PlayRange } from './playRange.ts'
import css from './ReviewRoom.module.css'
import { threadsOf } from './threads.ts'

const c = classesOf(css)

interface ReviewRoomProps {
  readonly assetId: AssetId
  readonly versionId: VersionId | undefined
}

/** One asset, its versions, its picture and what people say about it. */
export function ReviewRoom({ assetId, versionId }: ReviewRoomProps) {
  const { value: detail, failure } = useAssetDetail(assetId)
  const versions = detail?.versions ?? []
  const version =
    versions.find((each) => each.id === (versionId ?? detail?.asset.latestVersionId)) ?? versions.at(-1)
  return (
    <>
      <TitleBar
        end={
          <>
            {detail !== null && version !== undefined ? (
              <ApprovalBar
                key={version.id}
                connectionId={detail.asset.connectionId}
                assetId={assetId}
                versionId={version.id}
                name={detail.asset.name}
              />
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
              onChoose={(id) => replaceRoute({ screen: 'review', assetId, versionId: id })}
            />
          </>
        )}
      </TitleBar>
      {detail !== null && version !== undefined ? (
        <VersionRoom key={version.id} detail={detail} version={version} />
      ) : (
        <Waiting failure={failure && errorWords(failure).what} more={failure && errorWords(failure).more} />
      )}
    </>
  )
}

function Waiting({ failure, more }: { readonly failure: string | null; readonly more: string | null }) {
  return (
    <main className={c('wait')} aria-busy={failure === null}>
      {failure === null ? (
        <div className={c('blank')} />
      ) : (
        <EmptyState level={1} look="failed" title={failure} more={more ?? undefined}>
          <Button onClick={() => runAction('review.close')}>{text.shell.back}</Button>
        </EmptyState>
      )}
    </main>
  )
}

interface VersionTabsProps {
  readonly versions: readonly Version[]
  readonly shown: Version | undefined
  readonly onChoose: (id: VersionId) => void
}

export function VersionTabs({ versions, shown, onChoose }: VersionTabsProps) {
  const oldestFirst = [...versions].sort((a, b) => a.number - b.number)
  const newest = oldestFirst.at(-1)
  return (
    <>
      <Tabs.Root value={shown?.id ?? ''} onValueChange={(id) => onChoose(id as VersionId)}>
        <Tabs.List className={c('tabs')} aria-label={text.room.versions}>
          {oldestFirst.map((version) => (
            <Tabs.Trigger
              key={version.id}
              value={version.id}
              className={c('tab')}
              aria-controls="review-stage"
              title={`${text.library.versionLong(version.number)}, ${text.review[version.review]}`}
            >
              <span className={c('sign', version.id !== newest?.id && 'old')}>
                <ToneIcon look={reviewLooks[version.review]} />
              </span>
              {text.library.version(version.number)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Tabs.Root>
      {versions.length > 1 ? (
        <IconButton label={text.compare.start} keys="C" onClick={() => runAction('review.compare')}>
          <Columns2 size={16} />
        </IconButton>
      ) : null}
      {shown === undefined ? null : (
        <>
          <span className={c('between')} />
          <StateLabel look={reviewLooks[shown.review]} words={text.review[shown.review]} />
        </>
      )}
    </>
  )
}

function VersionRoom({ detail, version }: { readonly detail: AssetDetail; readonly version: Version }) {
  const media = useMedia(version.id)
  const comments = useComments(version.id)
  useWatched(version.id)
  const [clock] = useState(() => new FrameClock())
  const [range] = useState(() => new PlayRange())
  const [seconds, setSeconds] = useState<number | null>(null)
  const info = media.value?.info
  const opened = media.value
  const timing = useMemo(() => (opened === null ? null : clipOf(opened, seconds)), [opened, seconds])
  const threads = useMemo(() => threadsOf(comments.value ?? []), [comments.value])
  const connection = useConnection(detail.asset.connectionId)
  const isShown = useApp((app) => app.settings.inspectorShown)
  const isNarrow = useNarrow()
  return (
    <Panes
      sidebar={null}
      content={
        <main className={c('main')}>
          <div id="review-stage" role="tabpanel" className={c('room')} aria-label={text.room.title}>
            <Player
              asset={detail.asset}
              versions={detail.versions}
              version={version}
              media={media}
              timing={timing}
              clock={clock}
              range={range}
              threads={threads}
              onSeconds={setSeconds}
            />
          </div>
        </main>
      }
      inspector={
        isShown && !(isNarrow && window.innerWidth < 900) ? (
          <CommentPanel
            version={version}
            versions={detail.versions}
            comments={comments}
            threads={threads}
            timing={info?.kind === 'image' || info?.kind === 'other' ? null : timing}
            isOpening={opened === null && media.failure === null}
            clock={clock}
            range={range}
            connection={connection}
          />
        ) : null
      }
    />
  )
}
