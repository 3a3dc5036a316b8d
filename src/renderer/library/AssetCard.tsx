import { MessageSquare, Star } from 'lucide-react'
import { memo } from 'react'
import type { Asset } from '../../shared/place.ts'
import { bytes } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { StateLabel } from '../ui/StateLabel.tsx'
import css from './Card.module.css'
import { ClipPicture, isFromService } from './ClipPicture.tsx'
import { KindPicture } from './KindPicture.tsx'
import { lengthText } from './lengthText.ts'
import { reviewLooks } from './reviewLook.ts'

const c = classesOf(css)

interface AssetCardProps {
  readonly asset: Asset
  readonly index: number
  readonly isChosen: boolean
  readonly isActive: boolean
}

/** One asset in the grid. Few elements and no listeners of its own: the grid has fifty of them on the screen. */
export const AssetCard = memo(function AssetCard({ asset, index, isChosen, isActive }: AssetCardProps) {
  const length = lengthText(asset)
  const review = text.review[asset.review]
  return (
    <div
      id={`item-${asset.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      data-item={index}
      className={c('card', isChosen && 'chosen')}
      data-active={isActive || undefined}
    >
      <div className={c('picture')}>
        {isFromService(asset.thumbnailKey) ? null : (
          <span className={c('kind')}>
            <KindPicture kind={asset.kind} />
          </span>
        )}
        <ClipPicture clip={asset} />
        {asset.commentCount > 0 ? (
          <span className={c('chip', 'start')}>
            <MessageSquare size={11} aria-hidden="true" />
            {asset.commentCount}
          </span>
        ) : null}
        {asset.isFavourite ? (
          <span className={c('star')}>
            <Star size={12} fill="currentColor" aria-label={text.library.isFavourite} />
          </span>
        ) : null}
        {length === undefined ? null : <span className={c('chip', 'end')}>{length}</span>}
      </div>
      <div className={c('name')}>
        <MiddleCut name={asset.name} />
        <span className={c('version')}>{text.library.version(asset.versionCount)}</span>
      </div>
      <div className={c('facts', 'short')}>
        <StateLabel look={reviewLooks[asset.review]} words={asset.isReady ? review : text.library.making} />
        {asset.bytes === null ? null : <span className={c('number')}>{bytes(asset.bytes)}</span>}
      </div>
    </div>
  )
})

/** A card that is not here yet, in the same shape. */
export const BlankCard = memo(function BlankCard() {
  return <div className={c('blank')} aria-hidden="true" />
})
