import { Play } from 'lucide-react'
import { useMemo } from 'react'
import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import type { Asset } from '../../shared/place.ts'
import type { Comment } from '../../shared/review.ts'
import { reviewLooks } from '../library/reviewLook.ts'
import { MetadataBlock } from '../metadata/MetadataBlock.tsx'
import { useAssetDetail, useComments, useMedia } from '../review/assetStore.ts'
import { clipOf } from '../review/clipOf.ts'
import { may, whyNot } from '../review/rights.ts'
import { useConnection } from '../shell/appStore.ts'
import { go } from '../shell/routeStore.ts'
import { text } from '../text/text.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { StateLabel } from '../ui/StateLabel.tsx'
import { AssetFacts } from './AssetFacts.tsx'
import { AssetHistory } from './AssetLife.tsx'
import css from './Inspector.module.css'
import { Relations } from './Relations.tsx'
import { SkimThumbnail } from './SkimThumbnail.tsx'
import { Versions } from './Versions.tsx'

const c = classesOf(css)
/** Walking through the grid by key must not ask for every clip on the way. */
const pause = 120
const excerpt = 3

export function AssetInspector({ asset }: { readonly asset: Asset }) {
  const detail = useAssetDetail(asset.id, pause)
  const media = useMedia(asset.latestVersionId, pause)
  const comments = useComments(asset.latestVersionId, pause)
  const info = media.value?.info
  const hasFrames = media.value !== null && (info?.rate != null || info?.frames != null)
  const timing = useMemo(
    () => (media.value !== null && hasFrames ? clipOf(media.value, null) : undefined),
    [media.value, hasFrames],
  )
  const connection = useConnection(asset.connectionId)
  const powers = connection?.powers ?? []
  const whyClosed = may(connection, 'changeMetadata') ? undefined : whyNot(connection, 'changeMetadata')
  const canSkim = media.value !== null && timing !== undefined && info?.kind === 'video'
  return (
    <>
      <div className={c('top')}>
        <SkimThumbnail
          asset={asset}
          media={canSkim && media.value !== null ? { url: media.value.url, timing } : null}
        />
        <h2 className={c('title')}>
          <MiddleCut name={asset.name} />
          <span className={c('version')}>{text.library.version(asset.versionCount)}</span>
        </h2>
        <div className={c('status')}>
          <StateLabel look={reviewLooks[asset.review]} words={text.review[asset.review]} />
        </div>
        <div className={c('actions')}>
          <Button onClick={() => go({ screen: 'review', assetId: asset.id })}>
            <Play size={14} aria-hidden="true" />
            {text.inspector.openReview}
            <Keys text="Enter" />
          </Button>
        </div>
      </div>
      <Versions asset={asset} versions={detail.value?.versions ?? []} />
      <Excerpt comments={comments.value} timing={timing} />
      <AssetFacts asset={asset} info={info} timing={timing} />
      {powers.includes('metadata') ? (
        <MetadataBlock key={`${asset.id} metadata`} assetId={asset.id} whyClosed={whyClosed} />
      ) : null}
      {powers.includes('relations') ? <Relations asset={asset} /> : null}
      {powers.includes('history') ? <AssetHistory asset={asset} /> : null}
    </>
  )
}

interface ExcerptProps {
  readonly comments: readonly Comment[] | null
  readonly timing: ClipTiming | undefined
}

function Excerpt({ comments, timing }: ExcerptProps) {
  if (comments === null) return null
  const threads = comments.filter((comment) => comment.parentId === null)
  const open = threads.filter((comment) => !comment.isResolved)
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>
        {text.inspector.comments}
        <span className={c('number')}>
          {threads.length === 0 ? '' : text.inspector.commentsOpen(threads.length, open.length)}
        </span>
      </h3>
      {threads.length === 0 ? <p className={c('quiet')}>{text.inspector.noComments}</p> : null}
      {(open.length > 0 ? open : threads).slice(0, excerpt).map((comment) => (
        <div key={comment.id} className={c('comment')}>
          <Avatar name={comment.author.name} small />
          <div className={c('said')}>
            <p className={c('who')}>
              {comment.author.name}
              {comment.span !== null && timing !== undefined ? (
                <span className={c('timecode')}>{formatClipFrame(comment.span.startFrame, timing)}</span>
              ) : null}
            </p>
            <p className={c('words')}>{comment.text}</p>
          </div>
        </div>
      ))}
    </section>
  )
}
